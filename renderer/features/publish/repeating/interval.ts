import { seriesIntervals } from '#shared/model/seriesIntervals'

/** Whole milliseconds within the range, or null. */
export const intervalOf = (typed: string): number | null => {
  const text = typed.trim()
  if (!/^\d+$/.test(text)) return null
  const value = Number(text)
  return value >= seriesIntervals.least && value <= seriesIntervals.most ? value : null
}
