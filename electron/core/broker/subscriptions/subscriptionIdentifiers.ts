import type { ServerLimits } from '#shared/model/session'

/** What decides whether a server is given Subscription Identifiers. */
interface IdentifierServer {
  readonly isVersion5: boolean
  readonly wantsIdentifiers: boolean
  readonly limits: ServerLimits
}

/** The Subscription Identifiers of one session's filters. They outlive the connection, as the messages that name them do. */
export interface SubscriptionIdentifiers {
  /** What the filter was last sent with. */
  of(filter: string): number | undefined
  /** The filter that has this identifier. */
  filterOf(identifier: number): string | undefined
  /** What the filter is sent with now; null = no identifier. */
  assign(filter: string, server: IdentifierServer): number | null
}

/**
 * Numbers filters from `first` on (1 to 268,435,455), so that a message can say which brought it (MQTT 5 §3.8.2.1.2). An
 * identifier is never given to another filter.
 */
export const createSubscriptionIdentifiers = (first: number): SubscriptionIdentifiers => {
  const filters: string[] = []
  const identifiers = new Map<string, number>()
  const lastSent = new Map<string, number>()

  const identifierFor = (filter: string): number => {
    const known = identifiers.get(filter)
    if (known !== undefined) return known
    const identifier = first + filters.push(filter) - 1
    identifiers.set(filter, identifier)
    return identifier
  }
  return {
    of: (filter) => lastSent.get(filter),
    filterOf: (identifier) => filters[identifier - first],
    assign: (filter, { isVersion5, wantsIdentifiers, limits }) => {
      if (!isVersion5 || !wantsIdentifiers || !limits.subscriptionIdentifiersAvailable) {
        lastSent.delete(filter)
        return null
      }
      const identifier = identifierFor(filter)
      lastSent.set(filter, identifier)
      return identifier
    },
  }
}

const identifiersInAll = 2 ** 28 - 1
const blockSize = 4_096
/** Room above the highest first identifier, which would take years of new filters to fill. */
const spareBlocks = 4_096

/**
 * The first identifier of a run of the application. A session that the server keeps brings messages with the identifiers of
 * the run before, whose filters nobody knows any more: they must not be ours. `random` = from 0 up to but not 1.
 */
export const randomFirstIdentifier = (random: () => number): number => {
  const blocks = Math.floor(identifiersInAll / blockSize) - spareBlocks
  return blockSize * (1 + Math.floor(random() * blocks))
}
