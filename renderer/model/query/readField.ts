import { printJsonPath, readJsonPath, type JsonPath } from '#shared/json/jsonPath'
import { problemAt } from './queryProblem'
import {
  propertyNames,
  type Comparison,
  type FieldName,
  type FieldTest,
  type FieldValue,
  type PropertyName,
  type TermTest,
} from './queryTerm'
import {
  isEnd,
  isProblem,
  matchAt,
  printRegex,
  printValue,
  quoted,
  readQuoted,
  readQuotedPart,
  readRegex,
  readValue,
  wordEnd,
  type Read,
} from './readText'

const operator = /\s*(?:=~|==|!=|<=|>=|=|<|>)\s*/y
const pathStart = /\$(?=[.[]|\s*(?:=~|==|!=|<=|>=|=|<|>))/y
const listStart = /(?:prop|user)\./y

const plainProperty = /[^\s.[\]"=<>!:~]*/y
const plainUserName = /[^\s"=<>!:~]+/y
/** As JSON writes numbers (RFC 8259 §6). */
const numberShape = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/
const words: readonly string[] = ['true', 'false', 'null']

/**
 * What is asked of a field: `$.temp > 30`, `prop.content-type:json`, `user.key=x`; without a comparison, that it is there.
 * Null = no field stands at the place.
 */
export const readField = (text: string, at: number): Read<TermTest> | null => {
  const name = readName(text, at)
  if (!name || isProblem(name)) return name
  const test = readTest(text, name.end)
  return isProblem(test) ? test : { end: test.end, value: { kind: 'field', field: name.value, test: test.value } }
}

export const printField = (field: FieldName, test: FieldTest): string => `${printName(field)}${printTest(test)}`

const readName = (text: string, at: number): Read<FieldName> | null => {
  if (matchAt(pathStart, text, at) !== '') return readPath(text, at)
  const list = matchAt(listStart, text, at)
  if (list === '') return null
  return list === 'prop.' ? readPropertyName(text, at + list.length) : readUserName(text, at + list.length)
}

/** Of what cannot be read, everything up to the next white space belongs to the part. */
const badPath = (text: string, start: number) => {
  const end = wordEnd(text, start)
  const blamed = { start: Math.min(start, text.length - 1), end: Math.max(end, text.length > start ? start + 1 : end) }
  return { end, problem: problemAt('badPath', { ...blamed, unfinished: end >= text.length }) }
}

const readPath = (text: string, at: number): Read<FieldName> => {
  const read = readJsonPath(text, at)
  if ('path' in read) return goesOn(text, read.end) ? named(read.end, read.path) : badPath(text, read.end)
  // What is wrong with open quotes is what is wrong with them everywhere.
  const quotes = read.isQuoteOpen ? readQuoted(text, read.badAt + 1) : null
  return quotes && isProblem(quotes) ? quotes : badPath(text, read.badAt)
}

const named = (end: number, path: JsonPath): Read<FieldName> => ({ end, value: { source: 'payload', path } })

/** Whether a name may end here: the part ends, or what is asked of the field follows. */
const goesOn = (text: string, at: number): boolean =>
  isEnd(text, at) || text.charAt(at) === ':' || matchAt(operator, text, at) !== ''

const readPropertyName = (text: string, at: number): Read<FieldName> => {
  const name = matchAt(plainProperty, text, at)
  const end = at + name.length
  if (isPropertyName(name)) return { end, value: { source: 'property', name } }
  const unfinished = end >= text.length && propertyNames.some((one) => one.startsWith(name))
  const blamed = { start: name === '' ? at - 1 : at, end: Math.max(end, at), subject: name, unfinished }
  return { end: wordEnd(text, end), problem: problemAt('unknownProperty', blamed) }
}

const isPropertyName = (name: string): name is PropertyName => (propertyNames as readonly string[]).includes(name)

const readUserName = (text: string, at: number): Read<FieldName> => {
  const read = text.charAt(at) === '"' ? readQuoted(text, at) : readPlainName(text, at)
  if (isProblem(read)) return read
  const { end, value: name } = read
  if (end > at && goesOn(text, end)) return { end, value: { source: 'user', name } }
  const blamed = { start: at - 1, end: Math.max(at, wordEnd(text, at)), unfinished: at >= text.length }
  return { end: wordEnd(text, at), problem: problemAt('nameMissing', blamed) }
}

const readPlainName = (text: string, at: number): Read<string> => {
  const value = matchAt(plainUserName, text, at)
  return { end: at + value.length, value }
}

const readTest = (text: string, at: number): Read<FieldTest> => {
  if (text.charAt(at) === ':') {
    const read = readValue(text, at + 1, '')
    return isProblem(read) ? read : { end: read.end, value: { op: 'contains', text: read.value } }
  }
  const written = matchAt(operator, text, at)
  if (written === '') return { end: at, value: { op: 'exists' } }
  const valueAt = at + written.length
  const op = written.trim()
  if (valueAt >= text.length) {
    const start = at + written.indexOf(op)
    const blamed = { start, end: start + op.length, subject: op, unfinished: true }
    return { end: text.length, problem: problemAt('valueMissing', blamed) }
  }
  return op === '=~' ? readMatch(text, valueAt) : readCompared(text, valueAt, op === '==' ? '=' : (op as Comparison))
}

const readMatch = (text: string, at: number): Read<FieldTest> => {
  const read = readRegex(text, at)
  if (read) return isProblem(read) ? read : { end: read.end, value: { op: 'matches', pattern: read.value } }
  const end = wordEnd(text, at)
  return { end, problem: problemAt('regexExpected', { start: at, end, unfinished: end >= text.length }) }
}

const readCompared = (text: string, at: number, op: Comparison): Read<FieldTest> => {
  const read = readFieldValue(text, at)
  if (isProblem(read)) return read
  const { end, value } = read
  if (value.type === 'word' && op !== '=' && op !== '!=')
    return { end, problem: problemAt('notOrdered', { start: at, end, subject: value.word }) }
  return { end, value: { op, value } }
}

const readFieldValue = (text: string, at: number): Read<FieldValue> => {
  if (text.charAt(at) === '"') {
    const read = readQuotedPart(text, at)
    return isProblem(read) ? read : { end: read.end, value: { type: 'text', text: read.value } }
  }
  const end = wordEnd(text, at)
  return { end, value: bareValue(text.slice(at, end)) }
}

const bareValue = (text: string): FieldValue => {
  if (numberShape.test(text)) return { type: 'number', text }
  return words.includes(text) ? { type: 'word', word: text as 'true' | 'false' | 'null' } : { type: 'text', text }
}

const isWhole = (shape: RegExp, text: string): boolean => text !== '' && matchAt(shape, text, 0).length === text.length

const printName = (field: FieldName): string => {
  if (field.source === 'property') return `prop.${field.name}`
  if (field.source === 'user') return `user.${isWhole(plainUserName, field.name) ? field.name : quoted(field.name)}`
  return printJsonPath(field.path)
}

const printTest = (test: FieldTest): string => {
  switch (test.op) {
    case 'exists':
      return ''
    case 'contains':
      return `:${printValue(test.text)}`
    case 'matches':
      return ` =~ ${printRegex(test.pattern)}`
    default:
      return ` ${test.op} ${printFieldValue(test.value)}`
  }
}

const printFieldValue = (value: FieldValue): string => {
  switch (value.type) {
    case 'number':
      return value.text
    case 'word':
      return value.word
    case 'text':
      return quoted(value.text)
  }
}
