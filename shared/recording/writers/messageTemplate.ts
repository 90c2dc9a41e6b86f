import { joinedBytes } from '#shared/encoding/joinedBytes'
import { hexDigits } from '#shared/mqtt/payloadText'
import { encodeUtf8, decodeUtf8, isUtf8 } from '#shared/mqtt/utf8'
import type { RecordingWriter, WrittenMessage } from '../recordingWriter'
import { nanosecondsOf, secondsOf } from '../recordedTime'
import { jsonLineOf } from './jsonLines'
import { strftime } from './strftime'

export type ParsedTemplate =
  | { readonly ok: true; readonly writer: RecordingWriter }
  /** `position` of the code that is unknown. */
  | { readonly ok: false; readonly position: number; readonly code: string }

interface Field {
  readonly isLeft: boolean
  readonly isZeroPadded: boolean
  /** 0 = none. */
  readonly width: number
  /** -1 = none. */
  readonly precision: number
}

type Say = (message: WrittenMessage, field: Field) => Uint8Array

/**
 * A line a message by a format of `mosquitto_sub -F`: its codes with width and precision, `@` before a code of strftime, and `\n` and
 * the like. Numbers and texts are padded as mosquitto_sub does; of `%x` with a width as many digits as fit into it, where mosquitto_sub
 * has half of them. A time is of this computer's zone.
 */
export const parseTemplate = (format: string): ParsedTemplate => {
  const pieces: ((message: WrittenMessage) => Uint8Array)[] = []
  const literal = (text: string) => {
    const bytes = encodeUtf8(text)
    pieces.push(() => bytes)
  }
  const shape = /%(-?)(0?)(\d*)(?:\.(\d*))?(.)|@(.)|\\(.)|[^%@\\]+|./gsu
  for (const found of format.matchAll(shape)) {
    const [whole, left, zero, width, precision, code, time, escape] = found
    if (code !== undefined) {
      const say = Object.hasOwn(codes, code) ? codes[code] : undefined
      if (!say) return { ok: false, position: found.index, code: whole }
      const field: Field = {
        isLeft: left === '-',
        isZeroPadded: zero === '0',
        width: Math.min(Number(width), widest),
        precision: precision === undefined ? -1 : Math.min(Number(precision), widest),
      }
      pieces.push((message) => say(message, field))
    } else if (time !== undefined) {
      if (time === '@') literal('@')
      else pieces.push(({ time: stamp }) => encodeUtf8(stamp === null ? '' : strftime(time, stamp)))
    } else if (escape !== undefined) {
      const said = Object.hasOwn(escapes, escape) ? escapes[escape] : undefined
      if (said === undefined) return { ok: false, position: found.index, code: whole }
      literal(said)
    } else if (whole === '%' || whole === '@' || whole === '\\')
      return { ok: false, position: found.index, code: whole }
    else literal(whole)
  }
  literal('\n')
  const nothing = new Uint8Array(0)
  return {
    ok: true,
    writer: { begin: () => nothing, message: (message) => joinedBytes(pieces.map((say) => say(message))), mark: null },
  }
}

const widest = 10_000

const escapes: Readonly<Record<string, string>> = {
  '\\': '\\',
  '0': '\0',
  a: '\u0007',
  e: '\u001b',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
}

/** In bytes, as printf counts them. */
const padded = (bytes: Uint8Array, { isLeft, width }: Field, sign = 0x20): Uint8Array => {
  if (bytes.length >= width) return bytes
  const whole = new Uint8Array(width).fill(sign)
  whole.set(bytes, isLeft ? 0 : width - bytes.length)
  return whole
}

const text = (said: string, field: Field): Uint8Array => {
  const bytes = encodeUtf8(said)
  return padded(field.precision < 0 ? bytes : bytes.subarray(0, field.precision), field)
}

const zero = 0x30

const number = (value: number | undefined, field: Field): Uint8Array =>
  padded(
    encodeUtf8(value === undefined ? '' : String(value)),
    field,
    field.isZeroPadded && !field.isLeft ? zero : undefined,
  )

const payload = (bytes: Uint8Array, field: Field): Uint8Array => {
  const most = field.width > 0 ? field.width : Infinity
  const shown = bytes.length > most ? bytes.subarray(0, most) : bytes
  return padded(shown, field, field.isZeroPadded && !field.isLeft ? zero : undefined)
}

const cutHex = (digits: string, field: Field): Uint8Array =>
  // A byte is not cut in two.
  payload(encodeUtf8(field.width > 0 ? digits.slice(0, field.width - (field.width % 2)) : digits), field)

const codes: Readonly<Record<string, Say>> = {
  '%': () => encodeUtf8('%'),
  A: ({ properties }, field) => number(properties.topicAlias, field),
  C: ({ properties }, field) => text(properties.contentType ?? '', field),
  D: ({ properties }) => properties.correlationData ?? encodeUtf8(''),
  E: ({ properties }, field) => number(properties.messageExpirySeconds, field),
  F: ({ properties }, field) => number(properties.payloadFormatIndicator, field),
  I: ({ time }, field) => text(time === null ? '' : isoText(time), field),
  J: (message) => encodeUtf8(withJson(message)),
  P: ({ properties }) =>
    encodeUtf8((properties.userProperties ?? []).map(([name, value]) => `${name}:${value}`).join(' ')),
  R: ({ properties: { responseTopic } }, field) =>
    responseTopic === undefined ? encodeUtf8('') : text(responseTopic, field),
  S: ({ properties }, field) => number(properties.subscriptionIdentifiers?.[0], field),
  U: ({ time }) => encodeUtf8(time === null ? '' : `${secondsOf(time)}.${nanoseconds(time)}`),
  X: (message, field) => cutHex(hexDigits(message.payload).toUpperCase(), field),
  j: (message) => encodeUtf8(jsonLineOf(message)),
  l: ({ payloadBytes, payload: bytes }, field) => number(payloadBytes ?? bytes.length, field),
  m: ({ packetId }, field) => number(packetId ?? 0, field),
  p: (message, field) => payload(message.payload, field),
  q: ({ qos }) => encodeUtf8(String(qos)),
  r: ({ retain }) => encodeUtf8(retain ? '1' : '0'),
  t: ({ topic }, field) => text(topic, field),
  x: (message, field) => cutHex(hexDigits(message.payload), field),
}

const nanoseconds = (time: bigint): string => nanosecondsOf(time).toString().padStart(9, '0')

const isoText = (time: bigint): string => `${strftime('F', time)}T${strftime('T', time)}${strftime('z', time)}`

/** The payload as the JSON that it is; what is none stands as a text, where mosquitto_sub leaves the line empty. */
const withJson = (message: WrittenMessage): string => {
  const said = isUtf8(message.payload) ? decodeUtf8(message.payload) : ''
  const line = jsonLineOf({ ...message, payload: new Uint8Array(0) })
  if (!isJson(said)) return jsonLineOf(message)
  return line
    .replace('"payloadlen":0', `"payloadlen":${message.payload.length}`)
    .replace('"payload":null', () => `"payload":${said.replace(/[\r\n]/g, ' ')}`)
}

const isJson = (said: string): boolean => {
  try {
    JSON.parse(said)
    return true
  } catch {
    return false
  }
}
