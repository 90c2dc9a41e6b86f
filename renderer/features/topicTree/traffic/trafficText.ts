import { formatCount } from '../../../ui/format'

/** A number for a narrow column: `12,345`, `123k`, `1.2M`. */
export const formatShortCount = (count: number): string => {
  if (count < 100_000) return formatCount(count)
  if (count < 1_000_000) return `${Math.floor(count / 1_000)}k`
  const millions = count / 1_000_000
  return millions < 100 ? `${(Math.floor(millions * 10) / 10).toFixed(1)}M` : `${formatCount(Math.floor(millions))}M`
}
