/** Local wall clock, `HH:MM:SS.mmm`. */
export const formatClock = (ms: number): string => {
  const date = new Date(ms)
  return `${pad(date.getHours(), 2)}:${pad(date.getMinutes(), 2)}:${pad(date.getSeconds(), 2)}.${pad(date.getMilliseconds(), 3)}`
}

/** Local day and time of day, `YYYY-MM-DD HH:MM:SS`. */
export const formatDayClock = (ms: number): string => {
  const date = new Date(ms)
  const day = `${date.getFullYear()}-${pad(date.getMonth() + 1, 2)}-${pad(date.getDate(), 2)}`
  return `${day} ${formatClock(ms).slice(0, 8)}`
}

/** As `formatClock`, in UTC. */
export const formatUtcClock = (ms: number): string => formatIso(ms).slice(11, 23)

export const formatIso = (ms: number): string => new Date(ms).toISOString()

const units = ['KiB', 'MiB', 'GiB'] as const

/** `512 B`, `1.5 KiB`, `20 MiB`. */
export const formatBytes = (bytes: number): string => {
  if (bytes < 1024) return `${bytes} B`
  let value = bytes / 1024
  let unit = 0
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024
    unit++
  }
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${units[unit] ?? 'GiB'}`
}

const grouped = new Intl.NumberFormat('en-US')

/** Thousands grouped: `12,345`. */
export const formatCount = (count: number): string => grouped.format(count)

/** `0`, `0.4`, `12`, `15,300` a second. */
export const formatRate = (perSecond: number): string =>
  perSecond === 0 ? '0' : perSecond < 10 ? perSecond.toFixed(1) : formatCount(Math.round(perSecond))
const pad = (value: number, digits: number) => String(value).padStart(digits, '0')
