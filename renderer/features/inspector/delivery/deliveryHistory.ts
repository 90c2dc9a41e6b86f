import { flags } from '#shared/model/frame'
import type { Qos } from '#shared/model/qos'
import { decodePublishProperties } from '#shared/mqtt/publishProperties'
import type { MessageLog } from '../../../model/messageLog/messageLog'
import {
  arrivedAt,
  flagsAt,
  payloadAt,
  propertiesAt,
  topicAt,
  type MessageChunk,
  type MessageView,
} from '../../../model/messageLog/messageLogChunk'
import { sameBytes } from '../sameBytes'

/** One like the message in question: `sent` by us, or `received` with the same QoS and properties, and no copy. */
export interface LikeMessage {
  readonly kind: 'sent' | 'received'
  readonly sequence: number
  /** On the steady clock, as all times here. */
  readonly time: number
  readonly qos: Qos
}

/** What the log tells of the time before a message arrived. */
export interface DeliveryHistory {
  /** Newest first. */
  readonly like: readonly LikeMessage[]
  /** What was sent or came like the message from then on is in `like`. -Infinity = all ever. */
  readonly completeSince: number
}

/** How far back is looked: for our publish of a message, and for all that may have brought one that came again. */
const publishMs = 5_000
const repeatHistoryMs = 35_000
/** Selecting a message must not delay an animation frame: each of these takes some milliseconds. */
const mostRows = 100_000
const mostEffort = 4 * 2 ** 20
/** What it costs to begin a comparison, and to decode one byte, in bytes that are compared in the same time. */
const startEffort = 256
const decodeEffort = 16
/** Of a connection's first message: nothing was there before it. */
const firstSequence = 1

/** The messages before a row, newest first, up to where one is missing. */
function* placesBefore(log: MessageLog, row: number): Generator<readonly [chunk: MessageChunk, index: number]> {
  for (let last = row - 1; last >= log.firstKeptRow();) {
    const chunk = log.chunkAt(last)
    if (chunk?.kind !== 'messages') return
    for (let index = last - chunk.firstRow; index >= 0; index -= 1) yield [chunk, index]
    last = chunk.firstRow - 1
  }
}

const marks = flags.qosMask | flags.retain | flags.dup | flags.outgoing | flags.copy

/** Before MQTT 5 there are no properties; a server passes correlation data on as it is (§3.3.2.3.6). */
const correlationOf = (properties: Uint8Array) =>
  (properties.length === 0 ? null : decodePublishProperties(properties))?.correlationData ?? new Uint8Array()

/** Compares messages of the log with one. */
interface Likeness {
  /** What comparing has cost so far, in bytes compared. */
  effort(): number
  find(chunk: MessageChunk, index: number): LikeMessage | null
}

const createLikeness = (log: MessageLog, message: MessageView): Likeness => {
  const correlation = correlationOf(message.properties)
  let effort = 0

  const isLike = (one: Uint8Array, other: Uint8Array) => {
    if (one.length !== other.length) return false
    effort += one.length + startEffort
    return sameBytes(one, other)
  }

  const kindOf = (chunk: MessageChunk, index: number): LikeMessage['kind'] | null => {
    const bits = flagsAt(chunk, index)
    if ((bits & flags.head) !== 0) return null
    if ((bits & flags.outgoing) !== 0) return 'sent'
    return message.repeat && (bits & marks) === message.qos ? 'received' : null
  }

  const hasLikeProperties = (kind: LikeMessage['kind'], properties: Uint8Array) => {
    if (kind === 'received') return isLike(properties, message.properties)
    effort += properties.length * decodeEffort
    return sameBytes(correlationOf(properties), correlation)
  }

  return {
    effort: () => effort,
    find: (chunk, index) => {
      const kind = kindOf(chunk, index)
      if (kind === null || topicAt(chunk, index, log.names) !== message.topic) return null
      if (!isLike(payloadAt(chunk, index), message.payload)) return null
      if (!hasLikeProperties(kind, propertiesAt(chunk, index))) return null
      const qos = (flagsAt(chunk, index) & flags.qosMask) as Qos
      return { kind, qos, sequence: chunk.firstSequence + index, time: arrivedAt(chunk, index) }
    },
  }
}

const unknownHistory: DeliveryHistory = { like: [], completeSince: Infinity }

/**
 * What we published like a message, and what came like it where it is a repeat, before it came. Topic and payload are
 * the same, and the correlation data of a publish. Looks as far back as the constants say, and as the log goes without a
 * gap; nothing is known for a message that is no longer in it or of which only the head is here.
 */
export const historyOf = (log: MessageLog, message: MessageView): DeliveryHistory => {
  const row = log.rowOfSequence(message.sequence)
  if (row === null || message.outgoing || message.payload.length !== message.payloadBytes) return unknownHistory
  const horizon = message.arrivedAt - (message.repeat ? repeatHistoryMs : publishMs)
  const likeness = createLikeness(log, message)
  const like: LikeMessage[] = []
  let oldest: Pick<LikeMessage, 'sequence' | 'time'> = { sequence: message.sequence, time: message.arrivedAt }
  let rows = 0
  for (const [chunk, index] of placesBefore(log, row)) {
    const time = arrivedAt(chunk, index)
    if (time < horizon) return { like, completeSince: horizon }
    if (rows === mostRows || likeness.effort() > mostEffort) break
    const found = likeness.find(chunk, index)
    if (found) like.push(found)
    oldest = { sequence: chunk.firstSequence + index, time }
    rows += 1
  }
  return { like, completeSince: oldest.sequence === firstSequence ? -Infinity : oldest.time }
}

/** The QoS we published a message with that came back to us, or null where that is not certain: all we sent like it had one. */
export const publishedQosOf = ({ like, completeSince }: DeliveryHistory, message: MessageView): Qos | null => {
  const from = message.arrivedAt - publishMs
  if (message.retain || message.payloadBytes === 0 || completeSince > from) return null
  const found = new Set(like.filter(({ kind, time }) => kind === 'sent' && time >= from).map(({ qos }) => qos))
  const [only] = found
  return found.size === 1 && only !== undefined ? only : null
}
