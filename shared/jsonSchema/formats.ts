import { patternOf } from './pattern'

const label = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?'
const hostname = new RegExp(`^(?=.{1,253}$)${label}(?:\\.${label})*$`)
const byte = '(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)'
const ipv4 = new RegExp(`^${byte}(?:\\.${byte}){3}$`)
const dateShape = /^(\d{4})-(\d\d)-(\d\d)$/
const timeShape = /^([01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/i

const isDate = (text: string): boolean => {
  const [, year = '', month = '', day = ''] = dateShape.exec(text) ?? []
  const last = [31, isLeap(Number(year)) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][Number(month) - 1] ?? 0
  return Number(day) >= 1 && Number(day) <= last
}

const isLeap = (year: number) => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)

const isDateTime = (text: string): boolean => {
  const [date = '', time = ''] = text.split(/t/i)
  return isDate(date) && timeShape.test(time) && /^[^t]+t[^t]+$/i.test(text)
}

const isIpv6 = (text: string): boolean => {
  const lastColon = text.lastIndexOf(':')
  const tail = text.slice(lastColon + 1)
  const plain = tail.includes('.') && ipv4.test(tail) ? `${text.slice(0, lastColon + 1)}0:0` : text
  const halves = plain.split('::')
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')))
  const isShort = halves.length === 2
  return (
    halves.length <= 2 &&
    groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group)) &&
    (isShort ? groups.length < 8 : groups.length === 8)
  )
}

const duration = /^P(?!$)(?:\d+W|(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+S)?)?)$/

const formats: Readonly<Record<string, (text: string) => boolean>> = {
  'date-time': isDateTime,
  date: isDate,
  time: (text) => timeShape.test(text),
  duration: (text) => duration.test(text),
  email: (text) => /^[^\s@"]+@[^\s@]+$/.test(text) && hostname.test(text.slice(text.lastIndexOf('@') + 1)),
  hostname: (text) => hostname.test(text),
  ipv4: (text) => ipv4.test(text),
  ipv6: isIpv6,
  uri: (text) => /^[a-zA-Z][\w+.-]*:[^\s"<>\\^`{|}]*$/.test(text),
  uuid: (text) => /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i.test(text),
  'json-pointer': (text) => /^(?:\/(?:[^~/]|~[01])*)*$/.test(text),
  regex: (text) => patternOf(text) !== null,
}

/** Whether a text has a format. One that is not known here is had by every text. */
export const hasFormat = (text: string, format: string): boolean =>
  !Object.hasOwn(formats, format) || formats[format]?.(text) !== false

/** A text that has a format; undefined = the format is not known here. */
export const exampleOf = (format: string): string | undefined =>
  Object.hasOwn(examples, format) ? examples[format] : undefined

const examples: Readonly<Record<string, string>> = {
  'date-time': '2026-01-01T12:00:00Z',
  date: '2026-01-01',
  time: '12:00:00Z',
  duration: 'PT1M',
  email: 'name@example.com',
  hostname: 'example.com',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  uri: 'https://example.com/',
  uuid: '00000000-0000-4000-8000-000000000000',
  'json-pointer': '/value',
  regex: '.*',
}
