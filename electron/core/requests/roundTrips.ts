import type { RoundTrips } from '#shared/model/request'

/** So many are kept, the newest ones. */
const mostKept = 16_384

/** Times from a request to its answer, in milliseconds; memory stays the same however many there are. */
export const createRoundTrips = () => {
  let times = new Float64Array(64)
  let measured = 0
  return {
    note: (milliseconds: number): void => {
      if (measured === times.length && measured < mostKept) {
        const more = new Float64Array(measured * 2)
        more.set(times)
        times = more
      }
      times[measured % times.length] = milliseconds
      measured += 1
    },
    /** Each is a time that was measured: the least that is not exceeded by so many of a hundred. */
    summary: (): RoundTrips | null => {
      if (measured === 0) return null
      const sorted = times.slice(0, Math.min(measured, times.length)).sort()
      const at = (share: number) => sorted[Math.ceil(sorted.length * share) - 1] ?? 0
      return { p50: at(0.5), p95: at(0.95), p99: at(0.99), most: at(1) }
    },
    clear: (): void => void (measured = 0),
  }
}
