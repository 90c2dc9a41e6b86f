import { flags } from '#shared/model/frame'
import type { LatestContent } from '../message/topicTable'
import type { WireMessage } from '../message/wireMessage'

/** A message that comes later than this after an equal one is no repeat: many devices send the same once a second. */
const togetherMs = 500
/** Longer properties and payloads are not compared, because hashing them would take too long. */
const mostBytes = 64 * 2 ** 10

export interface Repeats {
  /** Whether a message equals the one before it on its topic. */
  isRepeat(message: WireMessage): boolean
}

/**
 * Recognizes a message that equals the one before it on its topic, in QoS, properties and payload, and came at most
 * half a second later. Whether it was published twice or delivered twice MQTT does not say. The message before is noted
 * with the topic, so a topic that the table does not keep has no repeats.
 */
export const createRepeats = (): Repeats => {
  const hash = createHasher()
  let spare: LatestContent = { time: 0, flags: 0, propertiesLength: 0, length: 0, hash: 0, otherHash: 0 }

  return {
    isRepeat: (message) => {
      if (!isJudged(message)) {
        // The next message does not follow directly on the one before.
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

/**
 * Hashes bytes where they lie, because messages are many and short: eight at a time, in two lanes that do not wait for each
 * other. Both hashes depend on each byte.
 */
const createHasher = () => {
  let view: DataView = new DataView(new ArrayBuffer(0))
  return (into: LatestContent, source: Buffer, [start, end]: readonly [number, number]): void => {
    if (view.buffer !== source.buffer) view = new DataView(source.buffer)
    const last = source.byteOffset + end
    let at = source.byteOffset + start
    let hash = 0x811c9dc5
    let secondHash = 0x2c1b3c6d
    let otherHash = 0
    let secondOtherHash = 0x297a2d39
    for (; at + 8 <= last; at += 8) {
      const word = view.getInt32(at, true)
      const second = view.getInt32(at + 4, true)
      hash = Math.imul(hash ^ word, 0x01000193)
      secondHash = Math.imul(secondHash ^ second, 0x01000193)
      hash ^= hash >>> 15
      secondHash ^= secondHash >>> 15
      otherHash = (Math.imul(otherHash, 0x9e3779b1) + word) | 0
      secondOtherHash = (Math.imul(secondOtherHash, 0x9e3779b1) + second) | 0
      otherHash ^= otherHash >>> 13
      secondOtherHash ^= secondOtherHash >>> 13
    }
    for (; at < last; at += 1) {
      hash = Math.imul(hash ^ view.getUint8(at), 0x01000193)
      otherHash = (Math.imul(otherHash, 31) + view.getUint8(at)) | 0
    }
    // A number of 31 bits stands in the object itself, one of 32 takes twelve bytes beside it, for each topic.
    into.hash = (Math.imul(hash, 0x85ebca6b) ^ secondHash) >> 1
    into.otherHash = (Math.imul(otherHash, 0xc2b2ae35) ^ secondOtherHash) >> 1
  }
}

/** Retained messages and those marked DUP are not judged: RETAIN and DUP tell why they come again. */
const isJudged = ({ flags: bits, start, end }: WireMessage) =>
  (bits & (flags.retain | flags.dup)) === 0 && end - start <= mostBytes

/** The steady clock may go back by up to a tenth of a second. */
const isTogether = (milliseconds: number) => milliseconds >= 0 && milliseconds <= togetherMs

const isEqual = (one: LatestContent, other: LatestContent) =>
  one.flags === other.flags &&
  one.length === other.length &&
  one.propertiesLength === other.propertiesLength &&
  one.hash === other.hash &&
  one.otherHash === other.otherHash
