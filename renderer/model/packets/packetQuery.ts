// The language as a person types it: build/docs/query.md
import type { PacketTerm, PacketTest } from '#shared/model/packets'
import { packetTypes } from '#shared/mqtt/packet/packetType'
import { topicFilterProblem } from '#shared/mqtt/topicFilter'
import { readId, readQos, readSize } from '../query/readNumbers'
import {
  afterSpaces,
  isEnd,
  isProblem,
  matchAt,
  readQuotedPart,
  readValue,
  wordEnd,
  type Read,
} from '../query/readText'
import { momentOf, readDuration, readMoment } from '../query/readTimes'
import { problemAt, type QueryProblem } from '../query/queryProblem'

export interface PacketQuery {
  readonly terms: readonly PacketTerm[]
  /** The first part that cannot be read; it asks for nothing. */
  readonly problem: QueryProblem | null
}

/** Milliseconds since 1970, for times that are said by the clock or by how long ago they are. */
export const parsePacketQuery = (text: string, now: number): PacketQuery => {
  const terms: PacketTerm[] = []
  let problem: QueryProblem | null = null
  for (let at = afterSpaces(text, 0); at < text.length;) {
    const not = text.charAt(at) === '-' && !isEnd(text, at + 1)
    const read = readTest(text, not ? at + 1 : at, now)
    if (isProblem(read)) problem ??= read.problem
    else terms.push({ not, test: read.value })
    at = afterSpaces(text, read.end)
  }
  return { terms, problem }
}

const words: Readonly<Record<string, PacketTest>> = {
  in: { kind: 'direction', direction: 'in' },
  out: { kind: 'direction', direction: 'out' },
  dup: { kind: 'dup' },
  retained: { kind: 'retained' },
  errors: { kind: 'errors' },
  steps: { kind: 'step' },
}

const made = <Value>(read: Read<Value>, testOf: (value: Value) => PacketTest): Read<PacketTest> =>
  isProblem(read) ? read : { end: read.end, value: testOf(read.value) }

type KeyReader = (text: string, at: number, now: number) => Read<PacketTest>

const keys: Readonly<Record<string, KeyReader>> = {
  type: (text, at) => readType(text, at),
  direction: (text, at) => readDirection(text, at),
  id: (text, at) => made(readId(text, at), ({ low, high }) => ({ kind: 'id', low, high: Math.min(high, 65_535) })),
  qos: (text, at) => made(readQos(text, at), ({ low, high }) => ({ kind: 'qos', low, high: Math.min(high, 3) })),
  size: (text, at) =>
    made(readSize(text, at), ({ low, high }) => ({ kind: 'size', low, high: Math.min(high, Number.MAX_SAFE_INTEGER) })),
  topic: (text, at) => readTopic(text, at),
  below: (text, at) => made(readValue(text, at, 'below'), (topic) => ({ kind: 'below', topic })),
  after: (text, at, now) =>
    made(readMoment(text, at, 'after'), (moment) => ({
      kind: 'after',
      time: momentOf(moment, { key: 'after', now }) ?? now,
    })),
  before: (text, at, now) =>
    made(readMoment(text, at, 'before'), (moment) => ({
      kind: 'before',
      time: momentOf(moment, { key: 'before', now }) ?? now,
    })),
  last: (text, at, now) =>
    made(readDuration(text, at), (milliseconds) => ({ kind: 'after', time: now - milliseconds })),
}

const keyShape = /[a-z]+(?=:)/y

const readTest = (text: string, at: number, now: number): Read<PacketTest> => {
  if (text.charAt(at) === '"') return made(readQuotedPart(text, at), (phrase) => ({ kind: 'text', text: phrase }))
  const key = matchAt(keyShape, text, at)
  const reader = Object.hasOwn(keys, key) ? keys[key] : undefined
  if (reader) return reader(text, at + key.length + 1, now)
  const end = wordEnd(text, at)
  const word = text.slice(at, end)
  return { end, value: (Object.hasOwn(words, word) ? words[word] : undefined) ?? { kind: 'text', text: word } }
}

const readType = (text: string, at: number): Read<PacketTest> => {
  const read = readValue(text, at, 'type')
  if (isProblem(read)) return read
  const { end, value } = read
  const upper = value.toUpperCase()
  if (upper === 'STEP') return { end, value: { kind: 'step' } }
  const type = packetTypes.find((one) => one.toUpperCase() === upper)
  if (type) return { end, value: { kind: 'type', type } }
  const unfinished = packetTypes.some((one) => one.startsWith(upper))
  return { end, problem: problemAt('unknownPacketType', { start: at, end, subject: value, unfinished }) }
}

const readDirection = (text: string, at: number): Read<PacketTest> => {
  const read = readValue(text, at, 'direction')
  if (isProblem(read)) return read
  const { end, value } = read
  if (value === 'in' || value === 'out') return { end, value: { kind: 'direction', direction: value } }
  return {
    end,
    problem: problemAt('unknownDirection', { start: at, end, subject: value, unfinished: value.length < 3 }),
  }
}

const readTopic = (text: string, at: number): Read<PacketTest> => {
  const read = readValue(text, at, 'topic')
  if (isProblem(read)) return read
  const { end, value: filter } = read
  const problem = topicFilterProblem(filter)
  if (!problem) return { end, value: { kind: 'topic', filter } }
  return { end, problem: problemAt('topicFilter', { start: at, end, subject: problem.code, unfinished: true }) }
}
