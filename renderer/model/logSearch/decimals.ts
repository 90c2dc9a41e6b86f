/** A number as JSON writes it, taken apart: 0.00D1D2D3... times ten to the power of `exponent`, without zeros at either end. */
interface Decimal {
  /** -1, 0 or 1. */
  readonly sign: number
  readonly digits: string
  readonly exponent: number
}

const shape = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/

const decimalOf = (text: string): Decimal => {
  const [, minus, whole = '', fraction = '', power = '0'] = shape.exec(text) ?? []
  const all = whole + fraction
  const zeros = all.length - all.replace(/^0+/, '').length
  const digits = all.slice(zeros).replace(/0+$/, '')
  if (digits === '') return { sign: 0, digits, exponent: 0 }
  // A power of more digits than a double has is as good as infinite.
  return { sign: minus === '-' ? -1 : 1, digits, exponent: whole.length - zeros + Number(power) }
}

/**
 * Below 0, 0 or above 0, as the first number is less than, equal to or greater than the second. Both are written as JSON
 * writes numbers, and every digit counts: 9007199254740993 is greater than 9007199254740992.
 */
export const compareDecimals = (one: string, other: string): number => {
  const [left, right] = [decimalOf(one), decimalOf(other)]
  if (left.sign !== right.sign || left.sign === 0) return left.sign - right.sign
  const size = left.exponent - right.exponent || compareTexts(left.digits, right.digits)
  return size === 0 ? 0 : left.sign * size
}

/** By their UTF-16 units. */
export const compareTexts = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)

/** Powers of ten that a double holds exactly. */
const powers = Array.from({ length: 23 }, (_, power) => 10 ** power)
const mostDigits = 15

/**
 * The number in these bytes, where so few digits without an exponent write it that the double compares as the digits do;
 * else NaN. (Decimals of up to 15 digits keep their order as doubles, IEEE 754 binary64.)
 */
export const shortNumber = (bytes: Uint8Array, start: number, end: number): number => {
  const isNegative = bytes[start] === 0x2d
  let at = isNegative ? start + 1 : start
  if (end - at > mostDigits + 1) return NaN
  let whole = 0
  let point = -1
  for (; at < end; at++) {
    const byte = bytes[at] ?? 0
    if (byte >= 0x30 && byte <= 0x39) whole = whole * 10 + byte - 0x30
    else if (byte === 0x2e && point < 0) point = at
    else return NaN
  }
  if (point < 0 && end - start > mostDigits + (isNegative ? 1 : 0)) return NaN
  const size = point < 0 ? whole : whole / (powers[end - point - 1] ?? NaN)
  return isNegative ? -size : size
}

/** The same for a number of JSON in a text. */
export const shortNumberIn = (text: string): number => {
  const isNegative = text.charCodeAt(0) === 0x2d
  const start = isNegative ? 1 : 0
  let point = -1
  if (text.length - start > mostDigits + 1) return NaN
  for (let at = start; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit === 0x2e && point < 0) point = at
    else if (unit < 0x30 || unit > 0x39) return NaN
  }
  return point < 0 && text.length - start > mostDigits ? NaN : Number(text)
}
