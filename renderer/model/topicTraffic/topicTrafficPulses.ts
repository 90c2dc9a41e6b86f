// Why it is so: build/docs/decisions/64-traffic-stands-in-columns-of-numbers.md
import { bucketOf, intervalBuckets, rememberedIntervals, type Buckets } from './topicTrafficIntervals'
import { notePause, pauseWords } from './topicTrafficPauses'

/** What is remembered of a topic's pace. */
export interface Pulse {
  readonly buckets: Buckets
  /** How many intervals the buckets hold. */
  readonly intervals: number
  /** How many there ever were. */
  readonly allIntervals: number
  /** Of all intervals, in milliseconds. */
  readonly shortest: number
  readonly longest: number
  /** As `topicTrafficPauses` keeps them. */
  readonly pauses: Readonly<Uint32Array>
}

const ringSeconds = 64
const ringMask = ringSeconds - 1
const fullCounter = 65_535

// A pulse is 392 bytes in one place, so that the processor fetches few lines of memory for a message: five Float64
// fields, then in Uint16 the buckets of intervals and the ring of seconds, then in Uint32 the pauses.
const secondAt = 0
const shortestAt = 1
const longestAt = 2
const intervalsAt = 3
const allIntervalsAt = 4
const fieldBytes = 5 * Float64Array.BYTES_PER_ELEMENT
const bucketsAt = fieldBytes / Uint16Array.BYTES_PER_ELEMENT
const ringAt = bucketsAt + intervalBuckets
const pausesAt = ((ringAt + ringSeconds) * Uint16Array.BYTES_PER_ELEMENT) / Uint32Array.BYTES_PER_ELEMENT
const pulseBytes = (pausesAt + pauseWords) * Uint32Array.BYTES_PER_ELEMENT
const pulseFields = pulseBytes / Float64Array.BYTES_PER_ELEMENT
const pulseCounters = pulseBytes / Uint16Array.BYTES_PER_ELEMENT
const pulseWords = pulseBytes / Uint32Array.BYTES_PER_ELEMENT

const blockBits = 10
const blockPulses = 2 ** blockBits
const blockMask = blockPulses - 1

interface PulseBlock {
  readonly fields: Float64Array
  readonly counters: Uint16Array
  readonly words: Uint32Array
}

/** Seconds of the steady clock. */
export const secondOf = (time: number): number => Math.floor(time / 1_000)

/** Counts of the seconds from `oldest` on, to be added to. */
interface Seconds {
  readonly oldest: number
  readonly counts: Float64Array
}

/** The pulses of topics, by a number of their own. */
export interface Pulses {
  /** Number of a new pulse, from 1 on; it starts with the message at `time`. */
  start(time: number): number
  /** Counts a message that came at `time`, `interval` after the one before it. */
  count(pulse: number, time: number, interval: number): void
  view(pulse: number): Pulse
  addSeconds(pulse: number, seconds: Seconds): void
  clear(): void
}

/** They stand in blocks, so that nothing is copied as they become more. */
export const createPulses = (): Pulses => {
  const blocks: PulseBlock[] = []
  let count = 0
  const blockOf = (number: number) => blocks[(number - 1) >>> blockBits] as PulseBlock
  return {
    start: (time) => {
      const slot = count & blockMask
      if (slot === 0) blocks.push(createPulseBlock())
      const block = blocks[count++ >>> blockBits] as PulseBlock
      block.fields[slot * pulseFields + secondAt] = secondOf(time)
      countSecond(block, slot, time)
      return count
    },
    count: (number, time, interval) => {
      const block = blockOf(number)
      const slot = (number - 1) & blockMask
      countInterval(block, slot, interval)
      notePause(block.words, slot * pulseWords + pausesAt, { ms: interval, time })
      countSecond(block, slot, time)
    },
    view: (number) => viewPulse(blockOf(number), (number - 1) & blockMask),
    addSeconds: (number, seconds) => addRing(blockOf(number), (number - 1) & blockMask, seconds),
    clear: () => {
      blocks.length = 0
      count = 0
    },
  }
}

const createPulseBlock = (): PulseBlock => {
  const memory = new ArrayBuffer(blockPulses * pulseBytes)
  return { fields: new Float64Array(memory), counters: new Uint16Array(memory), words: new Uint32Array(memory) }
}

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
  fields[at + allIntervalsAt] = (fields[at + allIntervalsAt] as number) + 1
  if (known + 1 < rememberedIntervals) return
  let left = 0
  for (let bucket = from; bucket < from + intervalBuckets; bucket++)
    left += counters[bucket] = (counters[bucket] as number) >> 1
  fields[at + intervalsAt] = left
}

const viewPulse = ({ fields, counters, words }: PulseBlock, slot: number): Pulse => {
  const at = slot * pulseFields
  const from = slot * pulseCounters
  const word = slot * pulseWords + pausesAt
  return {
    buckets: counters.subarray(from + bucketsAt, from + ringAt),
    intervals: fields[at + intervalsAt] as number,
    allIntervals: fields[at + allIntervalsAt] as number,
    shortest: fields[at + shortestAt] as number,
    longest: fields[at + longestAt] as number,
    pauses: words.subarray(word, word + pauseWords),
  }
}

const addRing = ({ fields, counters }: PulseBlock, slot: number, { oldest, counts }: Seconds): void => {
  const head = fields[slot * pulseFields + secondAt] as number
  const ring = slot * pulseCounters + ringAt
  const last = Math.min(head, oldest + counts.length - 1)
  for (let second = Math.max(oldest, head - ringSeconds + 1); second <= last; second++) {
    const at = second - oldest
    counts[at] = (counts[at] as number) + (counters[ring + (second & ringMask)] as number)
  }
}
