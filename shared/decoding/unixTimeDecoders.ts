import { decodedPayload, DecodingFault } from '#shared/encoding/decodingFault'
import type { PayloadNode } from '#shared/encoding/payloadNode'
import { timestampText } from '#shared/encoding/timeForms'
import { readText } from './charsets'
import type { Decoder } from './decoder'
import { numberAt, numberFormat } from './numberDecoders'

/** Digits behind the point of a second. */
const units = { s: 0, ms: 3, us: 6, ns: 9 } as const

/**
 * Times since 1970 as ISO 8601: written in digits, or as a number of bytes (`unix-ms:u64be`). What was sent is the reading.
 */
export const unixTimeDecoders: readonly Decoder[] = Object.entries(units).map(([unit, places]) => ({
  name: `unix-${unit}`,
  argumentProblem: (argument) =>
    argument === '' || numberFormat(argument) ? null : 'a number of bytes is wanted, e.g. u32be',
  decode: (bytes, { argument = '' }) =>
    decodedPayload(() => {
      const format = numberFormat(argument)
      const sent = format ? numberAt(bytes, 0, format) : writtenNumber(bytes)
      if (sent.length < bytes.length && format) throw new DecodingFault('leftOver', sent.length)
      return [timeNode(sent, places)]
    }),
}))

const writtenNumber = (bytes: Uint8Array): PayloadNode => {
  const { text } = readText(bytes, 'utf-8')
  const digits = text.trim()
  if (!/^-?\d{1,20}(?:\.\d{1,20})?$/.test(digits)) throw new DecodingFault('notANumber', 0)
  return { kind: 'number', digits, type: 'text', offset: 0, length: bytes.length }
}

const timeNode = (sent: PayloadNode, places: number): PayloadNode => {
  const digits = sent.kind === 'number' ? sent.digits : ''
  const nanos = nanosOf(digits, places)
  const billion = 1_000_000_000n
  const rest = nanos === null ? 0n : ((nanos % billion) + billion) % billion
  const text = nanos === null ? null : timestampText({ seconds: Number((nanos - rest) / billion), nanos: Number(rest) })
  if (text === null) throw new DecodingFault('outOfRange', sent.offset)
  return { kind: 'text', text, type: sent.type, offset: sent.offset, length: sent.length, reading: digits }
}

/** Billionths of a second; what is smaller is left out. null = no number. */
const nanosOf = (digits: string, places: number): bigint | null => {
  const [, sign, whole, fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(digits) ?? []
  if (whole === undefined) return null
  const wanted = 9 - places
  const nanos = BigInt(whole + fraction.slice(0, wanted).padEnd(wanted, '0'))
  return sign === '-' ? -nanos : nanos
}
