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
  readonly intervalSum: number
  /** Of all intervals, in milliseconds. */
  readonly shortest: number
  readonly longest: number
  /** As `topicTrafficPauses` keeps them. */
  readonly pauses: Readonly<Uint32Array>
}

/** Seconds that are counted one by one, the newest included. */
export const ringSeconds = 64
const ringMask = ringSeconds - 1
/** In the ring: more came in that second, which are counted beside it. */
const fullCounter = 255

// A pulse is 328 bytes in one place, so that the processor fetches few lines of memory for a message: four Float64 fields,
// two Uint32 words, in Uint16 the buckets of intervals, in Uint8 the ring of seconds, then in Uint32 the pauses.
const shortestAt = 0
const longestAt = 1
const allIntervalsAt = 2
const intervalSumAt = 3
const fieldBytes = 4 * Float64Array.BYTES_PER_ELEMENT
const secondAt = fieldBytes / Uint32Array.BYTES_PER_ELEMENT
const intervalsAt = secondAt + 1
const bucketsAt = (fieldBytes + 2 * Uint32Array.BYTES_PER_ELEMENT) / Uint16Array.BYTES_PER_ELEMENT
const bucketsEnd = bucketsAt + intervalBuckets
const ringAt = bucketsEnd * Uint16Array.BYTES_PER_ELEMENT
const pausesAt = (ringAt + ringSeconds) / Uint32Array.BYTES_PER_ELEMENT
const pulseBytes = (pausesAt + pauseWords) * Uint32Array.BYTES_PER_ELEMENT
const pulseFields = pulseBytes / Float64Array.BYTES_PER_ELEMENT
const pulseCounters = pulseBytes / Uint16Array.BYTES_PER_ELEMENT
const pulseWords = pulseBytes / Uint32Array.BYTES_PER_ELEMENT

const blockBits = 10
const blockPulses = 2 ** blockBits
const blockMask = blockPulses - 1

interface PulseBlock {
  readonly fields: Float64Array
  readonly words: Uint32Array
  readonly counters: Uint16Array
  readonly bytes: Uint8Array
  /** By slot, what the ring's counters had no room for: few topics have so many messages in a second. */
  readonly beyond: Map<number, Float64Array>
}

/** Seconds of the steady clock. */
export const secondOf = (time: number): number => Math.floor(time / 1_000)

/** Counts of the seconds from `oldest` on, to be added to. */
export interface Seconds {
  readonly oldest: number
  readonly counts: Float64Array
}

/** The pulses of topics, by a number of their own. */
interface Pulses {
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
      block.words[slot * pulseWords + secondAt] = secondOf(time)
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
  return {
    fields: new Float64Array(memory),
    words: new Uint32Array(memory),
    counters: new Uint16Array(memory),
    bytes: new Uint8Array(memory),
    beyond: new Map(),
  }
}

const countSecond = (block: PulseBlock, slot: number, time: number): void => {
  const { words, bytes } = block
  const second = secondOf(time)
  const head = words[slot * pulseWords + secondAt] as number
  if (second !== head) moveRing(block, slot, second)
  const place = slot * pulseBytes + ringAt + (second & ringMask)
  const before = bytes[place] as number
  if (before < fullCounter) bytes[place] = before + 1
  else countBeyond(block, slot, second & ringMask)
}

const moveRing = ({ words, bytes, beyond }: PulseBlock, slot: number, second: number): void => {
  const ring = slot * pulseBytes + ringAt
  const head = words[slot * pulseWords + secondAt] as number
  // A clock that went back by more than the ring holds starts it over.
  const passed = second > head ? second - head : head - second >= ringSeconds ? ringSeconds : 0
  if (passed === 0) return
  const from = passed >= ringSeconds ? second - ringSeconds + 1 : head + 1
  for (let at = from; at <= second; at++) {
    const place = ring + (at & ringMask)
    if (bytes[place] === fullCounter) beyond.get(slot)?.fill(0, at & ringMask, (at & ringMask) + 1)
    bytes[place] = 0
  }
  words[slot * pulseWords + secondAt] = second
}

const countBeyond = ({ beyond }: PulseBlock, slot: number, place: number): void => {
  const counts = beyond.get(slot) ?? new Float64Array(ringSeconds)
  counts[place] = (counts[place] as number) + 1
  beyond.set(slot, counts)
}

const countInterval = ({ fields, words, counters }: PulseBlock, slot: number, interval: number): void => {
  const at = slot * pulseFields
  const from = slot * pulseCounters + bucketsAt
  const known = words[slot * pulseWords + intervalsAt] as number
  if (known === 0 || interval < (fields[at + shortestAt] as number)) fields[at + shortestAt] = interval
  if (interval > (fields[at + longestAt] as number)) fields[at + longestAt] = interval
  const place = from + bucketOf(interval)
  counters[place] = (counters[place] as number) + 1
  words[slot * pulseWords + intervalsAt] = known + 1
  fields[at + allIntervalsAt] = (fields[at + allIntervalsAt] as number) + 1
  fields[at + intervalSumAt] = (fields[at + intervalSumAt] as number) + interval
  if (known + 1 < rememberedIntervals) return
  let left = 0
  for (let bucket = from; bucket < from + intervalBuckets; bucket++)
    left += counters[bucket] = (counters[bucket] as number) >> 1
  words[slot * pulseWords + intervalsAt] = left
}

const viewPulse = ({ fields, words, counters }: PulseBlock, slot: number): Pulse => {
  const at = slot * pulseFields
  const from = slot * pulseCounters
  const word = slot * pulseWords
  return {
    buckets: counters.subarray(from + bucketsAt, from + bucketsEnd),
    intervals: words[word + intervalsAt] as number,
    allIntervals: fields[at + allIntervalsAt] as number,
    intervalSum: fields[at + intervalSumAt] as number,
    shortest: fields[at + shortestAt] as number,
    longest: fields[at + longestAt] as number,
    pauses: words.subarray(word + pausesAt, word + pulseWords),
  }
}

const addRing = ({ words, bytes, beyond }: PulseBlock, slot: number, { oldest, counts }: Seconds): void => {
  const head = words[slot * pulseWords + secondAt] as number
  const ring = slot * pulseBytes + ringAt
  const last = Math.min(head, oldest + counts.length - 1)
  for (let second = Math.max(oldest, head - ringSeconds + 1); second <= last; second++) {
    const at = second - oldest
    const counted = bytes[ring + (second & ringMask)] as number
    const more = counted === fullCounter ? (beyond.get(slot)?.[second & ringMask] ?? 0) : 0
    counts[at] = (counts[at] as number) + counted + more
  }
}
