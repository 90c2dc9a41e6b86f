import { describe, expect, it } from 'vitest'
import { encodePublishProperties } from '#shared/mqtt/publishProperties'
import { payloadHeadBytes } from '#shared/model/frame'
import { messageOf } from './messageTesting'
import { csvHead, csvRecordOf, jsonLineOf } from './messageRecord'
import { payloadsText, rowsText, topicsText } from './rowsText'

describe('a message in a file', () => {
  it('is one line of JSON with its text as it is', () => {
    const line = jsonLineOf(messageOf('{"a":"line\\nbreak"}\n'))
    expect(line.match(/\n/g)).toHaveLength(1)
    expect(JSON.parse(line)).toMatchObject({
      sequence: 7,
      time: '2026-11-30T12:00:00.005Z',
      direction: 'in',
      topic: 'plant/a',
      qos: 1,
      retain: true,
      encoding: 'utf8',
      payload: '{"a":"line\\nbreak"}\n',
      payloadIsWhole: true,
      properties: null,
    })
  })

  it('says what is no text, and what is not whole', () => {
    const binary = messageOf(Uint8Array.of(0xff, 0, 1))
    expect(JSON.parse(jsonLineOf(binary))).toMatchObject({ encoding: 'base64', payload: '/wAB' })
    const head = messageOf('x'.repeat(payloadHeadBytes), { payloadBytes: 2 ** 21 })
    expect(JSON.parse(jsonLineOf(head))).toMatchObject({ payloadIsWhole: false, payloadBytes: 2 ** 21 })
  })

  it('keeps its properties, bytes among them', () => {
    const properties = encodePublishProperties({
      contentType: 'text/plain',
      correlationData: Uint8Array.of(0xff),
      userProperties: [['k', 'v']],
    })
    expect(JSON.parse(jsonLineOf(messageOf('x', { properties })))).toMatchObject({
      properties: {
        contentType: 'text/plain',
        correlationData: { encoding: 'base64', text: '/w==' },
        userProperties: [['k', 'v']],
      },
    })
  })

  it('is a record of CSV whose fields give the text back', () => {
    const payload = 'a,"b"\r\nc '
    const record = csvRecordOf(messageOf(payload, { topic: 'a,b' }))
    expect(csvHead.startsWith('sequence,time,direction,topic,')).toBe(true)
    expect(record).toContain('"a,b"')
    expect(record).toContain('"a,""b""\r\nc "')
    expect(record.endsWith('\r\n')).toBe(true)
  })
})

describe('messages as text', () => {
  const several = [messageOf('a\tb\nc'), messageOf(Uint8Array.of(0xff, 1), { topic: 'plant/b' }), messageOf('d')]

  it('are a line each with time, topic and payload', () => {
    expect(rowsText(several, 1_000)?.split('\n')).toEqual([
      '2026-11-30T12:00:00.005Z\tplant/a\ta\\tb\\nc',
      '2026-11-30T12:00:00.005Z\tplant/b\tff 01',
      '2026-11-30T12:00:00.005Z\tplant/a\td',
    ])
  })

  it('are their payloads, or each topic once', () => {
    expect(payloadsText(several, 1_000)).toBe('a\tb\nc\nff 01\nd')
    expect(topicsText(several, 1_000)).toBe('plant/a\nplant/b')
  })

  it('are none where a clipboard would have too much of them', () => {
    expect(rowsText(several, 60)).toBeNull()
  })
})
