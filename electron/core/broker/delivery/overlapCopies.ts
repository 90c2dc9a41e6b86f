import { flags } from '#shared/model/frame'
import { isSharedFilter } from '#shared/mqtt/topicFilter'
import { createContentMemory } from './contentMemory'
import type { FilterOf } from '../matching/subscriptionMatching'
import type { WireMessage } from '../message/wireMessage'
import { letGoOfPast, notePlace, placeOf, tell, toldBefore, type ToldContent } from './toldContent'

export interface OverlapServer {
  readonly filterOf: FilterOf
  /** Whether it brings every message it matches: granted, not shared, and without No Local. */
  readonly bringsAll: (filter: string) => boolean
  /** Whether no filter is on its way out, or kept against our will, that brings what another one brings. */
  readonly isSettled: () => boolean
}

export interface OverlapCopies {
  /**
   * Whether this is a further copy of a message that was told before. `identifiers` = those of ours that it names,
   * `matching` = the filters that match its topic.
   */
  isCopy(message: WireMessage, identifiers: readonly number[], matching: readonly string[]): boolean
  /** The server is asked for a subscription it does not have: what it brings next is not what it brought before. */
  expect(identifier: number): void
  /** The server granted it. */
  begin(identifier: number): void
  /**
   * The server has a filter no longer. What it alone brought the others never will, so those that do not bring every
   * message begin anew: better a late copy shown than a message hidden.
   */
  leave(filter: string): void
  /** For a new connection. */
  reset(): void
}

const isLive = (message: WireMessage) => (message.flags & (flags.retain | flags.dup)) === 0

/**
 * Tells the further copies a server sends of one message because several subscriptions match it (MQTT 5 §3.3.4 leaves
 * that to the server) from a message that was published again. Each copy names the subscription it came for, and a
 * server sends those for one subscription in the order of the messages. So the n-th that names a subscription belongs to
 * the n-th message or, where the subscription does not bring every message, to a later one; others may lie between
 * them, since a server holds back what goes beyond its limit of unacknowledged messages.
 *
 * Nothing is taken for a copy that names no subscription of ours (before MQTT 5, or where the server has no
 * identifiers), and nothing that came for shared subscriptions alone, unless a filter matches that brings all messages:
 * a group gives us one message and keeps the next.
 */
export const createOverlapCopies = ({ filterOf, bringsAll, isSettled }: OverlapServer): OverlapCopies => {
  const contents = createContentMemory()
  /** By identifier: how many had begun to bring messages when it did. It has no part in what was told before. */
  const begun = new Map<number, number>()
  let begins = 0

  const begin = (identifier: number): void => {
    if (begun.has(identifier)) return
    begins += 1
    begun.set(identifier, begins)
  }
  const isShared = (identifier: number) => isSharedFilter(filterOf(identifier) ?? '')

  const mayBeCopy = (identifiers: readonly number[], matching: readonly string[]): boolean => {
    const [first] = identifiers
    if (first === undefined) return false
    const isAlone = identifiers.length === 1 && matching.length === 1 && filterOf(first) === matching[0]
    if (isAlone && isSettled()) return false
    return !identifiers.every(isShared) || matching.some(bringsAll)
  }

  /** The first message after the ones all these subscriptions have brought. */
  const placeAfter = (content: ToldContent, identifiers: readonly number[]): number => {
    let place = content.past
    for (const identifier of identifiers) {
      const before = toldBefore(content, begun.get(identifier) ?? 0)
      place = Math.max(place, placeOf(content, identifier), before)
    }
    return place + 1
  }

  return {
    isCopy: (message, identifiers, matching) => {
      if (!isLive(message) || !mayBeCopy(identifiers, matching)) return false
      for (const identifier of identifiers) begin(identifier)
      const time = message.time - message.clockShift
      const content = contents.of(message)
      letGoOfPast(content, time)
      const place = placeAfter(content, identifiers)
      for (const identifier of identifiers) notePlace(content, identifier, place)
      if (place <= content.told) return true
      tell(content, time, begins)
      contents.keep(content, time)
      return false
    },
    expect: (identifier) => void begun.delete(identifier),
    begin,
    leave: (left) => {
      begins += 1
      for (const identifier of begun.keys()) {
        const filter = filterOf(identifier) ?? ''
        if (filter !== left && !bringsAll(filter)) begun.set(identifier, begins)
      }
    },
    reset: () => contents.clear(),
  }
}
