import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyCharacter } from '../text/anyTextTesting'
import { decodeUtf8, decodeUtf8Start, encodeUtf8, isUtf8 } from './utf8'

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const platformAccepts = (bytes: Uint8Array) => {
  try {
    strict.decode(bytes)
    return true
  } catch {
    return false
  }
}
const nearlyUtf8 = fc
  .array(
    fc.constantFrom(
      0x00,
      0x41,
      0x7f,
      0x80,
      0x8f,
      0x90,
      0x9f,
      0xa0,
      0xbf,
      0xc0,
      0xc2,
      0xdf,
      0xe0,
      0xed,
      0xef,
      0xf0,
      0xf4,
      0xf5,
    ),
    {
      maxLength: 12,
    },
  )
  .map((bytes) => Uint8Array.from(bytes))

describe('utf8', () => {
  it('brings any well-formed text back', () => {
    fc.assert(fc.property(fc.string({ unit: anyCharacter }), (text) => decodeUtf8(encodeUtf8(text)) === text))
  })

  it('knows what is well-formed exactly as the platform does', () => {
    fc.assert(
      fc.property(
        fc.oneof(nearlyUtf8, fc.uint8Array({ maxLength: 40 })),
        (bytes) => isUtf8(bytes) === platformAccepts(bytes),
      ),
      { numRuns: 20_000 },
    )
  })

  it('looks at the given part only', () => {
    const bytes = Uint8Array.of(0xff, 0x61, 0xc3, 0xa4, 0xff)
    expect(isUtf8(bytes, 1, 4)).toBe(true)
    expect(isUtf8(bytes, 1, 3)).toBe(false)
  })

  it('keeps a byte order mark and replaces what is ill-formed', () => {
    expect(decodeUtf8(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61))).toBe('\ufeffa')
    expect(decodeUtf8(Uint8Array.of(0x61, 0xff, 0xe2, 0x82))).toBe('a\ufffd\ufffd')
  })
})

describe('bytes in memory that threads share', () => {
  const shared = (text: string) => {
    const bytes = encodeUtf8(text)
    const view = new Uint8Array(new SharedArrayBuffer(bytes.length + 1), 1)
    view.set(bytes)
    return view
  }

  it('are decoded like any others', () => {
    expect(decodeUtf8(shared('溫度'))).toBe('溫度')
    expect(decodeUtf8Start(shared('溫度').subarray(0, 5))).toBe('溫')
    expect(isUtf8(shared('溫度'))).toBe(true)
  })
})

describe('the start of a text', () => {
  it('leaves out a character that is cut, and is null where bytes are ill-formed', () => {
    expect(decodeUtf8Start(encodeUtf8('a溫').subarray(0, 3))).toBe('a')
    expect(decodeUtf8Start(Uint8Array.of(0x61, 0xff))).toBeNull()
    expect(decodeUtf8Start(encodeUtf8('a'))).toBe('a')
  })
})
