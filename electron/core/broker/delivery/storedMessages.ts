// Why it is so: build/docs/decisions/33-a-stored-message-is-no-sign-of-life.md
import { flags } from '#shared/model/frame'
import type { SubscriptionOptions } from '#shared/model/subscription'
import type { WireMessage } from '../message/wireMessage'
import type { FilterOf } from '../matching/subscriptionMatching'

/** A SUBSCRIBE for one filter, numbered in the order they went out. Times are steady. */
export interface Ask {
  readonly number: number
  readonly filter: string
  readonly at: number
  readonly retainAsPublished: boolean
  /** Whether the server sends what it keeps as an answer (MQTT 5 §3.8.3.1, Retain Handling). */
  readonly bringsStored: boolean
  /** When it was granted or, later, when its newest stored message came; null = not granted yet. */
  answeringAt: number | null
}

interface AskedFilter {
  readonly filter: string
  readonly options: SubscriptionOptions
  /** The server has no subscription to it so far. */
  readonly isNew: boolean
  readonly at: number
}

export interface StoredMessages {
  /** A SUBSCRIBE goes out. */
  subscribing(asked: AskedFilter): void
  /** The server granted it, at a steady time. */
  subscribed(filter: string, at: number): void
  /** `identifiers` = those of ours that the message names, `matching` = the filters that match its topic. */
  isStored(message: WireMessage, identifiers: readonly number[], matching: readonly string[]): boolean
  /** The newest SUBSCRIBE for a filter. */
  askFor(filter: string): Ask | undefined
}

/** The retained messages that answer a SUBSCRIBE come in a row; after a pause of this length there are no more. */
const answerPauseMs = 1_000

/**
 * Tells a stored message, which is a retained one that the server sends because of a SUBSCRIBE, from one that was
 * published just now. When a stored message was published is not known, so it is no sign that the topic is active.
 *
 * - Without RETAIN it was published now (MQTT 3.1.1 §3.3.1.3, MQTT 5 §3.3.1.3).
 * - With RETAIN it was stored, where none of the subscriptions that brought it has Retain As Published: for these the
 *   server clears RETAIN in messages that are published. The message's Subscription Identifiers name the subscriptions
 *   that brought it; without identifiers any that matches may have.
 * - With Retain As Published RETAIN does not tell. A server sends at most one stored message of a topic for each
 *   SUBSCRIBE, all of them together and right behind SUBACK, before what is published later. So it was stored if the
 *   SUBSCRIBE asks for such messages (Retain Handling), nothing was published on the topic since, none was stored there
 *   for this SUBSCRIBE, and no more than a second has passed since the grant or the stored message before.
 */
export const createStoredMessages = (filterOf: FilterOf): StoredMessages => {
  const asks = new Map<string, Ask>()
  let number = 0

  const isAnswer = ({ topic }: WireMessage, at: number, ask: Ask): boolean => {
    if (!ask.bringsStored || topic.heardAt >= ask.at || topic.answeredAsk >= ask.number) return false
    return ask.answeringAt === null || at - ask.answeringAt <= answerPauseMs
  }
  const asksBehind = (identifiers: readonly number[], matching: readonly string[]): Ask[] => {
    const named = identifiers.flatMap((identifier) => filterOf(identifier) ?? [])
    return (named.length > 0 ? named : matching).flatMap((filter) => asks.get(filter) ?? [])
  }
  const noteStored = ({ topic }: WireMessage, at: number, behind: readonly Ask[]) => {
    for (const ask of behind) {
      topic.answeredAsk = Math.max(topic.answeredAsk, ask.number)
      if (ask.answeringAt !== null) ask.answeringAt = at
    }
  }

  return {
    subscribing: ({ filter, options, isNew, at }) => {
      number += 1
      const { retainAsPublished, retainHandling } = options
      const bringsStored = retainHandling === 0 || (retainHandling === 1 && isNew)
      asks.set(filter, { number, filter, at, retainAsPublished, bringsStored, answeringAt: null })
    },
    subscribed: (filter, at) => {
      const ask = asks.get(filter)
      if (ask) ask.answeringAt = at
    },
    isStored: (message, identifiers, matching) => {
      const at = message.time - message.clockShift
      if ((message.flags & flags.retain) !== 0) {
        const behind = asksBehind(identifiers, matching)
        const asPublished = behind.filter(({ retainAsPublished }) => retainAsPublished)
        if (asPublished.length === 0 || asPublished.some((ask) => isAnswer(message, at, ask))) {
          noteStored(message, at, behind)
          return true
        }
      }
      message.topic.heardAt = at
      return false
    },
    askFor: (filter) => asks.get(filter),
  }
}
