/** Seconds since 1970, or of a duration, and billionths of a second. */
export interface TimeParts {
  readonly seconds: number
  readonly nanos: number
}

const timestampShape = /^(\d{4}-\d\d-\d\d)[Tt](\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?([Zz]|[+-]\d\d:\d\d)$/
/** The first second of the year 1, and the last of 9999. */
const earliest = -62_135_596_800
const latest = 253_402_300_799
const durationShape = /^(-?)(\d{1,12})(?:\.(\d{1,9}))?s$/
/** Of a duration: ten thousand years. */
const mostSeconds = 315_576_000_000

/** A timestamp of RFC 3339 with up to nine digits behind the point; null = it is none. */
export const timestampParts = (text: string): TimeParts | null => {
  const [, date = '', time = '', fraction = '', zone = ''] = timestampShape.exec(text) ?? []
  const local = Date.parse(`${date}T${time}Z`)
  // The 30th of February is read as a day in March.
  if (Number.isNaN(local) || !new Date(local).toISOString().startsWith(`${date}T${time}`)) return null
  const offset = zoneMinutes(zone)
  if (offset === null) return null
  const seconds = local / 1000 - 60 * offset
  if (seconds < earliest || seconds > latest) return null
  return { seconds, nanos: Number(fraction.padEnd(9, '0')) }
}

/** Seconds with up to nine digits behind the point and an s; null = it is none. */
export const durationParts = (text: string): TimeParts | null => {
  const [, sign, whole, fraction = ''] = durationShape.exec(text) ?? []
  const seconds = Number(whole)
  if (whole === undefined || seconds > mostSeconds) return null
  const nanos = Number(fraction.padEnd(9, '0'))
  return sign === '-' ? { seconds: 0 - seconds, nanos: 0 - nanos } : { seconds, nanos }
}

/** RFC 3339 in UTC with 0, 3, 6 or 9 digits behind the point; null = no time that it has. */
export const timestampText = ({ seconds, nanos }: TimeParts): string | null => {
  if (!(seconds >= earliest && seconds <= latest && nanos >= 0 && nanos < 1e9)) return null
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}${fractionText(nanos)}Z`
}

/** Seconds with an s behind them; null = no duration of Protobuf. */
export const durationText = ({ seconds, nanos }: TimeParts): string | null => {
  const isOfOneSign = seconds === 0 || nanos === 0 || seconds < 0 === nanos < 0
  if (!isOfOneSign || Math.abs(seconds) > mostSeconds || Math.abs(nanos) >= 1e9) return null
  return `${seconds < 0 || nanos < 0 ? '-' : ''}${Math.abs(seconds)}${fractionText(Math.abs(nanos))}s`
}

const fractionText = (nanos: number): string => {
  if (nanos === 0) return ''
  const digits = String(nanos).padStart(9, '0')
  return `.${digits.replace(/(?:000){1,2}$/, '')}`
}

const zoneMinutes = (zone: string): number | null => {
  if (zone === 'Z' || zone === 'z') return 0
  const hours = Number(zone.slice(1, 3))
  const minutes = Number(zone.slice(4))
  return hours < 24 && minutes < 60 ? (zone.startsWith('-') ? -1 : 1) * (60 * hours + minutes) : null
}
