import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { recordingReaders, recordingWriters } from './recordingFormats'
import { anyMessage, anyTime, bytesOf, messagesIn, readAll, withoutNul, written } from './recordingTesting'

const several = fc.array(anyMessage, { minLength: 1, maxLength: 8 })

describe('what is written is read again', () => {
  it.each(['jsonl', 'recording', 'pcapng'] as const)('%s keeps everything', (format) => {
    fc.assert(
      fc.property(several, (any) => {
        const messages = format === 'pcapng' ? any.map(withoutNul) : any
        const items = readAll(written(recordingWriters[format](), messages))
        expect(items.filter(({ kind }) => kind === 'refused')).toEqual([])
        expect(messagesIn(items)).toEqual(messages)
      }),
    )
  })

  it.each(['jsonl', 'recording', 'csv'] as const)('%s keeps every time', (format) => {
    fc.assert(
      fc.property(several, anyTime, (messages, time) => {
        const moved = messages.map((message) => ({ ...message, time }))
        const read = messagesIn(readAll(written(recordingWriters[format](), moved)))
        expect(read.map((message) => message.time)).toEqual(moved.map((message) => message.time))
      }),
    )
  })

  it('a capture has the nearest time that it can say', () => {
    const [message] = fc.sample(anyMessage, 1)
    if (!message) throw new Error('none')
    const times = [-1n, 2n ** 64n].map((time) => ({ ...withoutNul(message), time }))
    expect(messagesIn(readAll(written(recordingWriters.pcapng(), times))).map(({ time }) => time)).toEqual([
      0n,
      2n ** 64n - 1n,
    ])
  })

  it.each(['jsonl', 'csv', 'recording'] as const)(
    '%s is the same message with what was decoded beside it',
    (format) => {
      const [message] = fc.sample(anyMessage, 1)
      if (!message) throw new Error('none')
      const bytes = written(recordingWriters[format]({ decoded: true }), [
        { ...message, decoded: '{"big":12345678901234567890}' },
      ])
      const text = new TextDecoder().decode(bytes)
      expect(text).toMatch(format === 'csv' ? /,decoded\r\n/ : /"decoded":\{"big":12345678901234567890\}/)
      expect(messagesIn(readAll(bytes)).map(({ payload, topic }) => ({ payload, topic }))).toEqual([
        { payload: message.payload, topic: message.topic },
      ])
    },
  )

  it('a payload of which only the beginning is there is not taken for a whole one', () => {
    const [message] = fc.sample(anyMessage, 1)
    if (!message) throw new Error('none')
    const head = { ...message, payload: bytesOf('abc'), payloadBytes: 2_000_000 }
    expect(readAll(written(recordingWriters.jsonl(), [head]))).toMatchObject([{ kind: 'refused', reason: 'lostBytes' }])
  })

  it('csv keeps everything but the order of user properties and properties that are there and empty', () => {
    fc.assert(
      fc.property(several, (messages) => {
        const items = readAll(written(recordingWriters.csv(), messages))
        expect(items.filter(({ kind }) => kind === 'refused')).toEqual([])
        const plain = messagesIn(items).map(({ properties, ...rest }) => ({ ...rest, names: namesOf(properties) }))
        expect(plain).toEqual(messages.map(({ properties, ...rest }) => ({ ...rest, names: namesOf(properties) })))
      }),
    )
  })

  it('csv runs nothing in a spreadsheet', () => {
    fc.assert(
      fc.property(several, (messages) => {
        const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(written(recordingWriters.csv(), messages))
        for (const [, field = ''] of text.matchAll(/(?:^|,|\r\n)"?([=@][^,"\r\n]*)/g)) expect(field).toBe('')
      }),
    )
  })

  it('events and bookmarks stay where they stood', () => {
    const head = '{"format":"topicscope.recording","version":1}'
    const lines = [
      head,
      '{"topic":"a","qos":0,"retain":false,"payloadlen":1,"payload":"1"}',
      '{"event":"disconnected","t":5,"later":[1]}',
      '{"topic":"a","qos":0,"retain":false,"payloadlen":1,"payload":"2"}',
      '{"bookmark":{"note":"look"}}',
    ]
    const items = readAll(`${lines.join('\n')}\n`)
    expect(items.map((item) => (item.kind === 'mark' ? item.json : item.kind))).toEqual([
      'message',
      lines[2],
      'message',
      lines[4],
    ])
    expect(readAll(head.replace('1}', '2}'))).toMatchObject([{ kind: 'refused', reason: 'otherVersion', detail: '2' }])
  })

  it('no reader throws, whatever the bytes are', () => {
    const starts = [
      '',
      '{"topic":"a","payloadlen":',
      '<MqttMessage ',
      'topic,payload,qos,retain,createAt\r\n',
      '\xd4\xc3\xb2\xa1',
      '\n\r\r\n',
    ]
    fc.assert(
      fc.property(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 300 }), (start, rest) => {
        const bytes = new Uint8Array([...bytesOf(start), ...rest])
        for (const { read } of recordingReaders)
          for (const item of read([bytes])) expect(item.place.number).toBeGreaterThan(0)
      }),
    )
  })

  it('no reader throws on a capture that was damaged', () => {
    fc.assert(
      fc.property(
        several,
        fc.array(fc.tuple(fc.nat(3_000), fc.nat(255)), { maxLength: 20 }),
        fc.nat(3_000),
        (messages, flips, cut) => {
          const bytes = written(recordingWriters.pcapng(), messages)
          for (const [at, value] of flips) if (at > 4 && at < bytes.length) bytes[at] = value
          const cutBytes = bytes.subarray(0, Math.max(24, bytes.length - cut))
          expect(readAll(cutBytes).length).toBeGreaterThanOrEqual(0)
        },
      ),
    )
  })
})

/** As a set of names with their values, of which CSV has not the order among others. */
const namesOf = (properties: ReturnType<typeof messagesIn>[number]['properties']) => {
  const { userProperties = [], contentType, responseTopic, correlationData, ...rest } = properties
  const byName = new Map<string, string[]>()
  for (const [name, value] of userProperties) byName.set(name, [...(byName.get(name) ?? []), value])
  return {
    ...rest,
    contentType: contentType || null,
    responseTopic: responseTopic || null,
    correlationData: correlationData?.length ? correlationData : null,
    pairs: [...byName],
  }
}
