import { formatCount } from '../../ui/format'

/** A number for a narrow column: `12,345`, `123k`, `1.2M`. */
export const formatShortCount = (count: number): string => {
  if (count < 100_000) return formatCount(count)
  if (count < 1_000_000) return `${Math.floor(count / 1_000)}k`
  const millions = count / 1_000_000
  return millions < 100 ? `${(Math.floor(millions * 10) / 10).toFixed(1)}M` : `${formatCount(Math.floor(millions))}M`
}

const withUnit = (value: number, unit: string) => `${value < 10 ? value.toFixed(1) : Math.round(value)} ${unit}`

/** A length of time to two digits or more: `0 ms`, `250 ms`, `2.0 s`, `12 s`, `3.5 min`, `2.0 h`. */
export const formatInterval = (ms: number): string => {
  if (ms < 1_000) return `${Math.round(ms)} ms`
  if (ms < 60_000) return withUnit(ms / 1_000, 's')
  return ms < 3_600_000 ? withUnit(ms / 60_000, 'min') : withUnit(ms / 3_600_000, 'h')
}
