import { senderLimits } from '#shared/model/sender'

/** Whole milliseconds within the range, or null. */
export const intervalOf = (typed: string): number | null => {
  const text = typed.trim()
  if (!/^\d+$/.test(text)) return null
  const value = Number(text)
  return value >= senderLimits.everyMs.least && value <= senderLimits.everyMs.most ? value : null
}
