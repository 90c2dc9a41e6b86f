import { problemAt } from './queryProblem'
import type { NumberRange } from './queryTerm'
import { isProblem, readValue, type Read } from './readText'

/** How much each unit is, or null where there are no units. */
type Units = Readonly<Record<string, number>>

const bytes: Units = { b: 1, k: 1_024, m: 1_024 ** 2 }
const noUnits: Units = {}

const shape = /^(<=|>=|<|>|=)?(\d+(?:\.\d+)?)([a-z]?)$/i
const between = /^(\d+(?:\.\d+)?)([a-z]?)\.\.(\d+(?:\.\d+)?)([a-z]?)$/i

/** `size:>1k`, `size:1k..2k`: in bytes, with the units b, k (1,024 bytes) and m. */
export const readSize = (text: string, at: number): Read<NumberRange> =>
  readRange(text, at, { key: 'size', units: bytes })

/** `qos:1`, `qos:>0`. */
export const readQos = (text: string, at: number): Read<NumberRange> =>
  readRange(text, at, { key: 'qos', units: noUnits })

/** `id:7`, `id:1..9`: of packets. */
export const readId = (text: string, at: number): Read<NumberRange> =>
  readRange(text, at, { key: 'id', units: noUnits })

export const printRange = ({ low, high }: NumberRange): string => {
  if (low === high) return String(low)
  if (high === Infinity) return `>=${low}`
  if (low > 0) return `${low}..${high}`
  return high < 0 ? '<0' : `<=${high}`
}

interface RangeOptions {
  readonly key: 'size' | 'qos' | 'id'
  readonly units: Units
}

const readRange = (text: string, at: number, { key, units }: RangeOptions): Read<NumberRange> => {
  const read = readValue(text, at, key)
  if (isProblem(read)) return read
  const { end, value } = read
  const blamed = { start: at, end, subject: key, unfinished: /^(?:[<>]=?|=|\d+(?:\.\d*)?[a-z]?\.{1,2})$/i.test(value) }
  const range = rangeOf(value, units)
  if (!range) return { end, problem: problemAt('badNumber', blamed) }
  // `<0` is what nothing meets as well, but it is what was asked for.
  if (range.low > range.high && range.high >= 0) return { end, problem: problemAt('emptyRange', blamed) }
  return { end, value: range }
}

const rangeOf = (value: string, units: Units): NumberRange | null => {
  const [, op = '=', number = '', unit = ''] = shape.exec(value) ?? []
  if (number !== '') return compared(op, amountOf(number, unit, units))
  const [, low = '', lowUnit = '', high = '', highUnit = ''] = between.exec(value) ?? []
  if (low === '') return null
  const from = amountOf(low, lowUnit === '' ? highUnit : lowUnit, units)
  const to = amountOf(high, highUnit, units)
  return from === null || to === null ? null : { low: Math.ceil(from), high: Math.floor(to) }
}

/** What is counted is whole, so every comparison has a first and a last number. */
const compared = (op: string, amount: number | null): NumberRange | null => {
  if (amount === null) return null
  switch (op) {
    case '<':
      return { low: 0, high: Math.ceil(amount) - 1 }
    case '<=':
      return { low: 0, high: Math.floor(amount) }
    case '>':
      return { low: Math.floor(amount) + 1, high: Infinity }
    case '>=':
      return { low: Math.ceil(amount), high: Infinity }
    default:
      return { low: Math.ceil(amount), high: Math.floor(amount) }
  }
}

const amountOf = (number: string, unit: string, units: Units): number | null => {
  const factor = unit === '' ? 1 : units[unit.toLowerCase()]
  const amount = factor === undefined ? NaN : Number(number) * factor
  return amount <= Number.MAX_SAFE_INTEGER ? amount : null
}
