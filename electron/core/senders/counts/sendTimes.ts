import type { AchievedIntervals } from '#shared/model/sender'

/** Times at which a sender sent, in milliseconds of the same clock throughout. */
export interface SendTimes {
  /** `lane` = whose interval it is, from 0. */
  note(at: number, lane: number): void
  /** Messages a second over the last seconds. */
  rate(now: number): number
  /** Messages in each of the last seconds that are over, oldest first. */
  recent(now: number): number[]
  intervals(): AchievedIntervals | null
}

const slotMs = 250
const slotsInSecond = 1_000 / slotMs
/** A minute, and the second that is not over. */
const keptSlots = 61 * slotsInSecond
const rateSlots = 3 * slotsInSecond
const keptIntervals = 4_096

/** Memory stays the same however many are noted. */
export const createSendTimes = (startedAt: number, lanes: number): SendTimes => {
  const slots = new Float64Array(keptSlots)
  const intervals = new Float64Array(keptIntervals)
  const lastOf = new Float64Array(lanes).fill(NaN)
  let newest = 0
  let measured = 0

  const slotOf = (at: number) => Math.max(0, Math.floor((at - startedAt) / slotMs))
  /** Slots in which nothing was sent are empty, and not what stood there a minute ago. */
  const moveTo = (slot: number) => {
    const passed = Math.min(keptSlots, slot - newest)
    for (let step = 1; step <= passed; step++) slots[(slot - passed + step) % keptSlots] = 0
    newest = Math.max(newest, slot)
  }
  const sumOf = (from: number, to: number) => {
    let sum = 0
    for (let slot = Math.max(0, from, newest - keptSlots + 1); slot < to; slot++) sum += slots[slot % keptSlots] ?? 0
    return sum
  }
  return {
    note: (at, lane) => {
      const slot = slotOf(at)
      if (slot !== newest) moveTo(slot)
      slots[slot % keptSlots] = (slots[slot % keptSlots] ?? 0) + 1
      const interval = at - (lastOf[lane] ?? NaN)
      lastOf[lane] = at
      if (!Number.isNaN(interval)) intervals[measured++ % keptIntervals] = interval
    },
    rate: (now) => {
      const slot = slotOf(now)
      moveTo(slot)
      const from = Math.max(0, slot - rateSlots)
      // The slot that is not over counts with the part of it that has passed.
      const milliseconds = now - startedAt - from * slotMs
      return milliseconds <= 0 ? 0 : (sumOf(from, slot + 1) * 1_000) / Math.max(milliseconds, slotMs)
    },
    recent: (now) => {
      const slot = slotOf(now)
      moveTo(slot)
      const seconds = Math.floor(slot / slotsInSecond)
      const first = Math.max(0, seconds - 60)
      return Array.from({ length: seconds - first }, (_, index) => {
        const from = (first + index) * slotsInSecond
        return sumOf(from, from + slotsInSecond)
      })
    },
    intervals: () => {
      if (measured === 0) return null
      const sorted = intervals.slice(0, Math.min(measured, keptIntervals)).sort()
      const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? 0
      return { p50: at(0.5), p95: at(0.95) }
    },
  }
}
