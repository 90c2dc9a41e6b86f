import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ComposedMessage } from '#shared/model/publish'
import { bytesFromText } from '#shared/encoding/payloadInFormat'
import { noExtra, readMessageFile, withPayloadBytes, writeMessageFile, type FiledMessage } from './messageFile'

/** What JSON gives back as it was: it has no negative zero. */
const kept = fc.jsonValue().map((value): unknown => JSON.parse(JSON.stringify(value)))

const text = fc.string({ unit: 'binary', maxLength: 60 })
const hexText = fc.uint8Array({ minLength: 1, maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString('hex'))
const payloadOf = fc.oneof(
  fc.record({ format: fc.constant('hex' as const), payload: hexText }),
  fc.record({
    format: fc.constantFrom('text', 'json', 'hex', 'base64'),
    payload: fc.oneof(text, fc.constant('a\nb\r\n\n')),
  }),
)
const message: fc.Arbitrary<ComposedMessage> = fc
  .tuple(
    fc.record({
      topic: text,
      qos: fc.constantFrom(0, 1, 2),
      retain: fc.boolean(),
      contentType: text,
      responseTopic: text,
      correlationData: text,
      messageExpiry: text,
      userProperties: fc.array(fc.tuple(text, text), { maxLength: 3 }),
    }),
    payloadOf,
    fc.record(
      { payloadFormatIndicator: fc.constant(true as const), isTemplate: fc.constant(true as const) },
      { requiredKeys: [] },
    ),
  )
  .map(([facts, payload, options]) => ({ ...facts, ...payload, ...options }))
const filed: fc.Arbitrary<FiledMessage> = fc.record({
  id: fc.uuid(),
  name: fc.string({ unit: 'binary', minLength: 1 }).map((name) => `n${name}`.trim()),
  order: fc.option(fc.integer()),
  shortcut: fc.constantFrom('', 'CmdOrCtrl+Alt+1'),
  message,
  extra: fc.record({
    ofMessage: fc.dictionary(fc.constantFrom('note', 'tags', 'constructor'), kept),
    ofProperties: fc.dictionary(fc.constantFrom('later', 'x'), kept),
  }),
})

const encode = (json: string) => new TextEncoder().encode(json)
const readBack = (one: FiledMessage): FiledMessage => {
  const { text: json, bytes } = writeMessageFile(one, 'x.bin')
  const read = readMessageFile(encode(json))
  if (!read.ok) throw new Error(`${read.damage.reason} ${read.damage.detail}`)
  expect(read.payloadFile).toBe(bytes ? 'x.bin' : null)
  return bytes ? { ...read.filed, message: withPayloadBytes(read.filed.message, bytes) } : read.filed
}
/** Bytes may be written in several ways. */
const withBytes = ({ message: one, ...rest }: FiledMessage) => {
  const bytes = bytesFromText(one.payload, one.format)
  const isBytes = bytes.ok && !one.isTemplate && (one.format === 'hex' || one.format === 'base64')
  return { ...rest, message: { ...one, payload: isBytes ? Buffer.from(bytes.bytes).toString('hex') : one.payload } }
}

const start: FiledMessage = {
  id: '1',
  name: 'Start',
  order: 1000,
  shortcut: '',
  message: {
    topic: 'pump/1',
    payload: '{\n  "on": true\n}',
    format: 'json',
    qos: 1,
    retain: false,
    contentType: '',
    responseTopic: '',
    correlationData: '',
    messageExpiry: '60',
    userProperties: [],
  },
  extra: noExtra,
}

describe('the file of a message', () => {
  it('is read as it was written, unknown keys too', () => {
    fc.assert(
      fc.property(filed, (one) => {
        expect(withBytes(readBack(one))).toEqual(withBytes(one))
      }),
    )
  })

  it('is written as it was read', () => {
    fc.assert(
      fc.property(filed, (one) => {
        const once = readBack(one)
        expect(writeMessageFile(readBack(once), 'x.bin')).toEqual(writeMessageFile(once, 'x.bin'))
      }),
    )
  })

  it('has a line for each line of the payload, and leaves out what is as in a new message', () => {
    expect(writeMessageFile(start, 'x.bin')).toEqual({
      text: `{
  "version": 1,
  "id": "1",
  "name": "Start",
  "order": 1000,
  "topic": "pump/1",
  "qos": 1,
  "retain": false,
  "properties": {
    "messageExpiry": "60"
  },
  "format": "json",
  "payload": [
    "{",
    "  \\"on\\": true",
    "}"
  ]
}
`,
      bytes: null,
    })
  })

  it('may be written by hand with little', () => {
    const read = readMessageFile(encode('\ufeff{"version":1,"name":"A","topic":"a","payload":"one"}'))
    expect(read).toMatchObject({ ok: true, filed: { id: '', order: null, message: { payload: 'one', qos: 0 } } })
  })

  it.each([
    ['a conflict', '{\n<<<<<<< HEAD\n"qos": 1\n=======\n"qos": 2\n>>>>>>> other\n}', 'conflict', ''],
    ['no JSON', '{"version":1', 'notJson', ''],
    ['a later version', '{"version":2}', 'newer', ''],
    ['a list', '[]', 'invalid', ''],
    ['no name', '{"version":1,"topic":"a"}', 'invalid', 'name'],
    ['a wrong value', '{"version":1,"name":"a","topic":"a","qos":3}', 'invalid', 'qos'],
    [
      'a wrong property',
      '{"version":1,"name":"a","topic":"a","properties":{"userProperties":[1]}}',
      'invalid',
      'properties.userProperties.0',
    ],
  ])('is told as damaged where it is %s', (_what, json, ...[reason, detail]) => {
    expect(readMessageFile(encode(json))).toEqual({ ok: false, damage: { reason, detail } })
  })

  it('is told as damaged where it is no UTF-8', () => {
    expect(readMessageFile(new Uint8Array([0x7b, 0xff]))).toMatchObject({ damage: { reason: 'notJson' } })
  })

  it('shows bytes beside it as text where it says text, and loses none', () => {
    const bytes = new Uint8Array([0, 255])
    expect(withPayloadBytes({ ...start.message, format: 'text' }, bytes)).toMatchObject({
      format: 'base64',
      payload: 'AP8=',
    })
    expect(withPayloadBytes({ ...start.message, format: 'text' }, encode('é'))).toMatchObject({
      format: 'text',
      payload: 'é',
    })
  })
})
