import { SchemaFault } from './schemaFault'
import { isSameDecimal, scaledInteger, singleText } from './writtenNumber'
import type { WrittenValue } from './writtenValue'

const numberShape = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/
const shortInteger = /^-?\d{1,15}$/

/** Lowest and highest value of an integer type. */
export type WholeRange = readonly [low: bigint, high: bigint]

export const signedRange = (bits: number): WholeRange => [-(2n ** BigInt(bits - 1)), 2n ** BigInt(bits - 1) - 1n]
export const unsignedRange = (bits: number): WholeRange => [0n, 2n ** BigInt(bits) - 1n]

export interface NumberType {
  readonly name: string
  /** Of integers. */
  readonly range: WholeRange
}

/** An integer with every digit, however it is written (1e3, 2.0, "42"). Throws a `SchemaFault` where it is none of the type. */
export const wholeOf = (value: WrittenValue, { name, range: [low, high] }: NumberType): number | bigint => {
  const digits = digitsOf(value, name)
  // All but few numbers are short, and a bigint takes longer.
  const whole = shortInteger.test(digits) ? Number(digits) : scaledInteger(digits)
  if (whole === 'fraction') throw new SchemaFault('notWhole', value.position, name)
  if (whole === 'tooLarge' || whole < low || whole > high) throw new SchemaFault('outOfRange', value.position, name)
  return whole
}

export interface FloatValue {
  readonly value: number
  /** No digit was lost. */
  readonly isExact: boolean
}

const named = new Map([
  ['NaN', NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
])

/** The float of 32 or 64 bits nearest to a number; "NaN", "Infinity" and "-Infinity" are written as texts. */
export const floatOf = (value: WrittenValue, name: string, bits: 32 | 64): FloatValue => {
  const special = named.get(nameOf(value))
  if (special !== undefined) return { value: special, isExact: true }
  const digits = digitsOf(value, name)
  const double = Number(digits)
  const float = bits === 32 ? Math.fround(double) : double
  if (!Number.isFinite(float)) throw new SchemaFault('outOfRange', value.position, name)
  return { value: float, isExact: isExactly(digits, float, bits) }
}

/** Also as it is shown of bytes: `{"$float": "NaN"}`. */
const nameOf = (value: WrittenValue): string => {
  if (value.kind === 'text') return value.text
  const [only, another] = value.kind === 'map' ? value.members : []
  return only?.[0] === '$float' && only[1].kind === 'text' && !another ? only[1].text : ''
}

/** The digits of a number, which may stand in a text. */
const digitsOf = (value: WrittenValue, name: string): string => {
  if (value.kind === 'number') return value.digits
  if (value.kind !== 'text') throw new SchemaFault('wrongKind', value.position, name)
  if (!numberShape.test(value.text)) throw new SchemaFault('badForm', value.position, name)
  return value.text
}

const isExactly = (digits: string, float: number, bits: 32 | 64): boolean =>
  isSameDecimal(digits, String(float)) || (bits === 32 && isSameDecimal(digits, singleText(float)))
