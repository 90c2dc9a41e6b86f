import { encodeUtf8 } from '#shared/mqtt/utf8'
import type { Comparison, FieldTest } from '../query/queryTerm'
import { shortNumber, shortNumberIn } from './decimals'
import { holds } from './fieldTest'

/** Whether the value of JSON that begins at `at` may pass. False is certain, as long as nothing is escaped in it. */
export type QuickTest = (bytes: Uint8Array, at: number, end: number) => boolean

/** Most messages fail what is asked of a field, and need not be read as JSON for that. Null = any value may pass. */
export const createQuickTest = (test: FieldTest): QuickTest | null => {
  if (test.op === 'exists' || test.op === 'contains' || test.op === 'matches' || test.op === '!=') return null
  switch (test.value.type) {
    case 'number':
      return numberTest(test.op, shortNumberIn(test.value.text))
    case 'text':
      return test.op === '=' ? equalTest(`"${test.value.text}"`) : isText
    case 'word':
      return equalTest(test.value.word)
  }
}

const quote = 0x22

const isText: QuickTest = (bytes, at) => bytes[at] === quote

const isNumberStart = (byte: number): boolean => byte === 0x2d || (byte >= 0x30 && byte <= 0x39)

/** By byte: whether it may stand in a number. */
const inNumber = new Uint8Array(256)
for (const one of '0123456789+-.eE') inNumber[one.charCodeAt(0)] = 1

/** NaN = the number to compare with is too long for it. */
const numberTest = (op: Comparison, wanted: number): QuickTest | null => {
  if (Number.isNaN(wanted)) return null
  return (bytes, at, end) => {
    const first = bytes[at] ?? 0
    // A text that is a number is compared as one.
    if (first === quote) return isNumberStart(bytes[at + 1] ?? 0)
    if (!isNumberStart(first)) return false
    let after = at + 1
    while (after < end && inNumber[bytes[after] ?? 0] === 1) after++
    const found = shortNumber(bytes, at, after)
    return Number.isNaN(found) || holds(op, found - wanted)
  }
}

/** U+FFFD stands for ill-formed bytes, so its own are not certain. */
const equalTest = (written: string): QuickTest | null => {
  if (written.includes('\ufffd')) return null
  const wanted = encodeUtf8(written)
  return (bytes, at) => {
    for (let index = 0; index < wanted.length; index++) if (bytes[at + index] !== wanted[index]) return false
    return true
  }
}
