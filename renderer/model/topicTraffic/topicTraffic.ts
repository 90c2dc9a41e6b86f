// Why it is so: build/docs/decisions/64-traffic-stands-in-columns-of-numbers.md
import { flags } from '#shared/model/frame'
import type { FrameReader } from '#shared/model/frameReader'
import type { Qos } from '#shared/model/qos'
import { bucketOf, quantileOf } from './topicTrafficIntervals'
import { createPaces, type Paces } from './topicTrafficPaces'
import { usualGapOf } from './topicTrafficPauses'
import { secondOf, type Pulse } from './topicTrafficPulses'
import { createTrafficRecords, type TrafficRecords } from './topicTrafficRecords'

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

const intervalsBeforeSilence = 5
const gapsOfSilence = 5
const shortestSilence = 1_000

interface Columns {
  readonly records: TrafficRecords
  readonly paces: Paces
}

/**
 * The traffic of each topic by its number, in columns: 40 bytes a topic, and 24 more where a neighbour has QoS 1 or 2 or the
 * retain mark; 16 more at the third live message, and 328 in their place at the fifth.
 */
export const createTopicTraffic = (): TopicTraffic => {
  const records = createTrafficRecords()
  const paces = createPaces(records)
  return {
    ...createReaders({ records, paces }),
    add: (topicId, reader, index) => {
      const bits = reader.flags(index)
      records.add(topicId, reader.payloadLength(index), bits)
      const time = reader.arrivedAt(index)
      if ((bits & flags.stored) === 0) paces.add(topicId, time)
      else if (records.pace(topicId) === 0) records.setFirst(topicId, -time)
    },
    clear: () => {
      records.clear()
      paces.clear()
    },
  }
}

/** Buckets know an interval roughly, its bounds are known exactly: with a steady pace both are the same. */
const bounded = (interval: number, { shortest, longest }: Pulse) => Math.min(longest, Math.max(shortest, interval))

/** Of at most three intervals the longest is the one that 95 % do not exceed. */
const fewIntervals = (intervals: readonly number[]): Pick<TrafficFigures, 'meanInterval' | 'p95Interval'> => {
  if (intervals.length === 0) return { meanInterval: null, p95Interval: null }
  const sum = intervals.reduce((total, interval) => total + interval, 0)
  return { meanInterval: sum / intervals.length, p95Interval: Math.max(...intervals) }
}

const intervalFigures = ({ paces }: Columns, topicId: number) => {
  const pulse = paces.pulseOf(topicId)
  if (!pulse) return fewIntervals(paces.intervalsOf(topicId))
  const p95Interval = bounded(quantileOf(pulse.buckets, 0.95), pulse)
  return { meanInterval: pulse.intervalSum / pulse.allIntervals, p95Interval }
}

const figuresIn = (columns: Columns, topicId: number): TrafficFigures => {
  const { records } = columns
  const messages = records.messages(topicId)
  const bytes = records.bytes(topicId)
  const [one, two] = [records.qos(topicId, 1), records.qos(topicId, 2)]
  return {
    messages,
    bytes,
    meanBytes: bytes / messages,
    largestBytes: records.largest(topicId),
    firstAt: Math.max(0, records.first(topicId)),
    lastAt: records.last(topicId),
    qos: [messages - one - two, one, two],
    retained: records.retained(topicId),
    ...intervalFigures(columns, topicId),
  }
}

/** The median of the gaps that are as long as the longest usual ones. */
const usualGapIn = (pulse: Pulse, lastMessageAt: number): number => {
  const gap = usualGapOf(pulse.pauses, lastMessageAt)
  if (!gap) return bounded(quantileOf(pulse.buckets, 1 / 2), pulse)
  const median = quantileOf(pulse.buckets, 1 / 2, bucketOf(gap.atLeast))
  return bounded(Math.min(gap.below, Math.max(gap.atLeast, median)), pulse)
}

const silenceIn = ({ records, paces }: Columns, topicId: number, { now, since }: Moment): Silence | null => {
  if (since === null) return null
  const lastMessageAt = records.last(topicId)
  const quietMs = now - Math.max(since, lastMessageAt)
  const pulse = quietMs < shortestSilence ? null : paces.pulseOf(topicId)
  if (!pulse || pulse.intervals < intervalsBeforeSilence) return null
  const usualMs = usualGapIn(pulse, lastMessageAt)
  return quietMs >= usualMs * gapsOfSilence ? { quietMs, usualMs } : null
}

/** Which messages came in which seconds. */
const createSecondReaders = ({ records, paces }: Columns) => {
  const addSeconds = (topicId: number, oldest: number, counts: Float64Array): void => {
    const last = records.last(topicId)
    if (last > 0 && secondOf(last) >= oldest) paces.addSeconds(topicId, { oldest, counts })
    // The sparkline shows live messages; of a topic that has none, the stored one.
    else if (last === 0) addSecond(counts, secondOf(-records.first(topicId)) - oldest)
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
      if (secondOf(records.last(topicId)) < oldest) return 0
      rateCounts.fill(0)
      addSeconds(topicId, oldest, rateCounts)
      let messages = 0
      for (let second = 0; second < rateSeconds; second++) messages += rateCounts[second] as number
      const age = Math.max(1_000, now - records.first(topicId))
      return (messages * 1_000) / Math.min(now - oldest * 1_000, age)
    },
  }
}

const addSecond = (counts: Float64Array, at: number): void => {
  if (at >= 0 && at < counts.length) counts[at] = (counts[at] as number) + 1
}

const createReaders = (columns: Columns): Omit<TopicTraffic, 'add' | 'clear'> => {
  const { records } = columns
  const isKnown = (topicId: number) => records.messages(topicId) > 0
  return {
    figuresOf: (topicId) => (isKnown(topicId) ? figuresIn(columns, topicId) : null),
    ...createSecondReaders(columns),
    bytesOf: records.bytes,
    largestOf: records.largest,
    qosOf: (topicId, qos) =>
      qos === 0
        ? records.messages(topicId) - records.qos(topicId, 1) - records.qos(topicId, 2)
        : records.qos(topicId, qos),
    retainedOf: records.retained,
    silenceOf: (topicId, moment) => (isKnown(topicId) ? silenceIn(columns, topicId, moment) : null),
  }
}
