import { flags, unnumberedTopic, type Frame } from '#shared/model/frame'
import type { FrameReader } from '#shared/model/frameReader'
import type { TopicTraffic } from '../topicTraffic/topicTraffic'

/** What a frame brought for one topic, whatever the number of its messages. */
export interface TopicShare {
  readonly topicId: number
  readonly messages: number
  /** The live ones among them: without stored messages. */
  readonly fresh: number
  /** Index of its newest record. */
  readonly newest: number
  /** Index of its newest live record; -1 = none. */
  readonly newestFresh: number
  /** Whether the broker has a retained message, as the messages say; null = they say nothing. */
  readonly retained: boolean | null
}

const saysKept = 1
const saysCleared = 2

/** What a frame brought for each of its topics, in the order of their first message. */
export type Tally = (frame: Frame, reader: FrameReader, topics: number) => TopicShare[]

/**
 * Sums frames up by topic, with numbers only. Outgoing messages do not count: a message of ours is known to be on the
 * broker only when it comes back. Neither do further copies of a message, nor messages of topics without a number.
 * `traffic` is told of every message that counts, with its own time.
 */
export const createTally = (traffic: Pick<TopicTraffic, 'add'>): Tally => {
  let messages = new Uint32Array(1_024)
  let newest = new Uint32Array(1_024)
  let fresh = new Uint32Array(1_024)
  let newestFresh = new Uint32Array(1_024)
  let marks = new Uint8Array(1_024)
  /** Topics that we sent a message with RETAIN to, until it comes back, which shows that the broker has it. */
  let sentToBeKept = new Uint8Array(1_024)

  const makeRoomFor = (topics: number) => {
    if (topics <= messages.length) return
    const length = Math.max(topics, messages.length * 2)
    messages = new Uint32Array(length)
    newest = new Uint32Array(length)
    fresh = new Uint32Array(length)
    newestFresh = new Uint32Array(length)
    marks = new Uint8Array(length)
    const before = sentToBeKept
    sentToBeKept = new Uint8Array(length)
    sentToBeKept.set(before)
  }
  const count = (frame: Frame, reader: FrameReader): number[] => {
    const touched: number[] = []
    for (let index = 0; index < frame.count; index++) {
      const bits = reader.flags(index)
      if (bits & flags.copy) continue
      const topicId = reader.topicId(index)
      // The tree keeps no topic beyond the limit.
      if (topicId >= unnumberedTopic) continue
      if (bits & flags.outgoing) {
        if (bits & flags.retain) sentToBeKept[topicId] = reader.payloadLength(index) > 0 ? 1 : 0
        continue
      }
      if (messages[topicId] === 0) touched.push(topicId)
      messages[topicId] = (messages[topicId] ?? 0) + 1
      newest[topicId] = index
      if ((bits & flags.stored) === 0) {
        fresh[topicId] = (fresh[topicId] ?? 0) + 1
        newestFresh[topicId] = index
      }
      traffic.add(topicId, reader, index)
      // MQTT 5 §3.3.1.3: an empty retained payload removes the retained message, and arrives without RETAIN where live.
      if (reader.payloadLength(index) === 0) marks[topicId] = saysCleared
      else if (bits & flags.retain || sentToBeKept[topicId] === 1) {
        // §3.3.1.3: a live message comes without RETAIN. That one of ours is retained is known from what was sent.
        marks[topicId] = saysKept
        sentToBeKept[topicId] = 0
      }
    }
    return touched
  }
  const shareOf = (topicId: number): TopicShare => {
    const mark = marks[topicId]
    const published = fresh[topicId] ?? 0
    const share: TopicShare = {
      topicId,
      messages: messages[topicId] ?? 0,
      fresh: published,
      newest: newest[topicId] ?? 0,
      newestFresh: published > 0 ? (newestFresh[topicId] ?? 0) : -1,
      retained: mark === saysKept ? true : mark === saysCleared ? false : null,
    }
    messages[topicId] = 0
    fresh[topicId] = 0
    marks[topicId] = 0
    return share
  }
  return (frame, reader, topics) => {
    makeRoomFor(topics)
    return count(frame, reader).map(shareOf)
  }
}
