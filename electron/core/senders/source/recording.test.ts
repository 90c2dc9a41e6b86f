import { describe, expect, it } from 'vitest'
import { fail, ok } from '#shared/result'
import { readRecording } from './recording'
import { openRecordedSource } from './recordedSource'

/** A file that is read in pieces of a few bytes. */
const fileOf = (text: string | Uint8Array, pieceBytes = 11) => {
  const bytes = Buffer.from(text)
  return {
    read: () => Promise.resolve(fail('notFound', 'There is no file.')),
    openPieces: () =>
      Promise.resolve(
        ok({
          read: (at: number) => Promise.resolve(ok(bytes.subarray(at, at + pieceBytes))),
          close: () => Promise.resolve(),
        }),
      ),
  }
}
const data = { fileToken: 't' }

const exported = (given: object = {}) =>
  JSON.stringify({
    sequence: 1,
    time: '2026-11-30T12:00:00.005Z',
    direction: 'in',
    topic: 'plant/a',
    qos: 1,
    retain: true,
    dup: false,
    repeated: false,
    copy: false,
    payloadBytes: 2,
    payloadIsWhole: true,
    encoding: 'utf8',
    payload: 'on',
    properties: null,
    delivery: null,
    ...given,
  })

/** As mosquitto_sub 2.0 writes it. */
const mosquitto = (given: object = {}) =>
  JSON.stringify({
    tst: '2026-11-30T22:01:47.932876Z+0000',
    topic: 'a/ä',
    qos: 0,
    retain: 0,
    payloadlen: 3,
    payload: 'né',
    ...given,
  })

const sent = async (text: string | Uint8Array) => {
  let wake: () => void = () => undefined
  const opened = await openRecordedSource(
    { kind: 'recording', data, loops: false },
    { kind: 'recorded', speed: 1 },
    { payloadFiles: fileOf(text), onRead: () => wake() },
  )
  if (!opened.ok) throw new Error(opened.error.message)
  const messages = []
  for (let number = 0; ;) {
    const next = opened.value.next(number)
    if (next === 'none') return messages
    if (next === 'notRead') await new Promise<void>((resolve) => (wake = resolve))
    else if (!next.ok) throw new Error(next.error.message)
    else {
      messages.push(next.value)
      number += 1
    }
  }
}

describe('a recording', () => {
  it('has the messages of an export as they were, bytes and properties too', async () => {
    const properties = {
      contentType: 'text/plain',
      correlationData: { encoding: 'base64', text: '/w==' },
      userProperties: [['k', 'v']],
      subscriptionIdentifiers: [7],
      topicAlias: 1,
    }
    const binary = { encoding: 'base64', payload: '/wAB', payloadBytes: 3, retain: false, qos: 2, properties }
    expect(await sent(`${exported()}\n${exported(binary)}\n`)).toEqual([
      { topic: 'plant/a', qos: 1, retain: true, payload: new Uint8Array([111, 110]), properties: {} },
      {
        topic: 'plant/a',
        qos: 2,
        retain: false,
        payload: new Uint8Array([255, 0, 1]),
        properties: { contentType: 'text/plain', correlationData: new Uint8Array([255]), userProperties: [['k', 'v']] },
      },
    ])
  })

  it('has the messages of mosquitto_sub', async () => {
    const properties = {
      'user-properties': { k: 'v' },
      'content-type': 'text/plain',
      'correlation-data': 'abc',
      'response-topic': 'r',
      'payload-format-indicator': 1,
      'message-expiry-interval': 60,
    }
    const empty = { payload: null, payloadlen: 0, retain: 1 }
    expect(await sent(`${mosquitto({ properties })}\n${mosquitto(empty)}`)).toEqual([
      {
        topic: 'a/ä',
        qos: 0,
        retain: false,
        payload: new Uint8Array([110, 195, 169]),
        properties: {
          userProperties: [['k', 'v']],
          contentType: 'text/plain',
          correlationData: new Uint8Array([97, 98, 99]),
          responseTopic: 'r',
          payloadFormatIndicator: 1,
          messageExpirySeconds: 60,
        },
      },
      { topic: 'a/ä', qos: 0, retain: true, payload: new Uint8Array(), properties: { userProperties: [] } },
    ])
  })

  it('has its times, whatever offset they are written with, and never goes back', async () => {
    const lines = [
      mosquitto({ tst: '2026-11-30T12:00:00.000000Z+0000' }),
      mosquitto({ tst: '2026-11-30T13:00:01.500000+0100' }),
      exported({ time: '2026-11-30T12:00:01.000Z' }),
      exported({ time: '2026-11-30T12:00:04.000Z' }),
    ]
    const read = await readRecording(data, { payloadFiles: fileOf(lines.join('\r\n')) })
    if (!read.ok) throw new Error(read.error.message)
    const { times, messages, lasts } = read.value
    expect([0, 1, 2, 3].map(times.at)).toEqual([0, 1_500, 1_500, 4_000])
    expect([messages, lasts]).toEqual([4, 4_000])
  })

  it('has what was exported with the keys of mosquitto, bytes and copies among it', async () => {
    const given = { payload: undefined, payload_base64: '/wA=', payloadlen: 2, t: 1, direction: 'in', connection: 'c' }
    const properties = { 'correlation-data-base64': '/wE=' }
    const read = await sent([mosquitto({ ...given, properties }), mosquitto({ ...given, copy: true })].join('\n'))
    expect(read).toMatchObject([
      { payload: Uint8Array.of(255, 0), properties: { correlationData: Uint8Array.of(255, 1) } },
    ])
    expect(read).toHaveLength(1)
  })

  it('says of each line that is no message why, and has the others', async () => {
    const lines = [
      '{"topic":',
      '[1]',
      exported({ qos: 3 }),
      exported({ time: 'noon' }),
      exported({ topic: 'a/+' }),
      exported({ payloadIsWhole: false }),
      exported({ copy: true }),
      exported({ payloadBytes: 7 }),
      exported({ properties: { responseTopic: '#' } }),
      '',
      mosquitto({ payload: { x: 1 } }),
      exported(),
    ]
    const read = await readRecording(data, { payloadFiles: fileOf(lines.join('\n')) })
    if (!read.ok) throw new Error(read.error.message)
    expect(read.value).toMatchObject({ messages: 1, unreadableCount: 10 })
    expect(read.value.unreadable.map(({ values }) => [values?.['line'], values?.['problem']])).toEqual([
      [1, 'syntax'],
      [2, 'notAMessage'],
      [3, 'notAMessage'],
      [4, 'time'],
      [5, 'topic'],
      [6, 'notWhole'],
      [7, 'copy'],
      [8, 'payload'],
      [9, 'properties'],
      [11, 'payload'],
    ])
  })

  it('is spoiled by bytes that are no text in one line only', async () => {
    const line = Buffer.from(mosquitto({ payload: 'xyz' }))
    const spoiled = Buffer.from(line)
    spoiled[line.indexOf('xyz')] = 0xff
    expect(await sent(Buffer.concat([spoiled, Buffer.from('\n'), line]))).toHaveLength(1)
  })

  it.each([
    ['\n\n', 'noRows'],
    ['what\n', 'syntax'],
  ])('is none without a message: %j', async (text, problem) => {
    const read = await readRecording(data, { payloadFiles: fileOf(text) })
    expect(read).toMatchObject({ error: { code: 'rowUnreadable', values: { problem } } })
  })
})
