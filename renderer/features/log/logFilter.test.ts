import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { flags, type Frame } from '#shared/model/frame'
import { filterMatches } from '#shared/mqtt/topicFilter'
import { createMessageLog } from '../../model/messageLog'
import { frameOfMessages } from '../../model/messageLogTesting'
import { createFilteredRows } from './filteredRows'
import { createMessageTest, noFilter, type FilterTerms } from './logFilter'
import { createPayloadSearch } from './payloadSearch'

const topicNames = ['plant', 'plant/line1', 'plant/line10', 'plant/line1/Kelvin', '$SYS/load']
const matchSets = [[], ['one'], ['one', 'two']]

interface Given {
  readonly topic: number
  readonly set: number
  readonly bits: number
  readonly payload: Uint8Array
}

const frameOf = (firstSequence: number, messages: readonly Given[]): Frame =>
  frameOfMessages(
    firstSequence,
    messages.map(({ topic, set, bits, payload }) => ({ topicId: topic, matchSetId: set, flags: bits, payload })),
  )

const pieces = ['k', 'K', 'İ', 'K', 'i', 'Ω', '溫度', 'ß', 'ON', 'on', '�']
const text = fc.array(fc.constantFrom(...pieces), { maxLength: 6 }).map((list) => list.join(''))
const payload = fc.oneof(
  text.map((value) => new TextEncoder().encode(value)),
  fc.uint8Array({ maxLength: 12 }),
)
const given: fc.Arbitrary<Given> = fc.record({
  topic: fc.nat(topicNames.length - 1),
  set: fc.nat(2),
  bits: fc.constantFrom(0, flags.retain, flags.outgoing, flags.outgoing | flags.retain),
  payload,
})
const terms: fc.Arbitrary<FilterTerms> = fc.record({
  text: fc.oneof(fc.constant(''), fc.constantFrom(...pieces)),
  topicFilter: fc.constantFrom('', '#', 'plant/+', '#/wrong'),
  direction: fc.constantFrom('both' as const, 'in' as const, 'out' as const),
  retainedOnly: fc.boolean(),
  subscriptionId: fc.constantFrom(null, 'one', 'two'),
  scope: fc.constantFrom(null, 'plant', 'plant/line1'),
  mutedIds: fc.subarray(['one', 'two']),
})

const naive = (wanted: FilterTerms) => (message: Given) => {
  const topic = topicNames[message.topic]!
  const ids = matchSets[message.set]!
  const outgoing = (message.bits & flags.outgoing) !== 0
  const decoded = new TextDecoder('utf-8', { ignoreBOM: true }).decode(message.payload)
  const has = (value: string) => value.toLowerCase().includes(wanted.text.toLowerCase())
  return (
    (has(topic) || has(decoded)) &&
    (wanted.topicFilter === '' || wanted.topicFilter === '#/wrong' || filterMatches(wanted.topicFilter, topic)) &&
    (wanted.direction === 'both' || (wanted.direction === 'out') === outgoing) &&
    (!wanted.retainedOnly || (message.bits & flags.retain) !== 0) &&
    (wanted.subscriptionId === null || ids.includes(wanted.subscriptionId)) &&
    (wanted.scope === null || topic === wanted.scope || topic.startsWith(`${wanted.scope}/`)) &&
    (outgoing || ids.length === 0 || ids.some((id) => !wanted.mutedIds.includes(id)))
  )
}

const all: FilterTerms = { ...noFilter, scope: null, mutedIds: [] }

describe('filtered rows', () => {
  it('are those a plain filter finds, whatever came before, meanwhile, and was evicted', () => {
    const frames = fc.array(fc.array(given, { minLength: 1, maxLength: 5 }), { maxLength: 8 })
    fc.assert(
      fc.property(fc.tuple(frames, frames), terms, fc.boolean(), ([before, after], wanted, evict) => {
        const log = createMessageLog({ topicNames, matchSets, budgetBytes: Infinity })
        const messages: Given[] = []
        const append = (frame: readonly Given[]) => {
          log.append(frameOf(messages.length, frame))
          messages.push(...frame)
        }
        before.forEach(append)
        const rows = createFilteredRows(log, createMessageTest(wanted, log.names), () => 0)
        after.forEach((frame) => {
          rows.advance(log.endRow(), 1)
          append(frame)
        })
        if (evict) log.setBudget(0)
        expect(rows.advance(log.endRow(), 1)).toBe(true)
        const first = messages.length - log.keptCount()
        const expected = messages.flatMap((message, index) => (index >= first && naive(wanted)(message) ? [index] : []))
        const found = Array.from({ length: rows.count() }, (_, place) => rows.rowAt(place))
        expect(found).toEqual(expected.map((sequence) => log.rowOfSequence(sequence)))
        for (const [place, row] of found.entries()) expect(rows.placeOf(row)).toBe(place)
      }),
      { numRuns: 300 },
    )
  })

  it('stop when their time is up and go on from there, newest first', () => {
    const log = createMessageLog({ topicNames, matchSets, budgetBytes: Infinity })
    const message: Given = { topic: 0, set: 0, bits: 0, payload: new Uint8Array() }
    log.append(
      frameOf(
        0,
        Array.from({ length: 2_000 }, () => message),
      ),
    )
    let time = 0
    const rows = createFilteredRows(log, createMessageTest(all, log.names), () => (time += 10))
    expect(rows.advance(log.endRow(), 1)).toBe(false)
    expect(rows.rowAt(rows.count() - 1)).toBe(1_999)
    const seen = rows.count()
    expect(seen).toBeLessThan(2_000)
    while (!rows.advance(log.endRow(), 1));
    expect(rows.count()).toBe(2_000)
  })

  it('are found in two hundred thousand messages within two seconds', () => {
    const log = createMessageLog({ topicNames, matchSets, budgetBytes: Infinity })
    const json = new TextEncoder().encode(JSON.stringify({ value: 21.5, unit: 'C', note: 'x'.repeat(110) }))
    const frame = Array.from({ length: 1_000 }, (): Given => ({ topic: 1, set: 1, bits: 0, payload: json }))
    const template = frameOf(0, frame)
    for (let index = 0; index < 200; index++) log.append({ ...template, firstSequence: index * 1_000 })
    const rows = createFilteredRows(log, createMessageTest({ ...all, text: 'UNIT' }, log.names))
    const start = performance.now()
    while (!rows.advance(log.endRow(), 5));
    expect(rows.count()).toBe(200_000)
    expect(performance.now() - start).toBeLessThan(2_000)
  })
})

describe('payload search', () => {
  it('finds what decoding and lowering finds', () => {
    fc.assert(
      fc.property(text, payload, (needle, bytes) => {
        const decoded = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
        expect(createPayloadSearch(needle)(bytes)).toBe(decoded.toLowerCase().includes(needle.toLowerCase()))
      }),
      { numRuns: 1_000 },
    )
  })
})
