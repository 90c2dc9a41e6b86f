import type { Comparison, FieldTest, FieldValue } from '../query/queryTerm'
import { jsonValueText } from '#shared/json/jsonValue'
import { compareDecimals, compareTexts, shortNumber, shortNumberIn } from './decimals'

/** A value that a field has: of a text what it says, of everything else how it is written. */
export interface FoundValue {
  readonly kind: 'number' | 'text' | 'word' | 'container'
  readonly text: string
}

const numberShape = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/

/** Whether a value that is there passes. */
export const createValueTest = (test: FieldTest): ((value: FoundValue) => boolean) => {
  switch (test.op) {
    case 'exists':
      return () => true
    case 'contains': {
      const wanted = test.text.toLowerCase()
      return ({ text }) => text.toLowerCase().includes(wanted)
    }
    case 'matches': {
      const regex = new RegExp(test.pattern.source, test.pattern.flags)
      return ({ text }) => regex.test(text)
    }
    default: {
      const { op, value } = test
      const short = value.type === 'number' ? shortNumberIn(value.text) : NaN
      return (found) => {
        // NaN = one of them has more digits than a double, or is no number.
        const difference = found.kind === 'number' ? shortNumberIn(found.text) - short : NaN
        if (!Number.isNaN(difference)) return holds(op, difference)
        const order = orderOf(found, value)
        return order === null ? op === '!=' : holds(op, order)
      }
    }
  }
}

/** A test of a value, also of one in JSON, where it lies. */
export interface ValueTest {
  readonly passes: (value: FoundValue) => boolean
  readonly passesInJson: (bytes: Uint8Array, start: number, end: number) => boolean
}

export const createPlacedTest = (test: FieldTest): ValueTest => {
  const passes = createValueTest(test)
  return { passes, passesInJson: createJsonTest(test, passes) }
}

const createJsonTest = (test: FieldTest, passes: ValueTest['passes']): ValueTest['passesInJson'] => {
  if (test.op === 'exists') return () => true
  if (
    test.op === 'contains' ||
    test.op === 'matches' ||
    test.value.type !== 'number' ||
    Number.isNaN(shortNumberIn(test.value.text))
  )
    return (bytes, start, end) => passes(valueInJson(bytes, start, end))
  const { op } = test
  const wanted = shortNumberIn(test.value.text)
  return (bytes, start, end) => {
    const found = shortNumber(bytes, start, end)
    // Most numbers are short: no text is made for them.
    return Number.isNaN(found) ? passes(valueInJson(bytes, start, end)) : holds(op, found - wanted)
  }
}

export const holds = (op: Comparison, order: number): boolean => {
  switch (op) {
    case '=':
      return order === 0
    case '!=':
      return order !== 0
    case '<':
      return order < 0
    case '<=':
      return order <= 0
    case '>':
      return order > 0
    case '>=':
      return order >= 0
  }
}

/** How a value stands to the wanted one; null = they cannot be compared, so they are not equal either. */
const orderOf = ({ kind, text }: FoundValue, wanted: FieldValue): number | null => {
  switch (wanted.type) {
    case 'number':
      // Many devices send their numbers as texts.
      return kind === 'number' || (kind === 'text' && numberShape.test(text))
        ? compareDecimals(text, wanted.text)
        : null
    case 'text':
      return kind === 'text' ? compareTexts(text, wanted.text) : null
    case 'word':
      return kind === 'word' && text === wanted.word ? 0 : null
  }
}

const kindOf = (first: number): FoundValue['kind'] => {
  if (first === 0x22) return 'text'
  if (first === 0x7b || first === 0x5b) return 'container'
  return first === 0x2d || (first >= 0x30 && first <= 0x39) ? 'number' : 'word'
}

/** Of bytes that were read as JSON. */
export const valueInJson = (bytes: Uint8Array, start: number, end: number): FoundValue => ({
  kind: kindOf(bytes[start] ?? 0),
  text: jsonValueText(bytes, start, end),
})
