import { payloadProblem } from '#shared/model/composing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PublishRequest } from '#shared/model/publish'
import type { Composed } from '../../../state/composerRequest'
import { composeRequest, draftProblems } from './composeRequest'
import { emptyMessage } from '#shared/model/publish'
import { type Draft } from './draft'

const draftOf = (change: Partial<Composed>, file: Draft['file'] = null): Draft => ({
  message: { ...emptyMessage, topic: 'a/b', ...change },
  file,
})
const sentFor = (draft: Draft) => {
  const composed = composeRequest('c', draft)
  if (!composed.ok) throw new Error(JSON.stringify(composed.problems))
  return composed.request as PublishRequest
}
const bytes = (...values: number[]) => new Uint8Array(values)

describe('composeRequest', () => {
  it('sends the text as UTF-8 and leaves out what was not filled in', () => {
    expect(sentFor(draftOf({ payload: '21°', qos: 1, retain: true }))).toEqual({
      connectionId: 'c',
      topic: 'a/b',
      payload: bytes(0x32, 0x31, 0xc2, 0xb0),
      qos: 1,
      retain: true,
      properties: {},
    })
  })

  it('sends every byte that hex or Base64 stand for', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (payload) => {
        const hex = Buffer.from(payload).toString('hex')
        expect(sentFor(draftOf({ format: 'hex', payload: hex })).payload).toEqual(payload)
        const base64 = Buffer.from(payload).toString('base64')
        expect(sentFor(draftOf({ format: 'base64', payload: base64 })).payload).toEqual(payload)
      }),
    )
  })

  it('sends text with carriage returns as it is', () => {
    expect(sentFor(draftOf({ payload: 'a\r\nb\n' })).payload).toEqual(bytes(0x61, 13, 10, 0x62, 10))
  })

  it('sends broken JSON as typed, and says what is wrong with it', () => {
    const draft = draftOf({ format: 'json', payload: '{"a":}' })
    expect(sentFor(draft).payload).toEqual(new TextEncoder().encode('{"a":}'))
    expect(payloadProblem(draft.message)).toEqual({ code: 'json', position: 5, detail: 'valueExpected' })
  })

  it('refuses hex and Base64 that stand for no bytes', () => {
    expect(draftProblems(draftOf({ format: 'hex', payload: '0g' })).payload).toMatchObject({
      code: 'hexDigit',
      position: 1,
    })
    expect(draftProblems(draftOf({ format: 'base64', payload: '*' })).payload).toMatchObject({ code: 'base64' })
  })

  it('sends what JSON is encoded to, and refuses what cannot be', () => {
    expect(sentFor(draftOf({ format: 'cbor', payload: '{"a":1}' })).payload).toEqual(bytes(0xa1, 0x61, 0x61, 1))
    expect(sentFor(draftOf({ format: 'messagePack', payload: '[1]' })).payload).toEqual(bytes(0x91, 1))
    expect(draftProblems(draftOf({ format: 'cbor', payload: '[1' })).payload).toMatchObject({
      code: 'json',
      position: 2,
    })
  })

  it('names a file on disk and does not read it', () => {
    const file = { token: 't1', name: 'a.bin', size: 3, modifiedAt: 1 }
    const request = sentFor(draftOf({ format: 'hex', payload: 'broken' }, file))
    expect(request).toEqual({ connectionId: 'c', topic: 'a/b', fileToken: 't1', qos: 0, retain: false, properties: {} })
  })

  it('sends the bytes of a file whatever stands in the editor', () => {
    const file = { name: 'a.bin', bytes: bytes(0, 255) }
    expect(sentFor(draftOf({ format: 'hex', payload: 'broken' }, file)).payload).toEqual(bytes(0, 255))
  })

  it.each([
    ['', 'empty'],
    ['a/+', 'wildcardInTopic'],
    ['a/#', 'wildcardInTopic'],
    ['a\0', 'nul'],
    ['t'.repeat(65_536), 'tooLong'],
  ])('refuses the topic %.12j', (topic, code) => {
    expect(draftProblems(draftOf({ topic })).topic).toMatchObject({ code })
  })

  it('carries the properties that were filled in', () => {
    const { properties } = sentFor(
      draftOf({
        contentType: 'application/json',
        responseTopic: 'reply/1',
        correlationData: '0xCAFE',
        messageExpiry: ' 60 ',
        payloadFormatIndicator: true,
        userProperties: [
          ['a', '1'],
          ['', ''],
          ['a', '2'],
        ],
      }),
    )
    expect(properties).toEqual({
      payloadFormatIndicator: 1,
      contentType: 'application/json',
      responseTopic: 'reply/1',
      correlationData: bytes(0xca, 0xfe),
      messageExpirySeconds: 60,
      userProperties: [
        ['a', '1'],
        ['a', '2'],
      ],
    })
  })

  it('says beside which field something is wrong', () => {
    expect(
      draftProblems(
        draftOf({
          contentType: 'a\0',
          responseTopic: 'reply/#',
          correlationData: '0xabc',
          messageExpiry: '4294967296',
          userProperties: [
            ['ok', 'ok'],
            ['key', 'v'.repeat(65_536)],
          ],
        }),
      ),
    ).toEqual({
      contentType: 'noNul',
      responseTopic: { code: 'wildcardInTopic', level: 1, column: 6 },
      correlationData: 'correlationHex',
      messageExpiry: 'expiryRange',
      userProperties: { 1: 'tooLong' },
    })
  })

  it.each(['-1', '1.5', '1e3', 'soon', '0x10'])('refuses %j as an expiry', (messageExpiry) => {
    expect(draftProblems(draftOf({ messageExpiry })).messageExpiry).toBe('expiryRange')
  })

  it('sends an expiry of zero', () => {
    expect(sentFor(draftOf({ messageExpiry: '0' })).properties.messageExpirySeconds).toBe(0)
  })

  it('reads correlation data without 0x as text', () => {
    expect(sentFor(draftOf({ correlationData: '溫' })).properties.correlationData).toEqual(bytes(0xe6, 0xba, 0xab))
  })
})
