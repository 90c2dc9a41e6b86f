import { EncodingFault } from './encodingFault'

/** An integer as exactly as it is written, or the double nearest to it; `isExact` = no digit was lost. */
export type NumberValue =
  | { readonly kind: 'integer'; readonly value: number | bigint }
  | { readonly kind: 'float'; readonly value: number; readonly isExact: boolean }

/** An integer of more digits takes the time of a sender to be read. */
const mostDigits = 5_000
/** As many are exact as a double, with a sign before them. */
const mostSafeDigits = 15

/**
 * A number of JSON: digits alone are an integer, a point or an exponent makes it a float, as it was typed. No integer is
 * negative zero, so that is a float.
 */
export const numberOf = (digits: string, position: number): NumberValue => {
  if (/^-?\d+$/.test(digits) && digits !== '-0') {
    if (digits.length > mostDigits) throw new EncodingFault('tooManyDigits', position)
    return { kind: 'integer', value: digits.length > mostSafeDigits ? BigInt(digits) : Number(digits) }
  }
  const value = Number(digits)
  if (!Number.isFinite(value)) throw new EncodingFault('numberTooLarge', position)
  return { kind: 'float', value, isExact: isSameDecimal(digits, String(value)) }
}

/** A float as JSON writes it, so that it is not read as an integer; NaN and the infinities by their names. */
export const floatText = (value: number): string => {
  if (Object.is(value, -0)) return '-0.0'
  const text = String(value)
  return /[.eNI]/.test(text) ? text : `${text}.0`
}

/** The same for a float of 32 bits: the fewest digits that it is read from again. */
export const singleText = (value: number): string => {
  if (!Number.isFinite(value) || value === 0) return floatText(value)
  for (let digits = 6; digits < 9; digits++) {
    const text = value.toPrecision(digits)
    if (Math.fround(Number(text)) === value) return floatText(Number(text))
  }
  return floatText(Number(value.toPrecision(9)))
}

/** Larger than any integer of a schema. */
const mostScaledDigits = 400

/**
 * The integer that a number of JSON is, multiplied by ten to the power of `scale`, however it is written (1e3, 2.0). A number
 * may be too large for any type, which costs nothing to see.
 */
export const scaledInteger = (digits: string, scale = 0): bigint | 'fraction' | 'tooLarge' => {
  const { sign, significant, exponent } = decimalParts(digits)
  const zeros = exponent + scale
  if (significant === '') return 0n
  if (zeros < 0) return 'fraction'
  if (significant.length + zeros > mostScaledDigits) return 'tooLarge'
  return BigInt(sign + significant + '0'.repeat(zeros))
}

/** Whether two ways to write a decimal number are of the same. */
export const isSameDecimal = (one: string, other: string): boolean =>
  one === other || decimalOf(one) === decimalOf(other)

/** The same text for all ways to write one decimal number. */
const decimalOf = (text: string): string => {
  const { sign, significant, exponent } = decimalParts(text)
  return significant === '' ? '0' : `${sign}${significant}e${exponent}`
}

/** Digits without zeros at either end, and the power of ten that they are multiplied by. */
const decimalParts = (text: string) => {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d*)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? []
  const digits = (whole + fraction).replace(/^0+/, '')
  const significant = digits.replace(/0+$/, '')
  return { sign, significant, exponent: Number(exponent) - fraction.length + (digits.length - significant.length) }
}
