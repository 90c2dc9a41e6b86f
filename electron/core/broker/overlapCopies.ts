import { createHash } from 'node:crypto'
import { flags } from '#shared/model/frame'
import { readSubscriptionIdentifiers } from '#shared/mqtt/publishProperties'
import type { InboxMessage } from './frameWriter'

/** Copies of one message leave the server about together; what comes later than this is a message of its own. */
const togetherMs = 1_000
/** Different messages that are remembered at a time, and equal ones of each. */
const mostContents = 16_384
const mostRepeats = 4_096
/** A payload up to this length is remembered as it is, a longer one by its hash. */
const plainBytes = 128

/**
 * The messages of one topic and payload, in the order they were told. A server sends the copies for one subscription in
 * the order of the messages, so the n-th that names a subscription belongs to the n-th message.
 */
interface Content {
  /** When each message was told that may still have copies to come. */
  toldAt: number[]
  /** How many messages are too old for that. */
  past: number
  /** By subscription identifier: how many messages it has been seen for. */
  readonly seen: Map<number, number>
}

const identifiersOf = ({ source, start, payloadStart }: InboxMessage): readonly number[] =>
  payloadStart === start ? [] : readSubscriptionIdentifiers(source, { start, end: payloadStart })

const isLive = (message: InboxMessage) => (message.flags & (flags.retain | flags.dup)) === 0

/** A text that two messages share when topic and payload are equal; it does not hold on to the socket's chunk. */
const keyOf = ({ topic, source, payloadStart, end }: InboxMessage): string => {
  const length = end - payloadStart
  if (length <= plainBytes) return `${topic.id}:${source.toString('latin1', payloadStart, end)}`
  const hash = createHash('sha256').update(source.subarray(payloadStart, end)).digest('base64')
  return `${topic.id}#${length}#${hash}`
}

const isOver = (toldAt: number | undefined, now: number) => toldAt === undefined || now - toldAt > togetherMs

const letGoOfPast = (content: Content, now: number) => {
  const { toldAt } = content
  const firstLive = toldAt.findIndex((time) => !isOver(time, now))
  const over = Math.max(firstLive === -1 ? toldAt.length : firstLive, toldAt.length - mostRepeats)
  if (over === 0) return
  content.toldAt = toldAt.slice(over)
  content.past += over
}

/**
 * Tells the further copies a server sends of one message because several subscriptions match it (MQTT 5 §3.3.4 leaves
 * that to the server) from a message that was published again. Each copy names the subscription it came for, so a
 * message that equals an earlier one and names a subscription that one lacks is its copy; others may lie between them,
 * since a server holds back what goes beyond its limit of unacknowledged messages. Without subscription identifiers
 * (before MQTT 5, or where the server has none) nothing is taken for a copy.
 */
export const createOverlapCopies = () => {
  /** In the order of their latest messages. */
  const contents = new Map<string, Content>()

  const letGo = (now: number) => {
    for (const [key, { toldAt }] of contents) {
      if (contents.size <= mostContents && !isOver(toldAt.at(-1), now)) return
      contents.delete(key)
    }
  }

  const contentOf = (key: string, now: number): Content => {
    const content = contents.get(key) ?? { toldAt: [], past: 0, seen: new Map<number, number>() }
    letGoOfPast(content, now)
    return content
  }

  return {
    /** Whether this is a further copy of a message that was told before. */
    isCopy: (message: InboxMessage): boolean => {
      const identifiers = isLive(message) ? identifiersOf(message) : []
      if (identifiers.length === 0) return false
      const { time } = message
      const key = keyOf(message)
      const content = contentOf(key, time)
      const seenFor = identifiers.map((identifier) => content.seen.get(identifier) ?? 0)
      const place = Math.max(content.past, ...seenFor) + 1
      for (const identifier of identifiers) content.seen.set(identifier, place)
      if (place <= content.past + content.toldAt.length) return true
      content.toldAt.push(time)
      contents.delete(key)
      contents.set(key, content)
      letGo(time)
      return false
    },
    /** For a new connection or another list of subscriptions. */
    reset: () => contents.clear(),
  }
}
