/** Nanoseconds of a second and of a millisecond. */
const second = 1_000_000_000n
const millisecond = 1_000_000n

const shape =
  /^\s*(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,:](\d{1,9})\d*)?\s*(Z)?\s*(?:([+-])(\d\d):?(\d\d))?\s*$/

export interface ReadTime {
  /** Nanoseconds since 1970 in UTC. */
  readonly time: bigint
  /** It names no time zone: that of this computer was taken. */
  readonly isZoneGuessed: boolean
}

/**
 * A date and a time as tools write them: with `T` or a blank, up to nanoseconds, `Z`, an offset, both (mosquitto_sub up to 2.0.12
 * writes a Z before the offset that counts), or neither. Null = it is none.
 */
export const readTimeText = (text: string): ReadTime | null => {
  const found = shape.exec(text)
  if (!found) return null
  const [, year, month, day, hour, minute, whole, fraction = '', zulu, sign, hours, minutes] = found
  const parts = [Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(whole)] as const
  const isZoneGuessed = zulu === undefined && sign === undefined
  const utc = Date.UTC(...parts)
  // Date takes 31 February for 3 March.
  const date = new Date(utc)
  if (
    date.getUTCMonth() !== parts[1] ||
    date.getUTCDate() !== parts[2] ||
    parts[3] > 23 ||
    parts[4] > 59 ||
    parts[5] > 60
  )
    return null
  const offset = sign === undefined ? 0 : (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1)
  const milliseconds = isZoneGuessed ? new Date(...parts).getTime() : utc - offset * 60_000
  if (Number.isNaN(milliseconds)) return null
  return { time: BigInt(milliseconds) * millisecond + BigInt(fraction.padEnd(9, '0')), isZoneGuessed }
}

/** Seconds or milliseconds since 1970 as they are written, with all of their digits. Null = no such number. */
export const readUnixTime = (digits: string, unit: 's' | 'ms'): bigint | null => {
  const [, whole, fraction = ''] = /^\s*(\d{1,15})(?:\.(\d+))?\s*$/.exec(digits) ?? []
  if (whole === undefined) return null
  const places = unit === 's' ? 9 : 6
  return BigInt(whole) * (unit === 's' ? second : millisecond) + BigInt(fraction.slice(0, places).padEnd(places, '0'))
}

/** Nanoseconds of a time from the beginning of its second on, also before 1970, where BigInt rounds towards 0. */
export const nanosecondsOf = (time: bigint): bigint => ((time % second) + second) % second

/** Seconds since 1970, the whole ones before the time. */
export const secondsOf = (time: bigint): bigint => (time - nanosecondsOf(time)) / second

/** Of the whole millisecond before the time; an invalid Date beyond the years that Date has (some 270,000). */
export const dateOf = (time: bigint): Date =>
  new Date(Number(secondsOf(time)) * 1_000 + Number(nanosecondsOf(time) / millisecond))

/**
 * `2026-11-28T00:04:53.060203` in UTC, with so many digits of the second; null = the year has not four digits, with which nobody
 * could read it.
 */
export const utcText = (time: bigint, digits: 3 | 6 | 9): string | null => {
  const date = dateOf(time)
  const year = date.getUTCFullYear()
  if (!(year >= 0 && year <= 9_999)) return null
  const fraction = nanosecondsOf(time).toString().padStart(9, '0').slice(0, digits)
  return `${date.toISOString().slice(0, 19)}.${fraction}`
}
