import { readSubscriptionIdentifiers } from '#shared/mqtt/publishProperties'
import type { InboxMessage } from '../inbox/frameWriter'

/** The filter that was sent with a subscription identifier. */
export type FilterOf = (identifier: number) => string | undefined

const none: readonly number[] = []

/**
 * The subscription identifiers of a message that we gave out, each once. A server may name half a million more, also
 * ones of an earlier run of the application.
 */
export const knownIdentifiers = ({ source, start, payloadStart }: InboxMessage, filterOf: FilterOf) => {
  if (payloadStart === start) return none
  const found = readSubscriptionIdentifiers(source, { start, end: payloadStart })
  const [first] = found
  if (first === undefined) return none
  if (found.length === 1) return filterOf(first) === undefined ? none : found
  return [...new Set(found)].filter((identifier) => filterOf(identifier) !== undefined)
}
