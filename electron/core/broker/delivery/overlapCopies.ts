// Why it is so: build/docs/decisions/31-messages-that-come-more-than-once.md
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
  /** Whether no UNSUBSCRIBE is without success: else the server may still send for a filter that is wanted no longer. */
  readonly isSettled: () => boolean
}

export interface OverlapCopies {
  /**
   * Whether this is a further copy of a message that was told before. `identifiers` = those of ours that it names,
   * `matching` = the filters that match its topic.
   */
  isCopy(message: WireMessage, identifiers: readonly number[], matching: readonly string[]): boolean
  /** A SUBSCRIBE goes out for a filter the server does not have: messages from before it are none of its copies. */
  subscribing(identifier: number): void
  /** The server granted it. */
  subscribed(identifier: number): void
  /**
   * The server has removed a filter. Messages that only this one had brought will get no copies for the others. So those
   * that do not bring every message start anew: a late copy is then shown as a message, and no message is hidden.
   */
  unsubscribed(filter: string): void
  /** A new connection begins. */
  reset(): void
}

/**
 * Recognizes the further copies a server sends of one message because several subscriptions match it (MQTT 5 §3.3.4
 * leaves that to the server), as opposed to a message that was published again. Each copy names its subscription by a
 * Subscription Identifier, and a server sends those of one subscription in the order of the messages. So the n-th PUBLISH
 * with an identifier belongs to the n-th message with its topic and payload or, where the subscription does not bring
 * every message, to a later one. Other messages may lie between two copies, because a server holds back what exceeds the
 * client's Receive Maximum.
 *
 * A subscription has no copies of messages from before it started, so each start begins an epoch, and each message is
 * noted with the epoch it was told in.
 *
 * A PUBLISH without an identifier of ours is never taken for a copy (before MQTT 5, or where the server does not support
 * identifiers). Nor is one that came for shared subscriptions alone, unless a matching filter brings all messages: the
 * server gives one message to us and the next to another member of the group.
 */
export const createOverlapCopies = ({ filterOf, bringsAll, isSettled }: OverlapServer): OverlapCopies => {
  const contents = createContentMemory()
  /** The epoch in which each subscription started, by its identifier. */
  const startedIn = new Map<number, number>()
  let epoch = 0

  const subscribed = (identifier: number): void => {
    if (startedIn.has(identifier)) return
    epoch += 1
    startedIn.set(identifier, epoch)
  }
  const isShared = (identifier: number) => isSharedFilter(filterOf(identifier) ?? '')

  const mayBeCopy = (identifiers: readonly number[], matching: readonly string[]): boolean => {
    const [first] = identifiers
    if (first === undefined) return false
    const isAlone = identifiers.length === 1 && matching.length === 1 && filterOf(first) === matching[0]
    if (isAlone && isSettled()) return false
    return !identifiers.every(isShared) || matching.some(bringsAll)
  }

  /** The number of the first message that none of these subscriptions has brought yet. */
  const placeAfter = (content: ToldContent, identifiers: readonly number[]): number => {
    let place = content.past
    for (const identifier of identifiers) {
      const before = toldBefore(content, startedIn.get(identifier) ?? 0)
      place = Math.max(place, placeOf(content, identifier), before)
    }
    return place + 1
  }

  return {
    isCopy: (message, identifiers, matching) => {
      if (!isLive(message) || !mayBeCopy(identifiers, matching)) return false
      for (const identifier of identifiers) subscribed(identifier)
      const time = message.time - message.clockShift
      const content = contents.of(message)
      letGoOfPast(content, time)
      const place = placeAfter(content, identifiers)
      for (const identifier of identifiers) notePlace(content, identifier, place)
      if (place <= content.told) return true
      tell(content, time, epoch)
      contents.keep(content, time)
      return false
    },
    subscribing: (identifier) => void startedIn.delete(identifier),
    subscribed,
    unsubscribed: (removed) => {
      epoch += 1
      for (const identifier of startedIn.keys()) {
        const filter = filterOf(identifier) ?? ''
        if (filter !== removed && !bringsAll(filter)) startedIn.set(identifier, epoch)
      }
    },
    reset: () => contents.clear(),
  }
}

const isLive = (message: WireMessage) => (message.flags & (flags.retain | flags.dup)) === 0
