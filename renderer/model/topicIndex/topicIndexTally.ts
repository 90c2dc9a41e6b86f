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

/** What a frame brought for each of its topics, in the order of their first message. */
export type Tally = (frame: Frame, reader: FrameReader, topics: number) => TopicShare[]

type CountedShare = { -readonly [Key in keyof TopicShare]: TopicShare[Key] }

/**
 * Sums frames up by topic. Outgoing messages do not count: a message of ours is known to be on the broker only when it
 * comes back. Neither do further copies of a message, nor messages of topics without a number. `traffic` is told of every
 * message that counts, with its own time.
 */
export const createTally = (traffic: Pick<TopicTraffic, 'add'>): Tally => {
  /** By topic: one more than the place of its share in the frame that is counted; 0 = it has none yet. */
  let places = new Uint32Array(1_024)
  /** Topics that we sent a message with RETAIN to, until it comes back, which shows that the broker has it. */
  const sentToBeKept = new Set<number>()

  const makeRoomFor = (topics: number) => {
    if (topics > places.length) places = new Uint32Array(Math.max(topics, places.length * 1.5))
  }
  const noteSent = (topicId: number, bits: number, payloadLength: number) => {
    if ((bits & flags.retain) === 0) return
    if (payloadLength > 0) sentToBeKept.add(topicId)
    else sentToBeKept.delete(topicId)
  }
  const shareOf = (shares: CountedShare[], topicId: number): CountedShare => {
    const known = shares[(places[topicId] ?? 0) - 1]
    if (known) return known
    const share: CountedShare = { topicId, messages: 0, fresh: 0, newest: 0, newestFresh: -1, retained: null }
    places[topicId] = shares.push(share)
    return share
  }
  /** Whether the broker has a retained message, as this one says; null = it says nothing. */
  const retainedAfter = (topicId: number, bits: number, payloadLength: number) => {
    // MQTT 5 §3.3.1.3: an empty retained payload removes the retained message, and arrives without RETAIN where live.
    if (payloadLength === 0) return false
    // §3.3.1.3: a live message comes without RETAIN. That one of ours is retained is known from what was sent.
    const isKept = (bits & flags.retain) !== 0 || (sentToBeKept.size > 0 && sentToBeKept.has(topicId))
    if (isKept) sentToBeKept.delete(topicId)
    return isKept ? true : null
  }
  return (frame, reader, topics) => {
    makeRoomFor(topics)
    const shares: CountedShare[] = []
    for (let index = 0; index < frame.count; index++) {
      const bits = reader.flags(index)
      if (bits & flags.copy) continue
      const topicId = reader.topicId(index)
      // The tree keeps no topic beyond the limit.
      if (topicId >= unnumberedTopic) continue
      const payloadLength = reader.payloadLength(index)
      if (bits & flags.outgoing) {
        noteSent(topicId, bits, payloadLength)
        continue
      }
      const share = shareOf(shares, topicId)
      share.messages++
      share.newest = index
      if ((bits & flags.stored) === 0) {
        share.fresh++
        share.newestFresh = index
      }
      traffic.add(topicId, reader, index)
      share.retained = retainedAfter(topicId, bits, payloadLength) ?? share.retained
    }
    for (const { topicId } of shares) places[topicId] = 0
    return shares
  }
}
