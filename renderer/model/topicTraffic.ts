import { flags } from '#shared/model/frame'
import type { FrameReader } from '#shared/model/frameReader'
import {
  bucketOf,
  intervalBuckets,
  quantileOf,
  rememberedIntervals,
  usualIntervalOf,
  type Buckets,
} from './topicTrafficIntervals'

/** Seconds a sparkline shows, the one that runs included. */
export const sparkSeconds = 60
const rateSeconds = 10

/** What arrived on one topic. Counts, sums and means are exact; times are milliseconds since 1970. */
export interface TrafficFigures {
  readonly messages: number
  readonly bytes: number
  readonly meanBytes: number
  readonly largestBytes: number
  readonly firstAt: number
  readonly lastAt: number
  /** Messages of QoS 0, 1 and 2. */
  readonly qos: readonly [number, number, number]
  /** Messages with the retain mark. */
  readonly retained: number
  /** Between arrivals, in milliseconds; null before there are two. Where the clock went back the interval counts as 0. */
  readonly meanInterval: number | null
  /** Of the last intervals; how exact is told in topicTrafficIntervals. */
  readonly p95Interval: number | null
}

export interface Silence {
  readonly quietMs: number
  readonly usualMs: number
}

export interface Moment {
  readonly now: number
  /** Since when messages can have come. */
  readonly since: number
}

export type ArrivalReader = Pick<FrameReader, 'time' | 'payloadLength' | 'flags'>

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
  /** Messages in each of the last `sparkSeconds`, oldest first. */
  perSecond(topicId: number, now: number): readonly number[]
  /** A topic that stopped: no message for five usual intervals, and a second. Null while it goes on or is too young. */
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
/** Number of the topic's pulse and one more; 0 = none yet. */
const pulseAt = 9

const ringSeconds = 64
const ringMask = ringSeconds - 1
const fullCounter = 65_535

// A pulse is 256 bytes in one place, so that the processor fetches few lines of memory for a message: four Float64
// fields, then in Uint16 the buckets of intervals and the ring of seconds.
const pulseFields = 32
const secondAt = 0
const shortestAt = 1
const longestAt = 2
const intervalsAt = 3
const pulseCounters = 128
const bucketsAt = 16
const ringAt = bucketsAt + intervalBuckets
const pulseBytes = pulseCounters * Uint16Array.BYTES_PER_ELEMENT

/** Blocks instead of arrays that grow: nothing is copied, and there is no moment when memory is held twice. */
const blockBits = 10
const blockTopics = 2 ** blockBits
const blockMask = blockTopics - 1

interface PulseBlock {
  readonly fields: Float64Array
  readonly counters: Uint16Array
}

const createPulseBlock = (): PulseBlock => {
  const memory = new ArrayBuffer(blockTopics * pulseBytes)
  return { fields: new Float64Array(memory), counters: new Uint16Array(memory) }
}

const secondOf = (time: number): number => Math.floor(time / 1_000)

const countSecond = ({ fields, counters }: PulseBlock, slot: number, time: number): void => {
  const ring = slot * pulseCounters + ringAt
  const second = secondOf(time)
  const head = fields[slot * pulseFields + secondAt] as number
  if (second !== head) {
    // A clock that went back by more than the ring holds starts it over.
    const passed = second > head ? second - head : head - second >= ringSeconds ? ringSeconds : 0
    if (passed >= ringSeconds) counters.fill(0, ring, ring + ringSeconds)
    else for (let at = head + 1; at <= second; at++) counters[ring + (at & ringMask)] = 0
    if (passed > 0) fields[slot * pulseFields + secondAt] = second
  }
  const place = ring + (second & ringMask)
  const before = counters[place] as number
  if (before < fullCounter) counters[place] = before + 1
}

const countInterval = ({ fields, counters }: PulseBlock, slot: number, interval: number): void => {
  const at = slot * pulseFields
  const from = slot * pulseCounters + bucketsAt
  const known = fields[at + intervalsAt] as number
  if (known === 0 || interval < (fields[at + shortestAt] as number)) fields[at + shortestAt] = interval
  if (interval > (fields[at + longestAt] as number)) fields[at + longestAt] = interval
  const place = from + bucketOf(interval)
  counters[place] = (counters[place] as number) + 1
  fields[at + intervalsAt] = known + 1
  if (known + 1 < rememberedIntervals) return
  let left = 0
  for (let bucket = from; bucket < from + intervalBuckets; bucket++)
    left += counters[bucket] = (counters[bucket] as number) >> 1
  fields[at + intervalsAt] = left
}

/** What is remembered of a topic's pace, to look at. */
interface Pulse {
  readonly buckets: Buckets
  readonly intervals: number
  readonly shortest: number
  readonly longest: number
  countAt(second: number): number
}

const viewPulse = ({ fields, counters }: PulseBlock, slot: number): Pulse => {
  const at = slot * pulseFields
  const head = fields[at + secondAt] as number
  const from = slot * pulseCounters
  return {
    buckets: counters.subarray(from + bucketsAt, from + ringAt),
    intervals: fields[at + intervalsAt] as number,
    shortest: fields[at + shortestAt] as number,
    longest: fields[at + longestAt] as number,
    countAt: (second) =>
      second > head || second <= head - ringSeconds ? 0 : (counters[from + ringAt + (second & ringMask)] as number),
  }
}

/** Buckets know an interval roughly, its bounds are known exactly: with a steady pace both are the same. */
const bounded = (interval: number, { shortest, longest }: Pulse) => Math.min(longest, Math.max(shortest, interval))

const intervalsBeforeSilence = 5
const intervalsOfSilence = 5
const shortestSilence = 1_000

const figuresIn = (fields: Float64Array, at: number, pulse: Pulse | null): TrafficFigures => {
  const field = (offset: number) => fields[at + offset] as number
  const messages = field(messagesAt)
  return {
    messages,
    bytes: field(bytesAt),
    meanBytes: field(bytesAt) / messages,
    largestBytes: field(largestAt),
    firstAt: field(firstAt),
    lastAt: field(lastAt),
    qos: [messages - field(qos1At) - field(qos2At), field(qos1At), field(qos2At)],
    retained: field(retainedAt),
    meanInterval: pulse ? field(intervalSumAt) / (messages - 1) : null,
    p95Interval: pulse ? bounded(quantileOf(pulse.buckets, 0.95), pulse) : null,
  }
}

const createPulses = () => {
  const blocks: PulseBlock[] = []
  let count = 0
  return {
    /** Number of a fresh pulse and one more; it starts with the message at `time`. */
    start: (time: number): number => {
      const slot = count & blockMask
      if (slot === 0) blocks.push(createPulseBlock())
      const block = blocks[count++ >>> blockBits] as PulseBlock
      block.fields[slot * pulseFields + secondAt] = secondOf(time)
      countSecond(block, slot, time)
      return count
    },
    count: (number: number, time: number, interval: number) => {
      const block = blocks[(number - 1) >>> blockBits] as PulseBlock
      const slot = (number - 1) & blockMask
      countInterval(block, slot, interval)
      countSecond(block, slot, time)
    },
    view: (number: number): Pulse | null =>
      number === 0 ? null : viewPulse(blocks[(number - 1) >>> blockBits] as PulseBlock, (number - 1) & blockMask),
    clear: () => {
      blocks.length = 0
      count = 0
    },
  }
}
type Pulses = ReturnType<typeof createPulses>

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

/** The interval since the message before, counted; null for the first. */
const addTime = (fields: Float64Array, at: number, time: number): number | null => {
  const before = fields[at + lastAt] as number
  fields[at + lastAt] = time
  increment(fields, at + messagesAt)
  if (fields[at + messagesAt] === 1) {
    fields[at + firstAt] = time
    return null
  }
  const interval = time > before ? time - before : 0
  fields[at + intervalSumAt] = (fields[at + intervalSumAt] as number) + interval
  return interval
}

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

const findRecord = ({ blocks, pulses }: Columns, topicId: number): TopicRecord | null => {
  const fields = topicId < 0 ? undefined : blocks[topicId >>> blockBits]
  const at = (topicId & blockMask) * recordFields
  if (!fields || fields[at + messagesAt] === 0) return null
  return { fields, at, pulse: pulses.view(fields[at + pulseAt] as number) }
}

const countsIn = ({ fields, at, pulse }: TopicRecord): ((second: number) => number) => {
  const only = secondOf(fields[at + lastAt] as number)
  return pulse ? pulse.countAt : (second) => (second === only ? 1 : 0)
}

const rateIn = (record: TopicRecord, now: number): number => {
  const countAt = countsIn(record)
  const current = secondOf(now)
  let messages = 0
  for (let back = 0; back < rateSeconds; back++) messages += countAt(current - back)
  const window = now - (current - rateSeconds + 1) * 1_000
  const age = Math.max(1_000, now - (record.fields[record.at + firstAt] as number))
  return (messages * 1_000) / Math.min(window, age)
}

const silenceIn = ({ fields, at, pulse }: TopicRecord, { now, since }: Moment): Silence | null => {
  const quietMs = now - Math.max(since, fields[at + lastAt] as number)
  if (!pulse || pulse.intervals < intervalsBeforeSilence || !(quietMs >= shortestSilence)) return null
  const usualMs = bounded(usualIntervalOf(pulse.buckets), pulse)
  return quietMs >= usualMs * intervalsOfSilence ? { quietMs, usualMs } : null
}

const createReaders = (columns: Columns): Omit<TopicTraffic, 'add' | 'clear'> => {
  // Sums over all topics ask this of each of them: most are at rest, and no object is made for these.
  const field = (topicId: number, offset: number): number =>
    (topicId < 0 ? undefined : columns.blocks[topicId >>> blockBits])?.[
      (topicId & blockMask) * recordFields + offset
    ] ?? 0
  return {
    figuresOf: (topicId) => {
      const record = findRecord(columns, topicId)
      return record && figuresIn(record.fields, record.at, record.pulse)
    },
    rateOf: (topicId, now) => {
      if (field(topicId, lastAt) < now - rateSeconds * 1_000) return 0
      const record = findRecord(columns, topicId)
      return record ? rateIn(record, now) : 0
    },
    bytesOf: (topicId) => field(topicId, bytesAt),
    largestOf: (topicId) => field(topicId, largestAt),
    perSecond: (topicId, now) => {
      const record = findRecord(columns, topicId)
      const countAt = record ? countsIn(record) : () => 0
      const oldest = secondOf(now) - sparkSeconds + 1
      return Array.from({ length: sparkSeconds }, (_, index) => countAt(oldest + index))
    },
    silenceOf: (topicId, moment) => {
      const record = findRecord(columns, topicId)
      return record && silenceIn(record, moment)
    },
  }
}

/** The traffic of each topic by its number, in columns: 80 bytes a topic, and 256 more from its second message on. */
export const createTopicTraffic = (): TopicTraffic => {
  const blocks: (Float64Array | undefined)[] = []
  const pulses = createPulses()
  return {
    ...createReaders({ blocks, pulses }),
    add: (topicId, reader, index) => {
      const fields = (blocks[topicId >>> blockBits] ??= new Float64Array(blockTopics * recordFields))
      const at = (topicId & blockMask) * recordFields
      const time = reader.time(index)
      const before = fields[at + lastAt] as number
      const interval = addTime(fields, at, time)
      addSize(fields, at, reader.payloadLength(index))
      addBits(fields, at, reader.flags(index))
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
