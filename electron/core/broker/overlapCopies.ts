import { flags } from '#shared/model/frame'
import { readSubscriptionIdentifiers } from '#shared/mqtt/publishProperties'
import type { InboxMessage } from './frameWriter'

/** Copies of one message leave the server together; what comes later than this is a message of its own. */
const togetherMs = 1_000
const mostGroups = 64

const identifiersOf = ({ source, start, payloadStart }: InboxMessage): readonly number[] =>
  payloadStart === start ? [] : readSubscriptionIdentifiers(source, { start, end: payloadStart })

const isLive = (message: InboxMessage) => (message.flags & (flags.retain | flags.dup)) === 0

const payloadOf = ({ source, payloadStart, end }: InboxMessage) => source.subarray(payloadStart, end)

/**
 * Tells the further copies a server sends of one message because several subscriptions match it (MQTT 5 §3.3.4 leaves
 * that to the server) from a message that was published again. Each copy names the subscription it came for, so a
 * message that equals the ones right before it and names a subscription one of them lacks is that one's copy. Without
 * subscription identifiers (before MQTT 5, or where the server has none) nothing is taken for a copy.
 */
export const createOverlapCopies = () => {
  let last: InboxMessage | null = null
  /** For each message among equal neighbours: the subscriptions it has come for. */
  let groups: Set<number>[] = []

  const equalsLast = (message: InboxMessage): boolean =>
    last?.topic === message.topic &&
    last.end - last.payloadStart === message.end - message.payloadStart &&
    message.time - last.time <= togetherMs &&
    payloadOf(last).equals(payloadOf(message))

  const joins = (identifiers: readonly number[]): boolean => {
    const group = groups.find((known) => !identifiers.some((identifier) => known.has(identifier)))
    if (!group) return false
    for (const identifier of identifiers) group.add(identifier)
    return true
  }

  return {
    /** Whether this is a further copy of a message that was told before. */
    isCopy: (message: InboxMessage): boolean => {
      const isEqual = isLive(message) && equalsLast(message)
      if (!isEqual) groups = []
      const identifiers = isEqual || message.payloadStart > message.start ? identifiersOf(message) : []
      // The reader reuses its object, so the facts are kept in one of our own.
      last = isLive(message) ? { ...message } : null
      if (identifiers.length === 0) return false
      if (isEqual && joins(identifiers)) return true
      groups = [...groups.slice(1 - mostGroups), new Set(identifiers)]
      return false
    },
    /** For a new connection or another list of subscriptions. */
    reset: () => {
      last = null
      groups = []
    },
  }
}
export type OverlapCopies = ReturnType<typeof createOverlapCopies>
