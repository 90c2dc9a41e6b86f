import { flags } from '#shared/model/frame'
import type { LatestContent } from '../message/topicTable'
import type { WireMessage } from '../message/wireMessage'

/** A message that comes later than this after an equal one is its own: many devices tell the same once a second. */
const togetherMs = 500
/** Properties and payload of more bytes are not compared: their hash would cost more than it tells. */
const mostBytes = 64 * 2 ** 10

export interface Repeats {
  /** Whether a message equals the one before it on its topic. */
  isRepeat(message: WireMessage): boolean
}

/** Hashes bytes four at a time where they lie: messages are many and short. */
const createHasher = () => {
  let view: DataView = new DataView(new ArrayBuffer(0))
  return (into: LatestContent, source: Buffer, [start, end]: readonly [number, number]): void => {
    if (view.buffer !== source.buffer) view = new DataView(source.buffer)
    const last = source.byteOffset + end
    let at = source.byteOffset + start
    let hash = 0x811c9dc5
    let otherHash = 0
    for (; at + 4 <= last; at += 4) {
      const word = view.getInt32(at, true)
      hash = Math.imul(hash ^ word, 0x01000193)
      hash ^= hash >>> 15
      otherHash = (Math.imul(otherHash, 0x9e3779b1) + word) | 0
      otherHash ^= otherHash >>> 13
    }
    for (; at < last; at += 1) {
      hash = Math.imul(hash ^ view.getUint8(at), 0x01000193)
      otherHash = (Math.imul(otherHash, 31) + view.getUint8(at)) | 0
    }
    into.hash = hash
    into.otherHash = otherHash
  }
}

/** What is sent because of a SUBSCRIBE, or again for want of an acknowledgement, says so itself. */
const isJudged = ({ flags: bits, start, end }: WireMessage) =>
  (bits & (flags.retain | flags.dup)) === 0 && end - start <= mostBytes

/** Steady times go back by a moment at most. */
const isTogether = (milliseconds: number) => milliseconds >= 0 && milliseconds <= togetherMs

const isEqual = (one: LatestContent, other: LatestContent) =>
  one.flags === other.flags &&
  one.length === other.length &&
  one.propertiesLength === other.propertiesLength &&
  one.hash === other.hash &&
  one.otherHash === other.otherHash

/**
 * Tells a received message that equals the one before it on its topic, in QoS, properties and payload, and came at most
 * half a second later: it was published again, or the server delivered it twice without a word. MQTT does not say which.
 * What it is compared with stands with the topic, and is forgotten with it; a topic that is not remembered has none.
 */
export const createRepeats = (): Repeats => {
  const hash = createHasher()
  let spare: LatestContent = { time: 0, flags: 0, propertiesLength: 0, length: 0, hash: 0, otherHash: 0 }

  return {
    isRepeat: (message) => {
      if (!isJudged(message)) {
        // It lies between the ones around it all the same.
        message.topic.latest = null
        return false
      }
      const { topic, source, start, payloadStart, end } = message
      const time = message.time - message.clockShift
      const before = topic.latest
      const latest = spare
      latest.time = time
      latest.flags = message.flags
      latest.propertiesLength = payloadStart - start
      latest.length = end - start
      hash(latest, source, [start, end])
      topic.latest = latest
      spare = before ?? { ...latest }
      return before !== null && isTogether(time - before.time) && isEqual(before, latest)
    },
  }
}
