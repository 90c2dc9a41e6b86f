import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeUtf8, isUtf8 } from '#shared/mqtt/utf8'
import { createLargeText, longestLargeLine } from './largeText'

const bytes = (text: string) => new TextEncoder().encode(text)
const read = (payload: Uint8Array) => {
  const text = createLargeText(payload)
  while (!text.advance(5));
  const lines = text.lines()
  return { text, lines: Array.from({ length: lines.count }, (_, index) => lines.at(index)) }
}

describe('the lines of a large text', () => {
  it('put together are the text, whatever their lengths, and no character is cut', () => {
    const piece = fc.oneof(
      fc.constant('\n'),
      fc.constant('😀'.repeat(longestLargeLine)),
      fc.constant('溫x'.repeat(200)),
      fc.string({ unit: 'grapheme' }),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 200 }), (pieces) => {
        const whole = pieces.join('').replaceAll('\r', '')
        const { lines, text } = read(bytes(whole))
        expect(lines.map((line) => line.text + (line.continues ? '' : '\n')).join('')).toBe(`${whole}\n`)
        expect(Math.max(...lines.map((line) => Array.from(line.text).length))).toBeLessThanOrEqual(longestLargeLine)
        expect(text.validUtf8()).toBe(true)
      }),
    )
  })

  it('say whether all of it is UTF-8, and lose nothing where it is not', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2_000 }), (payload) => {
        const { text, lines } = read(payload)
        expect(text.validUtf8()).toBe(isUtf8(payload))
        if (isUtf8(payload) && !payload.includes(0x0d))
          expect(lines.map((line) => line.text + (line.continues ? '' : '\n')).join('')).toBe(
            `${decodeUtf8(payload)}\n`,
          )
      }),
    )
    expect(read(new Uint8Array(100_000).fill(0x80)).lines.length).toBeGreaterThan(50)
  })

  it('do not show CR before LF', () => {
    expect(read(bytes('a\r\nb\rc\n')).lines.map(({ text }) => text)).toEqual(['a', 'b\rc', ''])
  })

  it('are found a few milliseconds at a time, and known ones can be shown meanwhile', () => {
    const text = createLargeText(bytes('x\n'.repeat(5_000_000)))
    expect(text.advance(1)).toBe(false)
    const { count, at } = text.lines()
    expect(count).toBeGreaterThan(0)
    expect(at(count - 1)).toEqual({ text: 'x', continues: false })
  })
})
