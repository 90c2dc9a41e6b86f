import fc from 'fast-check'
import { createLocalPort } from '../logSearch/localPort'
import { describe, expect, it } from 'vitest'
import { joinedBytes } from '#shared/encoding/joinedBytes'
import { flags, payloadHeadBytes } from '#shared/model/frame'
import { recordOffset } from '#shared/model/frameReader'
import { encodePublishProperties } from '#shared/mqtt/publishProperties'
import { decodeUtf8, encodeUtf8 } from '#shared/mqtt/utf8'
import { anyMessage, messagesIn, readAll, withoutNul } from '#shared/recording/recordingTesting'
import type { RecordedMessage } from '#shared/recording/recordedMessage'
import { createConnectionModels, type ConnectionModel } from '../connectionModel'
import { noFilter } from '../logSearch/logFilter'
import { noRules } from '../logSearch/logRules'
import { frameOfMessages, type GivenMessage } from '../messageLog/messageLogTesting'
import { parseQuery } from '../query/parseQuery'
import { resolveQuery } from '../query/resolveQuery'
import { exportFormats } from '#shared/recording/exportFormat'
import { exportSteps, type ExportOrder, type ExportStep } from './exportSteps'
import { createLocalExportThread } from './exportAnswers'

const topics = (names: readonly string[]) => ({
  firstTopicId: 0,
  newTopics: names,
  firstMatchSetId: 0,
  newMatchSets: [[]],
})

const modelWith = (messages: readonly GivenMessage[], names: readonly string[] = ['a']): ConnectionModel => {
  const model = createConnectionModels({ bytes: 2 ** 26, rows: null }, createLocalPort()).create()
  model.apply(frameOfMessages(1, messages, topics(names)))
  return model
}

const orderFor = (model: ConnectionModel, change: Partial<ExportOrder> = {}): ExportOrder => ({
  log: model.snapshot().log,
  rows: { ranges: [[0, model.log.endRow()]], terms: noFilter },
  rules: noRules,
  decoded: false,
  connection: 'c',
  format: 'jsonl',
  template: '',
  ...change,
})

const stepsOf = (order: ExportOrder, whole: (row: number) => Uint8Array | null = () => null): ExportStep[] => {
  const steps = exportSteps(order)
  const all: ExportStep[] = []
  let answer: Uint8Array | null = null
  for (let next = steps.next(null); !next.done; next = steps.next(answer)) {
    all.push(next.value)
    answer = next.value.kind === 'needs' ? whole(next.value.row) : null
  }
  return all
}
const bytesIn = (steps: readonly ExportStep[]): Uint8Array =>
  joinedBytes(steps.flatMap((step) => (step.kind === 'bytes' ? [step.bytes] : [])))
const linesIn = (steps: readonly ExportStep[]) =>
  decodeUtf8(bytesIn(steps))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)

/** What the wire gives the log of a recorded message. */
const givenOf = (message: RecordedMessage, topicId: number): GivenMessage => ({
  topicId,
  payload: message.payload,
  properties: encodePublishProperties(message.properties),
  flags:
    message.qos |
    (message.retain ? flags.retain : 0) |
    (message.dup ? flags.dup : 0) |
    (message.direction === 'out' ? flags.outgoing : 0),
  time: Number((message.time ?? 0n) / 1_000_000n),
})

describe('an export of the log', () => {
  it.each(['jsonl', 'recording', 'pcapng'] as const)('as %s is read again as what came', (format) => {
    fc.assert(
      fc.property(fc.array(anyMessage, { minLength: 1, maxLength: 20 }), (any) => {
        const messages = any.map(withoutNul).map((message) => ({
          ...message,
          time: (((message.time ?? 0n) % 4_000_000_000_000_000_000n) / 1_000_000n) * 1_000_000n,
          connection: 'c',
          packetId: null,
        }))
        const model = modelWith(
          messages.map((message, index) => givenOf(message, index)),
          messages.map(({ topic }) => topic),
        )
        const read = messagesIn(readAll(bytesIn(stepsOf(orderFor(model, { format })))))
        const known = read.map((message) => ({ ...message, packetId: null }))
        expect(known).toEqual(messages)
      }),
      { numRuns: 30 },
    )
  })

  it('has the messages of the rows that meet the terms, oldest first, and says how many', () => {
    const messages = Array.from({ length: 5_000 }, (_, index) => ({ topicId: index % 2, payload: String(index) }))
    const model = modelWith(messages, ['even', 'odd'])
    const { terms } = resolveQuery(parseQuery('topic:odd'), { subscriptions: [], now: 0 })
    const steps = stepsOf(
      orderFor(model, {
        rows: {
          ranges: [
            [10, 20],
            [4_990, 9_999],
          ],
          terms: { terms, mutedIds: [] },
        },
      }),
    )
    expect(linesIn(steps).map(({ payload }) => payload)).toEqual(
      [11, 13, 15, 17, 19, 4_991, 4_993, 4_995, 4_997, 4_999].map(String),
    )
    expect(steps.at(-1)).toEqual({ kind: 'done', written: 10, heads: 0, looked: 20 })
  })

  it('leaves gaps out, and what is evicted while it is read is in it', () => {
    const models = createConnectionModels({ bytes: 2 ** 20, rows: 300 }, createLocalPort())
    const model = models.create()
    const batch = (first: number) =>
      frameOfMessages(
        first,
        Array.from({ length: 200 }, (_, index) => ({ topicId: 0, payload: `${first + index} ${'x'.repeat(500)}` })),
        { ...(first === 1 ? topics(['a']) : {}), droppedBefore: first === 201 ? 7 : 0 },
      )
    model.apply(batch(1))
    model.apply(batch(201))
    const snapshot = model.snapshot()
    const kept = model.log.keptCount()
    const order = { ...orderFor(model), log: snapshot.log }
    const steps = exportSteps(order)
    for (let first = 401; first < 6_000; first += 200) model.apply(batch(first))
    const all: ExportStep[] = []
    for (let next = steps.next(null); !next.done; next = steps.next(null)) all.push(next.value)
    const numbers = linesIn(all).map(({ payload }) => Number.parseInt(String(payload), 10))
    expect(numbers).toEqual(Array.from({ length: kept }, (_, index) => 400 - kept + 1 + index))
    snapshot.letGo()
  })

  it('asks for the payloads of which the log has the beginning, and says of how many it got none', () => {
    const head = () => {
      const frame = frameOfMessages(
        1,
        [0, 1].map(() => ({ topicId: 0, payload: new Uint8Array(payloadHeadBytes).fill(97), flags: flags.head })),
        topics(['a']),
      )
      const records = new DataView(frame.records.buffer)
      for (const at of [0, 32]) records.setUint32(at + recordOffset.payloadLength, 2_000_000, true)
      return frame
    }
    const model = createConnectionModels({ bytes: 2 ** 26, rows: null }, createLocalPort()).create()
    model.apply(head())
    const whole = new Uint8Array(2_000_000).fill(98)
    const steps = stepsOf(orderFor(model), (row) => (row === 0 ? whole : null))
    expect(steps.filter(({ kind }) => kind === 'needs')).toEqual([0, 1].map((row) => ({ kind: 'needs', row })))
    expect(steps.at(-1)).toMatchObject({ written: 2, heads: 1 })
    const [first, second] = linesIn(steps)
    expect([first?.['payloadlen'], String(first?.['payload']).length]).toEqual([2_000_000, 2_000_000])
    expect([second?.['payloadlen'], String(second?.['payload']).length]).toEqual([2_000_000, payloadHeadBytes])
    const bytes = steps.flatMap((step) => (step.kind === 'bytes' ? [step.bytes.length] : []))
    expect(Math.max(...bytes)).toBeLessThanOrEqual(2 ** 20)
  })

  it('as files gives each its payload, a large one in pieces', () => {
    const payloads = ['{"a":1}', '', 'x'.repeat(600_000), 'y']
    const model = modelWith(payloads.map((payload) => ({ topicId: 0, payload })))
    const large = 3 * 2 ** 20
    const head = frameOfMessages(5, [{ topicId: 0, payload: new Uint8Array(payloadHeadBytes), flags: flags.head }])
    new DataView(head.records.buffer).setUint32(recordOffset.payloadLength, large, true)
    model.apply(head)
    const steps = stepsOf(orderFor(model, { format: 'raw' }), () => new Uint8Array(large))
    const files = new Map<string, number>()
    for (const step of steps)
      if (step.kind === 'files')
        for (const { name, bytes } of step.files) files.set(name, (files.get(name) ?? 0) + bytes.length)
    expect([...files]).toEqual([
      ['a/0000001.json', 7],
      ['a/0000002.bin', 0],
      ['a/0000003.txt', 600_000],
      ['a/0000004.txt', 1],
      ['a/0000005.txt', large],
    ])
    const manifest = steps.flatMap((step) => (step.kind === 'files' ? [decodeUtf8(step.manifest)] : [])).join('')
    expect(manifest.trim().split('\n')).toHaveLength(5)
  })

  it('has what a rule decodes beside the payload', () => {
    const model = modelWith([
      { topicId: 0, payload: Uint8Array.of(0xa1, 0x61, 0x61, 0x1b, 255, 255, 255, 255, 255, 255, 255, 255) },
      { topicId: 0, payload: 'no' },
    ])
    const rules = { ...noRules, decoding: [{ id: 'r', filter: 'a', decoder: 'cbor', charset: null, schema: null }] }
    const lines = decodeUtf8(bytesIn(stepsOf(orderFor(model, { rules, decoded: true }))))
    expect(lines).toContain('"decoded":{"a":18446744073709551615}')
    expect(lines.match(/"decoded"/g)).toHaveLength(1)
  })

  it.each(exportFormats)('as %s of no message is a whole one, too', (format) => {
    const model = modelWith([{ topicId: 0, payload: 'x' }])
    const rows = { ranges: [], terms: noFilter }
    expect(stepsOf(orderFor(model, { format, rows })).at(-1)).toEqual({ kind: 'done', written: 0, heads: 0, looked: 0 })
  })
})

describe('the thread of an export', () => {
  it('counts what is meant, and has the first of it', async () => {
    const model = modelWith([
      { topicId: 0, payload: encodeUtf8('1') },
      { topicId: 0, payload: '2' },
    ])
    const thread = createLocalExportThread()
    expect(await thread.look(orderFor(model))).toMatchObject({ count: 2, first: { topic: 'a', connection: 'c' } })
  })

  it('fails with why it cannot', async () => {
    const model = modelWith([{ topicId: 0, payload: '1' }])
    const thread = createLocalExportThread()
    await expect(thread.begin(orderFor(model, { format: 'template', template: '%y' }))).rejects.toThrow('%y')
  })
})
