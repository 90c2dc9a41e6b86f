// Why it is so: build/docs/decisions/64-traffic-stands-in-columns-of-numbers.md
import { flags } from '#shared/model/frame'
import type { FrameReader } from '#shared/model/frameReader'
import type { Qos } from '#shared/model/qos'
import { bucketOf, quantileOf } from './topicTrafficIntervals'
import { usualGapOf } from './topicTrafficPauses'
import { createPulses, secondOf, type Pulse, type Pulses } from './topicTrafficPulses'

/** Seconds a sparkline shows, the one that runs included. */
export const sparkSeconds = 60
const rateSeconds = 10

/**
 * What arrived on one topic. Counts, sums and means are exact; times are on the steady clock. Stored
 * messages are counted, and are no sign of life: times, intervals and rates are without them.
 */
export interface TrafficFigures {
  readonly messages: number
  readonly bytes: number
  readonly meanBytes: number
  readonly largestBytes: number
  /** 0 = no live message came. */
  readonly firstAt: number
  readonly lastAt: number
  /** Messages of QoS 0, 1 and 2. */
  readonly qos: readonly [number, number, number]
  /** Messages with the retain mark. */
  readonly retained: number
  /** Between arrivals, in milliseconds; null before there are two. */
  readonly meanInterval: number | null
  /** Of the last intervals; how exact is told in topicTrafficIntervals. */
  readonly p95Interval: number | null
}

export interface Silence {
  readonly quietMs: number
  /** The usual gap: `topicTrafficPauses` tells what that is. */
  readonly usualMs: number
}

interface Moment {
  readonly now: number
  /** Since when the server would have sent whatever came on the topic; null = it need not. */
  readonly since: number | null
}

type ArrivalReader = Pick<FrameReader, 'arrivedAt' | 'payloadLength' | 'flags'>

export interface TopicTraffic {
  /** One message, the record `index` of the reader's frame. Calls come in order of arrival. */
  add(topicId: number, reader: ArrivalReader, index: number): void
  clear(): void
  /** Null for a topic without messages. */
  figuresOf(topicId: number): TrafficFigures | null
  /** Messages a second over the last ten seconds, or since the first where that is less. */
  rateOf(topicId: number, now: number): number
  bytesOf(topicId: number): number
  largestOf(topicId: number): number
  /** How many messages of a QoS. */
  qosOf(topicId: number, qos: Qos): number
  /** How many messages with the retain mark. */
  retainedOf(topicId: number): number
  /** Messages in each of the last `sparkSeconds`, oldest first. */
  perSecond(topicId: number, now: number): readonly number[]
  /** Adds the messages of the seconds from `oldest` (since 1970) on, one after the other, to what `counts` holds. */
  addSeconds(topicId: number, oldest: number, counts: Float64Array): void
  /**
   * A topic that stopped: no message for five usual gaps, and a second. That is 2.5 to 10 times the longest gap that is
   * usual, and five times a steady one. Null while it goes on, is too young, or nobody asked for it all the time.
   */
  silenceOf(topicId: number, moment: Moment): Silence | null
}

// Float64 fields of a record, 80 bytes.
const recordFields = 10
const messagesAt = 0
const bytesAt = 1
const firstAt = 2
const lastAt = 3
const intervalSumAt = 4
const qos1At = 5
const qos2At = 6
const retainedAt = 7
const largestAt = 8
/** Number of the topic's pulse; 0 = none yet. */
const pulseAt = 9

/** Blocks instead of arrays that grow: nothing is copied, and there is no moment when memory is held twice. */
const blockBits = 10
const blockTopics = 2 ** blockBits
const blockMask = blockTopics - 1

const intervalsBeforeSilence = 5
const gapsOfSilence = 5
const shortestSilence = 1_000

interface Columns {
  readonly blocks: readonly (Float64Array | undefined)[]
  readonly pulses: Pulses
}

/** The record of a topic with messages. */
interface TopicRecord {
  readonly fields: Float64Array
  readonly at: number
  readonly pulse: Pulse | null
}

/** The traffic of each topic by its number, in columns: 80 bytes a topic, and 392 more from its second message on. */
export const createTopicTraffic = (): TopicTraffic => {
  const blocks: (Float64Array | undefined)[] = []
  const pulses = createPulses()
  return {
    ...createReaders({ blocks, pulses }),
    add: (topicId, reader, index) => {
      const fields = (blocks[topicId >>> blockBits] ??= new Float64Array(blockTopics * recordFields))
      const at = (topicId & blockMask) * recordFields
      const bits = reader.flags(index)
      increment(fields, at + messagesAt)
      addSize(fields, at, reader.payloadLength(index))
      addBits(fields, at, bits)
      const time = reader.arrivedAt(index)
      if (bits & flags.stored) {
        noteStored(fields, at, time)
        return
      }
      const before = fields[at + lastAt] as number
      const interval = addTime(fields, at, time)
      if (interval === null) return
      if (fields[at + pulseAt] === 0) fields[at + pulseAt] = pulses.start(before)
      pulses.count(fields[at + pulseAt] as number, time, interval)
    },
    clear: () => {
      blocks.length = 0
      pulses.clear()
    },
  }
}

/** Buckets know an interval roughly, its bounds are known exactly: with a steady pace both are the same. */
const bounded = (interval: number, { shortest, longest }: Pulse) => Math.min(longest, Math.max(shortest, interval))

const figuresIn = (fields: Float64Array, at: number, pulse: Pulse | null): TrafficFigures => {
  const field = (offset: number) => fields[at + offset] as number
  const messages = field(messagesAt)
  return {
    messages,
    bytes: field(bytesAt),
    meanBytes: field(bytesAt) / messages,
    largestBytes: field(largestAt),
    firstAt: Math.max(0, field(firstAt)),
    lastAt: field(lastAt),
    qos: [messages - field(qos1At) - field(qos2At), field(qos1At), field(qos2At)],
    retained: field(retainedAt),
    meanInterval: pulse ? field(intervalSumAt) / pulse.allIntervals : null,
    p95Interval: pulse ? bounded(quantileOf(pulse.buckets, 0.95), pulse) : null,
  }
}

const increment = (fields: Float64Array, at: number): void => {
  fields[at] = (fields[at] as number) + 1
}

const addBits = (fields: Float64Array, at: number, bits: number): void => {
  const qos = bits & flags.qosMask
  if (qos !== 0) increment(fields, at + (qos === 1 ? qos1At : qos2At))
  if (bits & flags.retain) increment(fields, at + retainedAt)
}

const addSize = (fields: Float64Array, at: number, size: number): void => {
  fields[at + bytesAt] = (fields[at + bytesAt] as number) + size
  if (size > (fields[at + largestAt] as number)) fields[at + largestAt] = size
}

/** Where no live message came, the time of the stored message stands as a negative first time. */
const noteStored = (fields: Float64Array, at: number, time: number): void => {
  if (fields[at + lastAt] === 0) fields[at + firstAt] = -time
}

/** The interval since the message before, counted; null for the first. Steady times go back by a moment at most. */
const addTime = (fields: Float64Array, at: number, time: number): number | null => {
  const before = fields[at + lastAt] as number
  fields[at + lastAt] = time
  if (before === 0) {
    fields[at + firstAt] = time
    return null
  }
  const interval = time > before ? time - before : 0
  fields[at + intervalSumAt] = (fields[at + intervalSumAt] as number) + interval
  return interval
}

const findRecord = ({ blocks, pulses }: Columns, topicId: number): TopicRecord | null => {
  const fields = topicId < 0 ? undefined : blocks[topicId >>> blockBits]
  const at = (topicId & blockMask) * recordFields
  if (!fields || fields[at + messagesAt] === 0) return null
  const pulse = fields[at + pulseAt] as number
  return { fields, at, pulse: pulse > 0 ? pulses.view(pulse) : null }
}

/** The median of the gaps that are as long as the longest usual ones. */
const usualGapIn = (pulse: Pulse, lastMessageAt: number): number => {
  const gap = usualGapOf(pulse.pauses, lastMessageAt)
  if (!gap) return bounded(quantileOf(pulse.buckets, 1 / 2), pulse)
  const median = quantileOf(pulse.buckets, 1 / 2, bucketOf(gap.atLeast))
  return bounded(Math.min(gap.below, Math.max(gap.atLeast, median)), pulse)
}

const silenceIn = ({ fields, at, pulse }: TopicRecord, { now, since }: Moment): Silence | null => {
  if (since === null || !pulse || pulse.intervals < intervalsBeforeSilence) return null
  const lastMessageAt = fields[at + lastAt] as number
  const quietMs = now - Math.max(since, lastMessageAt)
  if (quietMs < shortestSilence) return null
  const usualMs = usualGapIn(pulse, lastMessageAt)
  return quietMs >= usualMs * gapsOfSilence ? { quietMs, usualMs } : null
}

/** Which messages came in which seconds. */
const createSecondReaders = (columns: Columns, field: (topicId: number, offset: number) => number) => {
  const addSeconds = (topicId: number, oldest: number, counts: Float64Array): void => {
    // The sparkline shows live messages; of a topic that has none, the stored one.
    const last = secondOf(field(topicId, lastAt) || -field(topicId, firstAt))
    if (last < oldest) return
    const pulse = field(topicId, pulseAt)
    if (pulse > 0) columns.pulses.addSeconds(pulse, { oldest, counts })
    else if (last < oldest + counts.length) counts[last - oldest] = (counts[last - oldest] as number) + 1
  }
  const rateCounts = new Float64Array(rateSeconds)
  return {
    addSeconds,
    perSecond: (topicId: number, now: number): readonly number[] => {
      const counts = new Float64Array(sparkSeconds)
      addSeconds(topicId, secondOf(now) - sparkSeconds + 1, counts)
      return Array.from(counts)
    },
    rateOf: (topicId: number, now: number): number => {
      const oldest = secondOf(now) - rateSeconds + 1
      if (secondOf(field(topicId, lastAt)) < oldest) return 0
      rateCounts.fill(0)
      addSeconds(topicId, oldest, rateCounts)
      let messages = 0
      for (let second = 0; second < rateSeconds; second++) messages += rateCounts[second] as number
      const age = Math.max(1_000, now - field(topicId, firstAt))
      return (messages * 1_000) / Math.min(now - oldest * 1_000, age)
    },
  }
}

const createReaders = (columns: Columns): Omit<TopicTraffic, 'add' | 'clear'> => {
  // Sums over all topics read this of each topic. Most of them are at rest, so no object is made for a reading.
  const field = (topicId: number, offset: number): number =>
    (topicId < 0 ? undefined : columns.blocks[topicId >>> blockBits])?.[
      (topicId & blockMask) * recordFields + offset
    ] ?? 0
  return {
    figuresOf: (topicId) => {
      const record = findRecord(columns, topicId)
      return record && figuresIn(record.fields, record.at, record.pulse)
    },
    ...createSecondReaders(columns, field),
    bytesOf: (topicId) => field(topicId, bytesAt),
    largestOf: (topicId) => field(topicId, largestAt),
    qosOf: (topicId, qos) => {
      const [one, two] = [field(topicId, qos1At), field(topicId, qos2At)]
      return qos === 0 ? field(topicId, messagesAt) - one - two : qos === 1 ? one : two
    },
    retainedOf: (topicId) => field(topicId, retainedAt),
    silenceOf: (topicId, moment) => {
      const record = findRecord(columns, topicId)
      return record && silenceIn(record, moment)
    },
  }
}
