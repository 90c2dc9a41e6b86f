import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyCharacter } from '#shared/text/anyTextTesting'
import { bytesFromText, textFromBytes } from './payloadInFormat'

describe('text and JSON', () => {
  it('sends JSON exactly as it was typed', () => {
    const text = '{ "a": 12345678901234567890.0 }\n'
    const parsed = bytesFromText(text, 'json')
    expect(parsed.ok && textFromBytes(parsed.bytes, 'json')).toBe(text)
  })

  it('says where JSON goes wrong', () => {
    expect(bytesFromText('{"a":}', 'json')).toMatchObject({ ok: false, problem: 'json', position: 5 })
  })

  it('keeps every well-formed text', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter }), (text) => {
        const parsed = bytesFromText(text, 'text')
        expect(parsed.ok && textFromBytes(parsed.bytes, 'text')).toBe(text)
      }),
    )
  })
})

describe('CBOR and MessagePack', () => {
  it('are written from JSON', () => {
    expect(bytesFromText('{"a":1}', 'cbor')).toMatchObject({ ok: true, bytes: Uint8Array.of(0xa1, 0x61, 0x61, 1) })
    expect(bytesFromText('[]', 'messagePack')).toMatchObject({ ok: true, bytes: Uint8Array.of(0x90) })
  })

  it('send nothing where nothing stands', () => {
    expect(bytesFromText('', 'cbor')).toEqual({ ok: true, bytes: new Uint8Array() })
  })

  it('say where the JSON goes wrong, and where it cannot be encoded', () => {
    expect(bytesFromText('{"a":}', 'cbor')).toMatchObject({ ok: false, problem: 'json', position: 5 })
    expect(bytesFromText('[18446744073709551616]', 'messagePack')).toMatchObject({
      ok: false,
      problem: 'encoding',
      position: 1,
      detail: 'integerRange',
    })
  })
})
