import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeUtf8 } from '#shared/mqtt/utf8'
import { oneLineOf, readingOf } from './payloadReading'

const hex = (pairs: string) => Uint8Array.from(Buffer.from(pairs, 'hex'))

describe('a payload reads as', () => {
  it.each([
    ['a C string', '32332e3500', 'text'],
    ['one with two NULs', '4f4e0000', 'text'],
    ['one with a line end behind its NUL', '4f4e000d0a', 'text'],
    ['an escape sequence', '1b5b33316d7265641b5b306d206f6b', 'text'],
    ['JSON behind a byte order mark', 'efbbbf7b7d', 'text'],
    ['text in Chinese', 'e6baab', 'text'],
    ['an empty line', '0d0a', 'text'],
    ['nothing', '', 'empty'],
    ['NULs alone', '0000', 'binary'],
    ['a NUL within', '610062', 'binary'],
    ['a NUL in front', '0061', 'binary'],
    ['no UTF-8', '61ff', 'binary'],
    ['no UTF-8 before a NUL', 'ff00', 'binary'],
    ['a character that its end cuts', 'e6ba', 'binary'],
    ['a control character', '6107', 'binary'],
    ['UTF-16', '410042004300', 'binary'],
  ])('%s', (_, bytes, reading) => {
    expect(readingOf(hex(bytes))).toBe(reading)
  })

  it('the same whether all of a text is here or its start', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 4 }), fc.nat(), (text, cut) => {
        const bytes = encodeUtf8(text.replace(/[\p{Cc}]/gu, 'x'))
        expect(readingOf(bytes)).toBe('text')
        expect(readingOf(bytes.subarray(0, 4 + (cut % (bytes.length - 3))), bytes.length)).toBe('text')
      }),
    )
  })

  it('what its first 64 KiB say, however large it is', () => {
    const large = new Uint8Array(200_000).fill(0x41)
    large[70_000] = 1
    expect(readingOf(large)).toBe(readingOf(large.subarray(0, 65_536), large.length))
    large[60_000] = 1
    expect(readingOf(large)).toBe('binary')
  })
})

describe('one line of a payload', () => {
  const lineOf = (bytes: Uint8Array, payloadBytes = bytes.length) => oneLineOf(bytes, { payloadBytes, hexBytes: 4 })

  it('is its text with white space drawn together, and nothing else', () => {
    expect(lineOf(encodeUtf8('{\n  "a": 1\n}\n'))).toEqual({ kind: 'text', text: '{ "a": 1 }', cut: false })
    expect(lineOf(encodeUtf8('23.5\0'))).toEqual({ kind: 'text', text: '23.5\0', cut: false })
    const odd = '\ufeffa\u00a0b\u2003c\u2028'
    expect(lineOf(encodeUtf8(odd))).toEqual({ kind: 'text', text: odd, cut: false })
  })

  it('is its start where it is long, with whole characters', () => {
    const bytes = encodeUtf8('溫'.repeat(10))
    expect(oneLineOf(bytes, { payloadBytes: 30, hexBytes: 4, textBytes: 8 })).toEqual({
      kind: 'text',
      text: '溫溫',
      cut: true,
    })
    expect(lineOf(bytes.subarray(0, 7), 30)).toEqual({ kind: 'text', text: '溫溫', cut: true })
  })

  it('is its first bytes where it is binary', () => {
    expect(lineOf(hex('ff00010203'))).toEqual({ kind: 'binary', first: hex('ff000102'), cut: true })
    expect(lineOf(new Uint8Array())).toEqual({ kind: 'empty' })
  })
})
