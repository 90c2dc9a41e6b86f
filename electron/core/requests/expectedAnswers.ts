import type { UnmatchedReason } from '#shared/model/request'
import { decodePublishProperties } from '#shared/mqtt/publishProperties'
import type { AppError } from '#shared/result'
import type { WireMessage } from '../broker/message/wireMessage'
import type { BrokerSession } from '../broker/session/brokerSession'
import type { MessageListener } from '../broker/session/heardMessages'
import type { HeldFilter } from '../broker/subscriptions/ownFilters'

/** A request that was sent. */
export interface Pending {
  readonly id: number
  readonly topic: string
  /** Its correlation data, or that it has none (`keyFor`). */
  readonly key: string
  readonly sentAt: number
  isTimedOut: boolean
  /** It waits no longer. */
  cancel(): void
}

/** What is expected on one topic. */
interface Expected {
  readonly held: HeldFilter
  /** Requests that are about to be sent. */
  coming: number
  /** By their keys, in the order in which they were sent: a person may write the same correlation data again. */
  readonly pending: Map<string, readonly Pending[]>
  /** The keys of those that were answered. */
  readonly answered: Set<string>
}

type Found =
  | { readonly pending: Pending }
  | { readonly pending: null; readonly key: string; readonly reason: UnmatchedReason }

/** The topics on which answers are expected, each subscribed to for as long as one is. */
export interface ExpectedAnswers {
  /** Calls `onReady` when the topic is subscribed to, or with why it is not. */
  subscribe(topic: string, onReady: (error: AppError | null) => void): void
  add(pending: Pending): void
  has(pending: Pending): boolean
  /** It waits no longer; `isAnswered` = because its answer came. */
  remove(pending: Pending, isAnswered: boolean): void
  /** To which request a message belongs; null = it is no answer. */
  find(message: WireMessage): Found | null
  close(): void
}

/** While nothing is expected, no message is looked at. */
export const createExpectedAnswers = (
  session: Pick<BrokerSession, 'listen' | 'holdFilter'>,
  hear: MessageListener,
): ExpectedAnswers => {
  const topics = new Map<string, Expected>()
  let stopListening: (() => void) | null = null

  const expect = (topic: string): Expected => {
    stopListening ??= session.listen(hear)
    const known = topics.get(topic)
    if (known) return known
    const added = { held: session.holdFilter(topic), coming: 0, pending: new Map(), answered: new Set<string>() }
    topics.set(topic, added)
    return added
  }
  const releaseUnused = (topic: string) => {
    const one = topics.get(topic)
    if (!one || one.coming > 0 || one.pending.size > 0) return
    topics.delete(topic)
    one.held.release()
    if (topics.size > 0) return
    stopListening?.()
    stopListening = null
  }

  return {
    subscribe: (topic, onReady) => {
      const one = expect(topic)
      one.coming += 1
      void one.held.granted.then((error) => {
        one.coming -= 1
        if (topics.get(topic) !== one) return
        onReady(error)
        releaseUnused(topic)
      })
    },
    add: (pending) => {
      const waiting = topics.get(pending.topic)?.pending
      waiting?.set(pending.key, [...(waiting.get(pending.key) ?? []), pending])
    },
    has: (pending) => topics.get(pending.topic)?.pending.get(pending.key)?.includes(pending) ?? false,
    remove: (pending, isAnswered) => {
      pending.cancel()
      const one = topics.get(pending.topic)
      const others = one?.pending.get(pending.key)?.filter((other) => other !== pending) ?? []
      if (others.length > 0) one?.pending.set(pending.key, others)
      else one?.pending.delete(pending.key)
      if (isAnswered) one?.answered.add(pending.key)
      releaseUnused(pending.topic)
    },
    find: (message) => {
      const one = topics.get(message.topic.text)
      if (!one) return null
      const key = keyOf(message)
      const pending = key === null ? firstPaired(one) : one.pending.get(key)?.[0]
      if (pending) return { pending }
      if (key === null) return { pending: null, key: '', reason: 'noCorrelation' }
      return { pending: null, key, reason: one.answered.has(key) ? 'again' : 'unknown' }
    },
    close: () => {
      stopListening?.()
      for (const { held, pending } of topics.values()) {
        for (const one of [...pending.values()].flat()) one.cancel()
        held.release()
      }
      topics.clear()
    },
  }
}

export const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

/** No correlation data reads so. */
const pairPrefix = 'pair '

/** By what the answer to a request is known. */
export const keyFor = (id: number, correlationData: Uint8Array | null): string =>
  correlationData ? hexOf(correlationData) : `${pairPrefix}${id}`

/** The correlation data of a message in hex; null = it has none. */
const keyOf = ({ source, start, payloadStart }: WireMessage): string | null => {
  if (payloadStart === start) return null
  const correlation = decodePublishProperties(source.subarray(start, payloadStart))?.correlationData
  return correlation ? hexOf(correlation) : null
}

/** The oldest that waits, else the oldest that waited too long: one answer that is lost must not shift all that follow. */
const firstPaired = ({ pending }: Expected): Pending | undefined => {
  let timedOut: Pending | undefined
  for (const [one] of pending.values()) {
    if (!one?.key.startsWith(pairPrefix)) continue
    if (!one.isTimedOut) return one
    timedOut ??= one
  }
  return timedOut
}
