import { decodeUtf8 } from './utf8'

type ByteTextProblem = 'hexDigit' | 'hexOdd' | 'base64'

export type ParsedBytes =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | {
      readonly ok: false
      readonly problem: ByteTextProblem
      /** UTF-16 offset into the text of the character to blame; the text's length when something is missing. */
      readonly position: number
      /** The character found; absent at the end. */
      readonly detail?: string
    }

/**
 * Bytes from pairs of hex digits. Between pairs there may be white space, `,` `;` `:` or `-`, and a group may start with
 * `0x`. A group with an odd number of digits is refused at its last digit, since it cannot be said where the zero goes.
 */
export const parseHex = (text: string): ParsedBytes => {
  const bytes = new Uint8Array(text.length >> 1)
  let length = 0
  let high = -1
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    const digit = hexDigit(unit)
    if (digit >= 0) {
      if (high < 0) high = digit
      else {
        bytes[length++] = (high << 4) | digit
        high = -1
      }
    } else if ((unit | 0x20) === 0x78 && high === 0 && (index < 2 || isSeparator(text.charCodeAt(index - 2)))) high = -1
    else if (!isSeparator(unit)) return problemAt('hexDigit', text, index)
    else if (high >= 0) return problemAt('hexOdd', text, index - 1)
  }
  return high >= 0 ? problemAt('hexOdd', text, text.length - 1) : bytesOf(bytes.slice(0, length))
}

const hexPairs = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** Two lower-case digits for the byte. */
export const hexPair = (byte: number): string => hexPairs[byte & 0xff] ?? ''

/** Lower-case hex digits without anything between. */
export const hexDigits = (bytes: Uint8Array): string => Array.from(bytes, hexPair).join('')

/** Pairs of lower-case hex digits with one space between. */
export const formatHex = (bytes: Uint8Array): string => {
  let text = ''
  for (let index = 0; index < bytes.length; index++) text += (index === 0 ? '' : ' ') + hexPair(bytes[index] ?? 0)
  return text
}

const base64Alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const base64Values = new Int8Array(128).fill(-1)
for (let value = 0; value < 64; value++) base64Values[base64Alphabet.charCodeAt(value)] = value
// RFC 4648 §5: the alphabet that is safe in URLs and file names.
base64Values['-'.charCodeAt(0)] = 62
base64Values['_'.charCodeAt(0)] = 63

/** Bytes from Base64 (RFC 4648), either alphabet, white space anywhere, padding optional but right where given. */
export const parseBase64 = (text: string): ParsedBytes => {
  const bytes = new Uint8Array(Math.ceil((text.length * 3) / 4))
  let length = 0
  let digits = 0
  let bits = 0
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    if (isWhitespace(unit)) continue
    if (unit === 0x3d) {
      const wrong = paddingProblem(text, index, digits)
      if (wrong !== null) return problemAt('base64', text, wrong)
      break
    }
    const value = unit < 128 ? (base64Values[unit] ?? -1) : -1
    if (value < 0) return problemAt('base64', text, index)
    bits = ((bits << 6) | value) & 0xffffff
    digits++
    const phase = digits % 4
    if (phase !== 1) bytes[length++] = (bits >> (phase === 2 ? 4 : phase === 3 ? 2 : 0)) & 0xff
  }
  // One digit holds six bits: not a byte.
  return digits % 4 === 1 ? problemAt('base64', text, text.length) : bytesOf(bytes.slice(0, length))
}

/** Base64 with the standard alphabet and padding, on one line. */
export const formatBase64 = (bytes: Uint8Array): string => {
  // Digits in memory of their own: a text that grows by pieces takes minutes for the largest payloads.
  const digits = new Uint8Array(Math.ceil(bytes.length / 3) * 4).fill(0x3d)
  for (let from = 0, at = 0; from < bytes.length; from += 3, at += 4) {
    const left = bytes.length - from
    const bits = ((bytes[from] ?? 0) << 16) | ((bytes[from + 1] ?? 0) << 8) | (bytes[from + 2] ?? 0)
    digits[at] = digitOf(bits >> 18)
    digits[at + 1] = digitOf(bits >> 12)
    if (left > 1) digits[at + 2] = digitOf(bits >> 6)
    if (left > 2) digits[at + 3] = digitOf(bits)
  }
  return decodeUtf8(digits)
}

const base64Codes = Uint8Array.from(base64Alphabet, (digit) => digit.charCodeAt(0))
const digitOf = (bits: number): number => base64Codes[bits & 63] ?? 0x3d

const bytesOf = (bytes: Uint8Array): ParsedBytes => ({ ok: true, bytes })

const problemAt = (problem: ByteTextProblem, text: string, position: number): ParsedBytes => {
  const detail = text.charAt(position)
  return { ok: false, problem, position, ...(detail === '' ? {} : { detail }) }
}

const isSeparator = (unit: number): boolean =>
  unit === 0x20 || (unit >= 0x09 && unit <= 0x0d) || unit === 0x2c || unit === 0x3a || unit === 0x2d || unit === 0x3b

const hexDigit = (unit: number): number => {
  if (unit >= 0x30 && unit <= 0x39) return unit - 0x30
  const lower = unit | 0x20
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1
}

const isWhitespace = (unit: number): boolean => unit === 0x20 || (unit >= 0x09 && unit <= 0x0d)

/** Where the padding starts when only padding and white space follow it, else the text's end or the wrong character. */
const paddingProblem = (text: string, from: number, digits: number): number | null => {
  let signs = 0
  for (let index = from; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    if (isWhitespace(unit)) continue
    if (unit !== 0x3d || ++signs > 2) return index
  }
  return (digits + signs) % 4 === 0 ? null : text.length
}
