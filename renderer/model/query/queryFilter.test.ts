import fc from 'fast-check'
import { expect, it } from 'vitest'
import { encodePublishProperties, type PublishPropertySet } from '#shared/mqtt/publishProperties'
import { filterMatches } from '#shared/mqtt/topicFilter'
import { createLocalPort } from '../logSearch/localPort'
import { createLogSearches } from '../logSearch/logSearch'
import { createMessageLog } from '../messageLog/messageLog'
import { frameOfMessages } from '../messageLog/messageLogTesting'
import { isTerm, parseQuery } from './parseQuery'
import { printTerm } from './printQuery'
import { comparisons, type FieldTest, type QueryTerm, type TermTest } from './queryTerm'
import { resolveQuery } from './resolveQuery'

/** JSON as it is meant; numbers as they are written. */
type Json =
  | { readonly kind: 'number' | 'word'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string; readonly isEscaped: boolean }
  | { readonly kind: 'array'; readonly items: readonly Json[] }
  | { readonly kind: 'object'; readonly members: readonly (readonly [key: string, isEscaped: boolean, value: Json])[] }

const keys = ['a', '溫', '"', '__proto__']
const texts = ['', 'on', 'ON', '溫度', '21.5', '9007199254740993', 'a"b', '\n', 'x']
const numbers = [
  '0',
  '-0',
  '0.0',
  '1',
  '1.0',
  '10e-1',
  '21.5',
  '-3',
  '9007199254740993',
  '9007199254740992',
  '1e400',
  '1e-400',
]

const json = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 3 },
    fc.record({ kind: fc.constant('number' as const), text: fc.constantFrom(...numbers) }),
    fc.record({ kind: fc.constant('word' as const), text: fc.constantFrom('true', 'false', 'null') }),
    fc.record({ kind: fc.constant('text' as const), text: fc.constantFrom(...texts), isEscaped: fc.boolean() }),
    fc.record({ kind: fc.constant('array' as const), items: fc.array(tie('json'), { maxLength: 2 }) }),
    fc.record({
      kind: fc.constant('object' as const),
      members: fc.array(fc.tuple(fc.constantFrom(...keys), fc.boolean(), tie('json')), { maxLength: 3 }),
    }),
  ),
})).json

const escapedUnits = (text: string) =>
  Array.from({ length: text.length }, (_, at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`).join('')
const writtenText = (text: string, isEscaped: boolean) => (isEscaped ? `"${escapedUnits(text)}"` : JSON.stringify(text))

const written = (value: Json): string => {
  switch (value.kind) {
    case 'text':
      return writtenText(value.text, value.isEscaped)
    case 'array':
      return `[ ${value.items.map(written).join(' ,')}]`
    case 'object':
      return `{${value.members.map(([key, isEscaped, one]) => `${writtenText(key, isEscaped)} :${written(one)}`).join(', ')} }`
    default:
      return value.text
  }
}

interface Given {
  readonly topic: string
  readonly set: number
  readonly qos: 0 | 1 | 2
  readonly time: number
  /** Null = the payload is no JSON. */
  readonly json: Json | null
  readonly payload: string
  readonly properties: PublishPropertySet
}

const topics = ['plant', 'plant/line 1', 'plant/line 1/temp', '$SYS/on']
const subscriptions = [
  { id: 'one', alias: 'Alarms', filter: 'plant/#' },
  { id: 'two', alias: '', filter: 'x y' },
]
const matchSets = [[], ['one'], ['one', 'two']]

/** Now and then something follows that makes it no JSON. */
const payload = fc
  .tuple(json, fc.constantFrom('', '', '', ' \n', ',', '}', 'x', '"'))
  .map(([value, rest]) => ({ json: rest.trim() === '' ? value : null, payload: written(value) + rest }))
const properties: fc.Arbitrary<PublishPropertySet> = fc.oneof(
  fc.constant({}),
  fc.record(
    {
      contentType: fc.constantFrom('application/json', 'text'),
      messageExpirySeconds: fc.constantFrom(0, 60, 3_600),
      correlationData: fc.constantFrom(Uint8Array.of(0xff, 1), Uint8Array.of(0x6f, 0x6e)),
      userProperties: fc.array(fc.tuple(fc.constantFrom('a', 'a b'), fc.constantFrom('on', '1.0', 'true')), {
        minLength: 1,
        maxLength: 3,
      }),
    },
    { requiredKeys: [] },
  ),
)
const given: fc.Arbitrary<Given> = fc
  .tuple(
    fc.record({
      topic: fc.constantFrom(...topics),
      set: fc.nat(2),
      qos: fc.constantFrom(0 as const, 1 as const, 2 as const),
      time: fc.constantFrom(1_000, 2_000, 3_000),
      properties,
    }),
    payload,
  )
  .map(([message, body]) => ({ ...message, ...body }))

const value = fc.oneof(
  fc.record({ type: fc.constant('number' as const), text: fc.constantFrom(...numbers) }),
  fc.record({ type: fc.constant('text' as const), text: fc.constantFrom(...texts, 'true', '0xff01') }),
)
const fieldTest: fc.Arbitrary<FieldTest> = fc.oneof(
  fc.constant({ op: 'exists' as const }),
  fc.record({ op: fc.constantFrom(...comparisons), value }),
  fc.record({
    op: fc.constantFrom('=' as const, '!=' as const),
    value: fc.record({ type: fc.constant('word' as const), word: fc.constantFrom('true', 'false', 'null') }),
  }),
  fc.record({ op: fc.constant('contains' as const), text: fc.constantFrom('O', '溫', '1', '"') }),
  fc.record({ op: fc.constant('matches' as const), pattern: fc.constant({ source: '^[o2]', flags: 'i' }) }),
)
const step = fc.oneof(fc.constantFrom(...keys), fc.nat(1))
const field = fc.oneof(
  fc.record({ source: fc.constant('payload' as const), path: fc.array(step, { minLength: 1, maxLength: 2 }) }),
  fc.record({
    source: fc.constant('property' as const),
    name: fc.constantFrom('content-type' as const, 'message-expiry-interval' as const, 'correlation-data' as const),
  }),
  fc.record({ source: fc.constant('user' as const), name: fc.constantFrom('a', 'a b', 'c') }),
)
const termTest: fc.Arbitrary<TermTest> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('field' as const), field, test: fieldTest }) },
  fc.record({ kind: fc.constant('text' as const), text: fc.constantFrom('on', 'LINE 1', '溫', '21', '\\') }),
  fc.record({ kind: fc.constant('regex' as const), pattern: fc.constantFrom({ source: 'o[nN]"', flags: '' }) }),
  fc.record({ kind: fc.constant('topic' as const), filter: fc.constantFrom('plant/+', '#', '$SYS/#') }),
  fc.record({ kind: fc.constant('below' as const), topic: fc.constantFrom('plant', 'plant/line 1') }),
  fc.record({ kind: fc.constant('sub' as const), name: fc.constantFrom('alarms', 'x y') }),
  fc.record({ kind: fc.constant('qos' as const), range: fc.constantFrom({ low: 1, high: 2 }, { low: 0, high: 0 }) }),
  fc.record({
    kind: fc.constant('size' as const),
    range: fc.constantFrom({ low: 3, high: 9 }, { low: 20, high: Infinity }),
  }),
  fc.record({
    kind: fc.constantFrom('after' as const, 'before' as const),
    moment: fc.constantFrom('1970-01-01T00:00:02Z', '1970-01-01T00:00:01.500Z'),
  }),
)
const term: fc.Arbitrary<QueryTerm> = fc.record({ not: fc.boolean(), test: termTest })

/** The value at a path; undefined = there is none. */
const at = (root: Json, path: readonly (string | number)[]): Json | undefined =>
  path.reduce<Json | undefined>((from, one) => {
    if (from?.kind === 'array' && typeof one === 'number') return from.items[one]
    return from?.kind === 'object' ? from.members.findLast(([key]) => key === one)?.[2] : undefined
  }, root)

/** A number as a whole one: times ten to the power of 420. */
const scaled = (text: string): bigint => {
  const [mantissa = '', power = '0'] = text.split('e')
  const [whole = '', fraction = ''] = mantissa.split('.')
  return BigInt(whole + fraction) * 10n ** BigInt(420 + Number(power) - fraction.length)
}
const isNumber = (text: string) => numbers.includes(text) || ['60', '3600'].includes(text)

interface Plain {
  readonly kind: Json['kind']
  readonly text: string
}

const orderOf = ({ kind, text }: Plain, wanted: Extract<FieldTest, { value: unknown }>['value']): number | null => {
  if (wanted.type === 'word') return kind === 'word' && text === wanted.word ? 0 : null
  if (wanted.type === 'text') return kind !== 'text' ? null : text < wanted.text ? -1 : text > wanted.text ? 1 : 0
  if (kind !== 'number' && !(kind === 'text' && isNumber(text))) return null
  const difference = scaled(text) - scaled(wanted.text)
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

const isMet = (found: Plain, test: FieldTest): boolean => {
  if (test.op === 'exists') return true
  if (test.op === 'contains') return found.text.toLowerCase().includes(test.text.toLowerCase())
  if (test.op === 'matches') return new RegExp(test.pattern.source, test.pattern.flags).test(found.text)
  const order = orderOf(found, test.value)
  if (order === null) return test.op === '!='
  return { '=': order === 0, '!=': order !== 0, '<': order < 0, '<=': order <= 0, '>': order > 0, '>=': order >= 0 }[
    test.op
  ]
}

const propertyTexts = ({ properties: set }: Given, asked: Extract<TermTest, { kind: 'field' }>['field']): string[] => {
  if (asked.source === 'user')
    return (set.userProperties ?? []).filter(([name]) => name === asked.name).map(([, one]) => one)
  if (asked.source === 'payload') return []
  if (asked.name === 'content-type') return set.contentType === undefined ? [] : [set.contentType]
  if (asked.name === 'message-expiry-interval')
    return set.messageExpirySeconds === undefined ? [] : [String(set.messageExpirySeconds)]
  if (!set.correlationData) return []
  return set.correlationData[0] === 0xff ? ['0xff01'] : ['on', '0x6f6e']
}

const fieldIsMet = (message: Given, { field: asked, test }: Extract<TermTest, { kind: 'field' }>): boolean => {
  if (asked.source === 'payload') {
    const found = message.json && at(message.json, asked.path)
    return found ? isMet({ kind: found.kind, text: 'text' in found ? found.text : written(found) }, test) : false
  }
  const asText: FieldTest =
    'value' in test && test.value.type === 'word' ? { ...test, value: { type: 'text', text: test.value.word } } : test
  const found = propertyTexts(message, asked).map((text) => ({ kind: 'text' as const, text }))
  if (found.length === 0) return false
  return asText.op === '!=' ? found.every((one) => isMet(one, asText)) : found.some((one) => isMet(one, asText))
}

const meets = (message: Given, test: TermTest): boolean => {
  const { topic, time, qos } = message
  const size = new TextEncoder().encode(message.payload).length
  const isIn = (amount: number, { low, high }: { low: number; high: number }) => low <= amount && amount <= high
  switch (test.kind) {
    case 'text':
      return [topic, message.payload].some((one) => one.toLowerCase().includes(test.text.toLowerCase()))
    case 'regex':
      return [topic, message.payload].some((one) => new RegExp(test.pattern.source, test.pattern.flags).test(one))
    case 'topic':
      return filterMatches(test.filter, topic)
    case 'below':
      return `${topic}/`.startsWith(`${test.topic}/`)
    case 'sub':
      return matchSets[message.set]!.includes(test.name === 'alarms' ? 'one' : 'two')
    case 'qos':
      return isIn(qos, test.range)
    case 'size':
      return isIn(size, test.range)
    case 'after':
      return time >= Date.parse(test.moment)
    case 'before':
      return time < Date.parse(test.moment)
    case 'field':
      return fieldIsMet(message, test)
    default:
      throw new Error(`${test.kind} is tested elsewhere.`)
  }
}

const foundBy = (query: string, messages: readonly Given[]): number[] => {
  const log = createMessageLog({ topicNames: topics, matchSets, limits: { bytes: Infinity, rows: null } })
  log.append(
    frameOfMessages(
      0,
      messages.map((one) => ({
        topicId: topics.indexOf(one.topic),
        matchSetId: one.set,
        flags: one.qos,
        time: one.time,
        payload: one.payload,
        properties: encodePublishProperties(one.properties),
      })),
    ),
  )
  const search = createLogSearches(createLocalPort())(log)
  const parts = parseQuery(query)
  expect(parts.every(isTerm)).toBe(true)
  const { terms, problems } = resolveQuery(parts, { subscriptions, now: 5_000 })
  expect(problems).toEqual([])
  search.start({ terms, mutedIds: [] }, log.endRow())
  const rows = search.found()?.rows
  return Array.from({ length: rows?.count() ?? 0 }, (_, place) => rows?.rowAt(place) ?? NaN)
}

it('a search finds what the terms of its query say of each message by itself', () => {
  fc.assert(
    fc.property(
      fc.array(given, { minLength: 1, maxLength: 8 }),
      fc.array(term, { minLength: 1, maxLength: 3 }),
      (messages, terms) => {
        const wanted = messages.flatMap((message, row) =>
          terms.every(({ not, test }) => meets(message, test) !== not) ? [row] : [],
        )
        expect(foundBy(terms.map(printTerm).join(' '), messages)).toEqual(wanted)
      },
    ),
    { numRuns: 800 },
  )
})
