import type { ServerLimits } from '#shared/model/session'
import { createFilterNumbers } from './filterNumbers'

interface IdentifierServer {
  readonly isVersion5: boolean
  readonly wantsIdentifiers: boolean
  readonly limits: ServerLimits
}

const takesIdentifiers = ({ isVersion5, wantsIdentifiers, limits }: IdentifierServer): boolean =>
  isVersion5 && wantsIdentifiers && limits.subscriptionIdentifiersAvailable

/** What filters were last sent with. It outlives the connection, as the messages that name it do. */
export interface SentIdentifiers {
  /** What the filter was last sent with. */
  of(filter: string): number | undefined
  /** The filter that was numbered so. */
  filterOf(identifier: number): string | undefined
  /** What the filter is sent with now; null = nothing. */
  assign(filter: string, server: IdentifierServer): number | null
}

export const createSentIdentifiers = (first: number): SentIdentifiers => {
  const numbers = createFilterNumbers(first)
  const latest = new Map<string, number>()
  return {
    of: (filter) => latest.get(filter),
    filterOf: numbers.filterOf,
    assign: (filter, server) => {
      const identifier = takesIdentifiers(server) ? numbers.assign(filter) : null
      if (identifier === null) latest.delete(filter)
      else latest.set(filter, identifier)
      return identifier
    },
  }
}
