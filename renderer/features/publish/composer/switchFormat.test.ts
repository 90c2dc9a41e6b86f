import { payloadBytes } from '#shared/model/composing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { payloadFormats, type PayloadFormat } from '#shared/model/publish'
import { anyCharacter } from '#shared/text/anyTextTesting'
import type { Composed } from '../../../state/composerRequest'
import { emptyMessage } from '#shared/model/publish'
import { switchFormat } from './switchFormat'

const messageOf = (change: Partial<Composed>): Composed => ({ ...emptyMessage, topic: 't', ...change })
const format = fc.constantFrom(...payloadFormats)
const isBytes = (one: PayloadFormat) => one === 'hex' || one === 'base64'

describe('switchFormat', () => {
  it('never changes the bytes from and to hex and Base64', () => {
    fc.assert(
      fc.property(
        format,
        format,
        fc.oneof(fc.string({ unit: anyCharacter }), fc.string(), fc.base64String()),
        (from, to, payload) => {
          const message = messageOf({ format: from, payload })
          const switched = switchFormat(message, to)
          if (switched.outcome === 'kept') return
          expect(switched.message.format).toBe(to)
          if (from !== to && (isBytes(from) || isBytes(to)))
            expect(payloadBytes(switched.message)).toEqual(payloadBytes(message))
        },
      ),
      { numRuns: 1_000 },
    )
  })

  it('writes the bytes anew', () => {
    const switched = switchFormat(messageOf({ payload: 'Hi' }), 'hex')
    expect(switched).toMatchObject({ outcome: 'converted', message: { format: 'hex', payload: '48 69' } })
  })

  it('keeps text as typed between text and JSON', () => {
    const switched = switchFormat(messageOf({ payload: '{"a" :1}' }), 'json')
    expect(switched).toMatchObject({ outcome: 'converted', message: { format: 'json', payload: '{"a" :1}' } })
  })

  it('keeps what is typed as JSON where it is to be sent as CBOR or MessagePack', () => {
    const json = messageOf({ format: 'json', payload: '{"a" :1}' })
    const cbor = switchFormat(json, 'cbor')
    expect(cbor).toMatchObject({ outcome: 'converted', message: { format: 'cbor', payload: '{"a" :1}' } })
    expect(switchFormat(messageOf({ format: 'cbor', payload: '{"a" :1}' }), 'hex')).toMatchObject({
      message: { format: 'hex', payload: 'a1 61 61 01' },
    })
  })

  it('reads bytes that are CBOR or MessagePack as JSON', () => {
    const hex = messageOf({ format: 'hex', payload: '82 18 64 41 ff' })
    expect(switchFormat(hex, 'cbor')).toMatchObject({
      message: { format: 'cbor', payload: '[\n  100,\n  {\n    "$hex": "ff"\n  }\n]' },
    })
    expect(switchFormat(messageOf({ format: 'base64', payload: 'gaFhAQA=' }), 'messagePack')).toEqual({
      outcome: 'kept',
      reason: 'notEncoded',
    })
    expect(switchFormat(messageOf({ format: 'base64', payload: 'gaFhAQ' }), 'messagePack')).toMatchObject({
      outcome: 'converted',
      message: { format: 'messagePack', payload: '{\n  "a": 1\n}' },
    })
    expect(switchFormat(messageOf({ format: 'hex', payload: '' }), 'cbor')).toMatchObject({
      message: { format: 'cbor', payload: '' },
    })
  })

  it.each([
    ['82 01', 'notEncoded'],
    ['f7', 'beyondJson'],
    ['18 01', 'otherBytes'],
  ] as const)('stays where %s is no CBOR that JSON is sent as', (payload, reason) => {
    expect(switchFormat(messageOf({ format: 'hex', payload }), 'cbor')).toEqual({ outcome: 'kept', reason })
  })

  it('stays where the text stands for no bytes', () => {
    expect(switchFormat(messageOf({ format: 'hex', payload: 'xyz' }), 'text')).toEqual({
      outcome: 'kept',
      reason: 'unreadable',
    })
  })

  it('stays where the bytes are no text', () => {
    expect(switchFormat(messageOf({ format: 'hex', payload: 'ff' }), 'text')).toEqual({
      outcome: 'kept',
      reason: 'notText',
    })
  })
})
