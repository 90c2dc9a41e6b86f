import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Lines } from './lines'
import { longestLine, textLines } from './textLines'

const allOf = (lines: Lines) => Array.from({ length: lines.count }, (_, index) => lines.at(index))

describe('text lines', () => {
  it('put together are the text', () => {
    const piece = fc.oneof(fc.constant('\n'), fc.constant('😀'), fc.constant('x'.repeat(1_999)), fc.string())
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = pieces.join('').replaceAll('\r', '')
        const lines = allOf(textLines(text))
        const joined = lines.map((line) => line.text + (line.continues ? '' : '\n')).join('')
        expect(joined).toBe(`${text}\n`)
        expect(Math.max(...lines.map((line) => line.text.length))).toBeLessThanOrEqual(longestLine)
        // fc.string has no lone surrogates, so none may come of a cut.
        expect(lines.every((line) => line.text.isWellFormed())).toBe(true)
      }),
    )
  })

  it('do not show CR before LF, and are quick for 5 MB in one line', () => {
    expect(allOf(textLines('a\r\nb')).map((line) => line.text)).toEqual(['a', 'b'])
    expect(textLines('x'.repeat(5_000_000)).count).toBe(2_500)
    expect(textLines('\n'.repeat(5_000_000)).count).toBe(5_000_001)
  })

  it('are cut into shorter lines where many characters stand as escapes', () => {
    for (const part of ['\u202e', 'a\u0001', '\u{e0061}']) {
      const text = part.repeat(20_000)
      const lines = allOf(textLines(text))
      expect(lines.map((line) => line.text).join('')).toBe(text)
      expect(Math.max(...lines.map((line) => line.text.length))).toBeLessThan(longestLine / 4)
    }
  })
})
