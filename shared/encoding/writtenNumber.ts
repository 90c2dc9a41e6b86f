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

/** A float as JSON writes it, so that it is not read as an integer. */
export const floatText = (value: number): string => {
  if (Object.is(value, -0)) return '-0.0'
  const text = String(value)
  return /[.e]/.test(text) ? text : `${text}.0`
}

const isSameDecimal = (one: string, other: string): boolean => one === other || decimalOf(one) === decimalOf(other)

/** The same text for all ways to write one decimal number. */
const decimalOf = (text: string): string => {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d*)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? []
  const digits = (whole + fraction).replace(/^0+/, '')
  const significant = digits.replace(/0+$/, '')
  if (significant === '') return '0'
  return `${sign}${significant}e${Number(exponent) - fraction.length + (digits.length - significant.length)}`
}
