import { problemAt } from './queryProblem'
import { isProblem, readValue, type Read } from './readText'

const second = 1_000
const unitMs: Readonly<Record<string, number>> = {
  d: 86_400 * second,
  h: 3_600 * second,
  m: 60 * second,
  s: second,
  ms: 1,
}
const duration = /^(?:\d+(?:\.\d+)?(?:ms|[dhms]))+$/
const amounts = /(\d+(?:\.\d+)?)(ms|[dhms])/g

/** `5m`, `1h30m`: milliseconds. */
export const readDuration = (text: string, at: number): Read<number> => {
  const read = readValue(text, at, 'last')
  if (isProblem(read)) return read
  const { end, value } = read
  const milliseconds = duration.test(value) ? millisecondsOf(value) : 0
  if (milliseconds > 0 && milliseconds <= Number.MAX_SAFE_INTEGER) return { end, value: milliseconds }
  return { end, problem: problemAt('badDuration', { start: at, end, unfinished: /^[\d.]+$/.test(value) }) }
}

export const printDuration = (milliseconds: number): string => {
  const [unit = 'ms', size = 1] = Object.entries(unitMs).find(([, one]) => milliseconds % one === 0) ?? []
  return `${milliseconds / size}${unit}`
}

/** A moment as `momentOf` reads it. */
export const readMoment = (text: string, at: number, key: 'after' | 'before'): Read<string> => {
  const read = readValue(text, at, key)
  if (isProblem(read) || momentOf(read.value, { key, now: 0 }) !== null) return read
  const { end, value } = read
  const unfinished = /^(?:\d{1,4}|\d{4}-[\d-]*|\d{1,2}:\d?|.*:\d?)$/.test(value)
  return { end, problem: problemAt('badTime', { start: at, end, unfinished }) }
}

interface MomentOptions {
  readonly key: 'after' | 'before'
  /** Milliseconds since 1970. */
  readonly now: number
}

const clock = String.raw`(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:[.,](?<fraction>\d{1,3}))?)?`
const date = String.raw`(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})`
const zone = String.raw`(?<zone>Z|[+-]\d{2}:?\d{2})`
const timeOnly = new RegExp(`^${clock}$`)
const dated = new RegExp(`^${date}(?:[T ]${clock}${zone}?)?$`)

/**
 * Milliseconds since 1970 of `14:30`, `14:30:05.250`, `2026-11-30` (its first moment) or `2026-11-30T14:30`, which may end
 * in `Z` or an offset; null = it is none of these. Without one, the time is that of the clock on the wall here. A time
 * without a date is today's; but one that is asked for with `after`, and is still to come, is yesterday's.
 */
export const momentOf = (text: string, { key, now }: MomentOptions): number | null => {
  const time = timeOnly.exec(text)?.groups
  if (time) {
    const parts = clockParts(time)
    if (!parts) return null
    const today = new Date(now)
    const at = localTime([today.getFullYear(), today.getMonth(), today.getDate()], parts)
    if (key === 'before' || at <= now) return at
    return localTime([today.getFullYear(), today.getMonth(), today.getDate() - 1], parts)
  }
  const found = dated.exec(text)?.groups
  const parts = found && clockParts(found)
  if (!found || !parts) return null
  const day = [Number(found['year']), Number(found['month']) - 1, Number(found['day'])] as const
  if (!isDay(day)) return null
  const { zone: offset } = found
  return offset === undefined ? localTime(day, parts) : universalTime(day, parts) - offsetMs(offset)
}

type Day = readonly [year: number, month: number, day: number]
type Clock = readonly [hour: number, minute: number, second: number, millisecond: number]
type Groups = Readonly<Record<string, string | undefined>>

const clockParts = ({ hour = '0', minute = '0', second: seconds = '0', fraction = '0' }: Groups): Clock | null => {
  const parts = [Number(hour), Number(minute), Number(seconds), Number(fraction.padEnd(3, '0'))] as const
  return parts[0] < 24 && parts[1] < 60 && parts[2] < 60 ? parts : null
}

const localTime = (day: Day, parts: Clock): number => {
  const at = new Date(2_000, 0, 1, ...parts)
  // The constructor takes years below 100 for those of the last century.
  at.setFullYear(...day)
  return at.setHours(...parts)
}

const universalTime = (day: Day, parts: Clock): number => {
  const at = new Date(Date.UTC(2_000, 0, 1, ...parts))
  return at.setUTCFullYear(...day)
}

/** There is no 30th of February. */
const isDay = (day: Day): boolean => {
  const at = new Date(universalTime(day, [0, 0, 0, 0]))
  return at.getUTCMonth() === day[1] && at.getUTCDate() === day[2]
}

const offsetMs = (offset: string): number => {
  if (offset === 'Z') return 0
  const digits = offset.replace(/\D/g, '')
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2))
  return (offset.startsWith('-') ? -minutes : minutes) * 60 * second
}

const millisecondsOf = (value: string): number => {
  let sum = 0
  for (const [, amount, unit = ''] of value.matchAll(amounts)) sum += Number(amount) * (unitMs[unit] ?? 0)
  return Math.round(sum)
}
