// The language as a person types it: build/docs/query.md
import { topicFilterProblem } from '#shared/mqtt/topicFilter'
import { keyLike, queryKeys, type QueryKey } from './queryKeys'
import { problemAt, type QueryProblem } from './queryProblem'
import { schemaStates, type QueryTerm, type TermTest } from './queryTerm'
import { readField } from './readField'
import { readQos, readSize } from './readNumbers'
import {
  afterSpaces,
  isEnd,
  isProblem,
  matchAt,
  readQuotedPart,
  readRegex,
  readValue,
  wordEnd,
  type Read,
} from './readText'
import { readDuration, readMoment } from './readTimes'

/** UTF-16 offsets in the query. */
interface Place {
  readonly start: number
  readonly end: number
}

/** A condition of a query, and where it stands. */
export interface PlacedTerm extends Place {
  readonly term: QueryTerm
}

/** A part of a query that cannot be read. It asks for nothing. */
export interface PlacedProblem extends Place {
  readonly problem: QueryProblem
}

export type QueryPart = PlacedTerm | PlacedProblem

export const isTerm = (part: QueryPart): part is PlacedTerm => 'term' in part

/** The parts of a query in their order. Everything but the white space between them belongs to one: nothing is ignored. */
export const parseQuery = (text: string): readonly QueryPart[] => {
  const parts: QueryPart[] = []
  for (let at = afterSpaces(text, 0); at < text.length;) {
    const part = readPart(text, at)
    parts.push(part)
    at = afterSpaces(text, part.end)
  }
  return parts
}

const readPart = (text: string, start: number): QueryPart => {
  const not = text.charAt(start) === '-'
  const at = not ? start + 1 : start
  if (not && isEnd(text, at)) {
    const unfinished = at >= text.length
    return { start, end: at, problem: problemAt('notWhat', { start, end: at, unfinished }) }
  }
  const read = readTest(text, at)
  const { end } = read
  return isProblem(read) ? { start, end, problem: read.problem } : { start, end, term: { not, test: read.value } }
}

const readTest = (text: string, at: number): Read<TermTest> => {
  if (text.charAt(at) === '"') return readPhrase(text, at)
  const regex = readRegex(text, at)
  if (regex) return withValue(regex, (pattern) => ({ kind: 'regex', pattern }))
  return readField(text, at) ?? readKeyed(text, at) ?? readWord(text, at)
}

const withValue = <Value>(read: Read<Value>, testOf: (value: Value) => TermTest): Read<TermTest> =>
  isProblem(read) ? read : { end: read.end, value: testOf(read.value) }

const readPhrase = (text: string, at: number): Read<TermTest> => {
  const read = readQuotedPart(text, at)
  if (!isProblem(read) && read.value === '')
    return { end: read.end, problem: problemAt('phraseEmpty', { start: at, end: read.end, unfinished: true }) }
  return withValue(read, (phrase) => ({ kind: 'text', text: phrase }))
}

const flagWords: Readonly<Record<string, TermTest>> = {
  in: { kind: 'direction', direction: 'in' },
  out: { kind: 'direction', direction: 'out' },
  retained: { kind: 'mark', mark: 'retained' },
  dup: { kind: 'mark', mark: 'redelivered' },
  redelivered: { kind: 'mark', mark: 'redelivered' },
  repeated: { kind: 'mark', mark: 'repeated' },
  copies: { kind: 'mark', mark: 'copies' },
}

const readWord = (text: string, at: number): Read<TermTest> => {
  const end = wordEnd(text, at)
  const word = text.slice(at, end)
  const flag = Object.hasOwn(flagWords, word) ? flagWords[word] : undefined
  return { end, value: flag ?? { kind: 'text', text: word } }
}

const readers: Readonly<Record<QueryKey, (text: string, at: number) => Read<TermTest>>> = {
  topic: (text, at) => readTopicFilter(text, at),
  below: (text, at) => readBelow(text, at),
  sub: (text, at) => withValue(readValue(text, at, 'sub'), (name) => ({ kind: 'sub', name })),
  qos: (text, at) => withValue(readQos(text, at), (range) => ({ kind: 'qos', range })),
  size: (text, at) => withValue(readSize(text, at), (range) => ({ kind: 'size', range })),
  after: (text, at) => withValue(readMoment(text, at, 'after'), (moment) => ({ kind: 'after', moment })),
  before: (text, at) => withValue(readMoment(text, at, 'before'), (moment) => ({ kind: 'before', moment })),
  last: (text, at) => withValue(readDuration(text, at), (milliseconds) => ({ kind: 'last', milliseconds })),
  schema: (text, at) => readSchemaState(text, at),
}

const readSchemaState = (text: string, at: number): Read<TermTest> => {
  const read = readValue(text, at, 'schema')
  if (isProblem(read)) return read
  const { end, value } = read
  const state = schemaStates.find((one) => one === value)
  if (state) return { end, value: { kind: 'schema', state } }
  const unfinished = schemaStates.some((one) => one.startsWith(value))
  return { end, problem: problemAt('unknownSchemaState', { start: at, end, subject: value, unfinished }) }
}

const keyShape = /[A-Za-z]+(?=:)/y

/**
 * `key:value`. A key that is none of ours makes a plain word, as in `12:30`, `http://host` or `state:on`, unless it looks
 * like a slip of one of ours: then it is a problem, so that a slip never looks for a text that is nowhere.
 */
const readKeyed = (text: string, at: number): Read<TermTest> | null => {
  const key = matchAt(keyShape, text, at)
  if (key === '') return null
  const known = queryKeys.find((one) => one === key)
  if (known) return readers[known](text, at + key.length + 1)
  const meant = keyLike(key)
  if (meant === null) return null
  const problem = problemAt('unknownKey', { start: at, end: at + key.length, subject: meant })
  return { end: wordEnd(text, at), problem }
}

/** How far a value in a query has been read when `length` of its own characters have been. */
const placeIn = (text: string, at: number, length: number): number => {
  if (text.charAt(at) !== '"') return at + length
  let place = at + 1
  for (let read = 0; read < length; read++) place += /\\["\\]/y.test(text.slice(place, place + 2)) ? 2 : 1
  return place
}

const readTopicFilter = (text: string, at: number): Read<TermTest> => {
  const read = readValue(text, at, 'topic')
  if (isProblem(read)) return read
  const { end, value: filter } = read
  const problem = topicFilterProblem(filter)
  if (!problem) return { end, value: { kind: 'topic', filter } }
  const start = Math.min(placeIn(text, at, problem.column), end - 1)
  const unfinished = problem.column >= filter.length && end >= text.length
  return { end, problem: problemAt('topicFilter', { start, end: start + 1, subject: problem.code, unfinished }) }
}

const readBelow = (text: string, at: number): Read<TermTest> => {
  const read = readValue(text, at, 'below')
  if (isProblem(read)) return read
  const { end, value: topic } = read
  const wildcard = topic.search(/[+#]/)
  if (wildcard < 0) return { end, value: { kind: 'below', topic } }
  const start = placeIn(text, at, wildcard)
  return { end, problem: problemAt('belowWildcard', { start, end: start + 1 }) }
}
