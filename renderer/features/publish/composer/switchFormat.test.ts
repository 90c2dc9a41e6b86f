import { payloadBytes } from '#shared/model/composing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { payloadFormats } from '#shared/model/publish'
import { anyCharacter } from '#shared/text/anyTextTesting'
import type { Composed } from '../../../state/composerRequest'
import { emptyMessage } from './draft'
import { switchFormat } from './switchFormat'

const messageOf = (change: Partial<Composed>): Composed => ({ ...emptyMessage, topic: 't', ...change })
const format = fc.constantFrom(...payloadFormats)

describe('switchFormat', () => {
  it('never changes the bytes that would be sent', () => {
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
          if (from !== to) expect(payloadBytes(switched.message)).toEqual(payloadBytes(message))
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
