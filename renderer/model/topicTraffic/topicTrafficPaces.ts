// Why it is so: build/docs/decisions/64-traffic-stands-in-columns-of-numbers.md
import { createPulses, ringSeconds, secondOf, type Pulse, type Seconds } from './topicTrafficPulses'
import type { TrafficRecords } from './topicTrafficRecords'

/**
 * How live messages of topics follow each other. Of the first four the times are kept as they are: first and last stand in
 * the topic's record, and those between them here. From the fifth on the topic has a pulse.
 *
 * A pace is a word: in its lower three bits how many live messages there were, five for all that have a pulse; above them
 * the number of the times between, or of the pulse.
 */
export interface Paces {
  /** Counts a live message. Its time and pace go into the topic's record. */
  add(topicId: number, time: number): void
  /** Null before the fifth live message. */
  pulseOf(topicId: number): Pulse | null
  /** Of two to four live messages the intervals between them; else none. */
  intervalsOf(topicId: number): readonly number[]
  addSeconds(topicId: number, seconds: Seconds): void
  clear(): void
}

const countBits = 3
const countMask = 2 ** countBits - 1
const withPulse = 5
/** Between the first and the last of four. */
const timesBetween = 2

const blockBits = 10
const blockTimes = 2 ** blockBits * timesBetween

export const createPaces = (records: TrafficRecords): Paces => {
  const pulses = createPulses()
  const between = createTimesBetween()

  const timesOf = (topicId: number): number[] => {
    const pace = records.pace(topicId)
    const count = pace & countMask
    const times = count > 0 ? [records.first(topicId)] : []
    for (let at = 0; at < count - timesBetween; at++) times.push(between.at(pace >>> countBits, at))
    if (count > 1) times.push(records.last(topicId))
    return times
  }
  const beginPulse = (topicId: number): number => {
    const times = timesOf(topicId)
    const pulse = pulses.start(times[0] as number)
    intervalsBetween(times).forEach((interval, at) => pulses.count(pulse, times[at + 1] as number, interval))
    return pulse
  }
  /** The word of a topic that had so many live messages, one to four. */
  const paceAfter = (topicId: number, pace: number, time: number): number => {
    const count = pace & countMask
    const number = pace >>> countBits
    if (count === 1) return 2
    if (count === 4) {
      const pulse = beginPulse(topicId)
      between.free(number)
      pulses.count(pulse, time, intervalOf(records.last(topicId), time))
      return (pulse << countBits) | withPulse
    }
    const kept = count === 2 ? between.take() : number
    between.set(kept, count - 2, records.last(topicId))
    return (kept << countBits) | (count + 1)
  }
  return {
    add: (topicId, time) => {
      const pace = records.pace(topicId)
      const count = pace & countMask
      if (count === withPulse) pulses.count(pace >>> countBits, time, intervalOf(records.last(topicId), time))
      else if (count === 0) {
        records.setFirst(topicId, time)
        records.setPace(topicId, 1)
      } else records.setPace(topicId, paceAfter(topicId, pace, time))
      records.setLast(topicId, time)
    },
    pulseOf: (topicId) => {
      const pace = records.pace(topicId)
      return (pace & countMask) === withPulse ? pulses.view(pace >>> countBits) : null
    },
    intervalsOf: (topicId) =>
      (records.pace(topicId) & countMask) === withPulse ? [] : intervalsBetween(timesOf(topicId)),
    addSeconds: (topicId, seconds) => {
      const pace = records.pace(topicId)
      if ((pace & countMask) === withPulse) pulses.addSeconds(pace >>> countBits, seconds)
      else addTimes(timesOf(topicId), seconds)
    },
    clear: () => {
      pulses.clear()
      between.clear()
    },
  }
}

/** Steady times go back by a moment at most. */
const intervalOf = (before: number, time: number): number => (time > before ? time - before : 0)

const intervalsBetween = (times: readonly number[]): number[] =>
  times.slice(1).map((time, at) => intervalOf(times[at] as number, time))

/** As the ring of a pulse counts them: a clock that went back by more than it holds starts it over. */
const addTimes = (times: readonly number[], { oldest, counts }: Seconds): void => {
  let head = -Infinity
  let from = 0
  times.forEach((time, at) => {
    const second = secondOf(time)
    if (head - second >= ringSeconds) from = at
    if (second > head || from === at) head = second
  })
  for (const time of times.slice(from)) {
    const second = secondOf(time)
    const at = second - oldest
    if (second > head - ringSeconds && at >= 0 && at < counts.length) counts[at] = (counts[at] as number) + 1
  }
}

/** Two times each, by a number; numbers that are free are given again. */
const createTimesBetween = () => {
  const blocks: Float64Array[] = []
  const free: number[] = []
  let used = 0
  const blockOf = (number: number) => blocks[number >>> blockBits] as Float64Array
  const place = (number: number, which: number) => ((number * timesBetween) % blockTimes) + which
  return {
    take: (): number => {
      const reused = free.pop()
      if (reused !== undefined) return reused
      if ((used * timesBetween) % blockTimes === 0) blocks.push(new Float64Array(blockTimes))
      return used++
    },
    free: (number: number) => void free.push(number),
    at: (number: number, which: number): number => blockOf(number)[place(number, which)] as number,
    set: (number: number, which: number, time: number) => {
      blockOf(number)[place(number, which)] = time
    },
    clear: () => {
      blocks.length = 0
      free.length = 0
      used = 0
    },
  }
}
