import { formatCount } from '../../../ui/format'

/** Milliseconds, to a hundredth where that is told apart; '–' = none was measured. */
export const formatRoundTrip = (milliseconds: number | null): string => {
  if (milliseconds === null) return '–'
  if (milliseconds < 10) return milliseconds.toFixed(2)
  return milliseconds < 100 ? milliseconds.toFixed(1) : formatCount(Math.round(milliseconds))
}
