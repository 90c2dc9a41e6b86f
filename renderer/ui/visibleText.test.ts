import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { endOf, shortDifferent, shortVisible, visiblePieces, visibleText } from './visibleText'

describe('visibleText', () => {
  it('shows a right-to-left override instead of obeying it', () => {
    expect(visibleText('a\u202eb')).toBe('a\\u202eb')
  })

  it('leaves letters of any language and emoji alone', () => {
    expect(visibleText('住家/客廳/溫度 é 🌡')).toBe('住家/客廳/溫度 é 🌡')
  })

  it('escapes line breaks, controls and lone surrogates', () => {
    expect(visibleText('a\nb\u0007\ud800')).toBe('a\\nb\\u0007\\ud800')
  })

  it('cuts into pieces that join to the same text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(
          visiblePieces(text)
            .map((piece) => piece.text)
            .join(''),
        ).toBe(visibleText(text))
      }),
    )
  })
})

describe('a shortened text', () => {
  const texts = fc.string({ unit: fc.constantFrom('a', 'é', '🌡', '\u202e', '\n', '\ud800', '度'), maxLength: 40 })
  const limits = fc.integer({ min: 6, max: 30 })

  it('is whole, or ends with an ellipsis behind whole characters and escapes, and is no longer than allowed', () => {
    fc.assert(
      fc.property(texts, limits, (text, limit) => {
        const short = shortVisible(text, limit)
        const whole = visibleText(text)
        if (Array.from(whole).length <= limit) {
          expect(short).toBe(whole)
          return
        }
        const shown = short.slice(0, -1)
        expect(short.endsWith('…')).toBe(true)
        expect(Array.from(shown).length).toBeLessThanOrEqual(limit)
        // Some number of the text's characters makes exactly what is shown.
        const beginnings = Array.from(text).map((_, count) => visibleText(Array.from(text).slice(0, count).join('')))
        expect(beginnings).toContain(shown)
      }),
    )
  })

  it('may be its end', () => {
    fc.assert(
      fc.property(texts, limits, (text, limit) => {
        const characters = Array.from(text)
        const expected = characters.length <= limit ? text : `…${characters.slice(-limit).join('')}`
        expect(endOf(text, limit)).toBe(expected)
      }),
    )
  })

  it('still differs from another one', () => {
    const [one, other] = shortDifferent(`${'x'.repeat(80)}🌡1`, `${'x'.repeat(80)}🌡2${'y'.repeat(80)}`, 60)
    expect(one).toBe('…xxxxxxxx🌡1')
    expect(other).toBe(`…xxxxxxxx🌡2${'y'.repeat(50)}…`)
    expect(shortDifferent('a\n', 'a\\n', 60)).toEqual(['a\\n', 'a\\\\n'])
    const alike = fc.string({ unit: fc.constantFrom('\n', '\\', 'n', 'u', '0', '\u0000') })
    fc.assert(
      fc.property(fc.nat(200), fc.oneof(texts, alike), fc.oneof(texts, alike), (length, first, second) => {
        fc.pre(first !== second)
        const same = 'x'.repeat(length)
        const [a, b] = shortDifferent(same + first, same + second, 60)
        expect(a).not.toBe(b)
      }),
    )
  })
})
