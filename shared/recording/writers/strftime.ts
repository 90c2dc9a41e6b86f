import { dateOf, nanosecondsOf, secondsOf } from '../recordedTime'

const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

const two = (value: number): string => String(value).padStart(2, '0')
const blank = (value: number): string => String(value).padStart(2, ' ')
const twelve = (date: Date): number => date.getHours() % 12 || 12
const dayOfYear = (date: Date): number =>
  Math.round(
    (new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime() -
      new Date(date.getFullYear(), 0, 1).getTime()) /
      86_400_000,
  ) + 1

/** Week of the year by ISO 8601: that of its Thursday. */
const isoWeek = (date: Date): { readonly year: number; readonly week: number } => {
  const thursday = new Date(date.getFullYear(), date.getMonth(), date.getDate() + 4 - (date.getDay() || 7))
  return { year: thursday.getFullYear(), week: Math.ceil(dayOfYear(thursday) / 7) }
}

const zone = (date: Date): string => {
  const minutes = -date.getTimezoneOffset()
  const size = Math.abs(minutes)
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${two(size % 60)}`
}

const zoneName = new Intl.DateTimeFormat('en-US', { timeZoneName: 'short' })

/** The codes of strftime in the locale C, which programs have that set none (ISO C11 §7.27.3.5). */
const codes: Readonly<Record<string, (date: Date) => string>> = {
  a: (date) => (days[date.getDay()] ?? '').slice(0, 3),
  A: (date) => days[date.getDay()] ?? '',
  b: (date) => (months[date.getMonth()] ?? '').slice(0, 3),
  B: (date) => months[date.getMonth()] ?? '',
  c: (date) => `${say('a', date)} ${say('b', date)} ${blank(date.getDate())} ${say('T', date)} ${date.getFullYear()}`,
  C: (date) => two(Math.floor(date.getFullYear() / 100)),
  d: (date) => two(date.getDate()),
  D: (date) => `${say('m', date)}/${say('d', date)}/${say('y', date)}`,
  e: (date) => blank(date.getDate()),
  F: (date) => `${date.getFullYear()}-${say('m', date)}-${say('d', date)}`,
  g: (date) => two(isoWeek(date).year % 100),
  G: (date) => String(isoWeek(date).year),
  h: (date) => say('b', date),
  H: (date) => two(date.getHours()),
  I: (date) => two(twelve(date)),
  j: (date) => String(dayOfYear(date)).padStart(3, '0'),
  k: (date) => blank(date.getHours()),
  l: (date) => blank(twelve(date)),
  m: (date) => two(date.getMonth() + 1),
  M: (date) => two(date.getMinutes()),
  n: () => '\n',
  p: (date) => (date.getHours() < 12 ? 'AM' : 'PM'),
  P: (date) => (date.getHours() < 12 ? 'am' : 'pm'),
  r: (date) => `${say('I', date)}:${say('M', date)}:${say('S', date)} ${say('p', date)}`,
  R: (date) => `${say('H', date)}:${say('M', date)}`,
  s: (date) => String(Math.floor(date.getTime() / 1_000)),
  S: (date) => two(date.getSeconds()),
  t: () => '\t',
  T: (date) => `${say('R', date)}:${say('S', date)}`,
  u: (date) => String(date.getDay() || 7),
  U: (date) => two(Math.floor((dayOfYear(date) + 6 - date.getDay()) / 7)),
  V: (date) => two(isoWeek(date).week),
  w: (date) => String(date.getDay()),
  W: (date) => two(Math.floor((dayOfYear(date) + 6 - ((date.getDay() + 6) % 7)) / 7)),
  x: (date) => say('D', date),
  X: (date) => say('T', date),
  y: (date) => two(date.getFullYear() % 100),
  Y: (date) => String(date.getFullYear()),
  z: zone,
  Z: (date) => zoneName.formatToParts(date).find(({ type }) => type === 'timeZoneName')?.value ?? zone(date),
  '%': () => '%',
}

const say = (code: string, date: Date): string =>
  (Object.hasOwn(codes, code) ? codes[code] : undefined)?.(date) ?? `%${code}`

/**
 * A time in nanoseconds since 1970 as one code says it, in this computer's zone; `N` = the nanoseconds of its second. Nothing where
 * the calendar does not reach.
 */
export const strftime = (code: string, time: bigint): string => {
  if (code === 'N') return nanosecondsOf(time).toString().padStart(9, '0')
  if (code === 's') return secondsOf(time).toString()
  const date = dateOf(time)
  return Number.isNaN(date.getTime()) ? '' : say(code, date)
}
