import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { characterCount, endOf } from './characters'
import { hiddenRanges } from './hiddenCharacters'
import { hostileTexts } from './textTesting'
import { shortDifferent, shortVisible, shownText, visibleName, visibleText } from './visibleText'

const texts = fc.string({
  unit: fc.constantFrom(
    'a',
    'é',
    '🌡',
    '度',
    '/',
    ' ',
    '\\',
    'م',
    'क',
    '्',
    '\u202e',
    '\n',
    '\0',
    '\ud800',
    '\u200c',
    '\u200d',
    '\ufe0f',
    '\u0301',
    '\u{e0061}',
    '\u00a0',
    '\u3164',
  ),
  maxLength: 80,
})
const limits = fc.integer({ min: 6, max: 60 })
const names = fc.boolean()

const joined = (text: string, options: Parameters<typeof shownText>[1]) =>
  shownText(text, options)
    .pieces.map((piece) => piece.text)
    .join('')

describe('visible text', () => {
  it.each([
    ['a\u202eb', 'a\\u202eb'],
    ['a\nb\u0007\ud800', 'a\\nb\\u0007\\ud800'],
    ['\u{e0061}', '\\u{e0061}'],
    ['住家/客廳/溫度 é 🌡', '住家/客廳/溫度 é 🌡'],
    ['می\u200cخواهم', 'می\u200cخواهم'],
    ['23.5\0', '23.5\\0'],
    ['two words ', 'two words '],
  ])('of %j is %j', (text, shown) => {
    expect(visibleText(text)).toBe(shown)
  })

  it.each([
    ['tz/x ', 'tz/x␣'],
    ['tz/ x', 'tz/␣x'],
    ['tz/x', 'tz/x'],
    ['tz/x\u00a0', 'tz/x\\u00a0'],
    ['tz/x\u200b', 'tz/x\\u200b'],
    ['a  b', 'a␣␣b'],
    [' ', '␣'],
  ])('of the name %j is %j', (name, shown) => {
    expect(visibleName(name)).toBe(shown)
  })

  it('says how much is cut', () => {
    expect(visibleText('x'.repeat(301))).toBe(`${'x'.repeat(300)}… (+1)`)
    expect(visibleText('🌡'.repeat(400), 10)).toBe(`${'🌡'.repeat(10)}… (+390)`)
    expect(visibleText('\u202e'.repeat(21_840), 12)).toBe('\\u202e\\u202e… (+21838)')
  })

  it('leaves emoji alone, but for those that come again and again between letters', () => {
    expect(visibleText('✅ 🚀🎉 up 🌡 21 🏠')).toBe('✅ 🚀🎉 up 🌡 21 🏠')
    expect(visibleText('👩'.repeat(50))).toBe('👩'.repeat(50))
    expect(visibleText('a👩'.repeat(8))).toBe(`${'a👩'.repeat(6)}a\\u{1f469}a\\u{1f469}`)
  })

  it('joins adjacent escapes to one piece', () => {
    expect(shownText('a\u202e\u202e\0b').pieces).toEqual([
      { text: 'a', escaped: false },
      { text: '\\u202e\\u202e\\0', escaped: true },
      { text: 'b', escaped: false },
    ])
  })

  it('loses nothing: what is shown and what is counted are the text', () => {
    fc.assert(
      fc.property(texts, limits, names, (text, limit, isName) => {
        const { pieces, more } = shownText(text, { limit, isName })
        const whole = joined(text, { limit: Infinity, isName, mostPieces: Infinity })
        const shown = pieces.map((piece) => piece.text).join('')
        expect(whole.startsWith(shown)).toBe(true)
        expect(more === 0).toBe(shown === whole)
        expect(characterCount(shown)).toBeLessThanOrEqual(limit)
        // The text without its last `more` characters makes exactly what is shown.
        const characters = Array.from(text)
        const escaped = Array.from(whole.slice(shown.length))
        expect(more).toBeLessThanOrEqual(Math.min(characters.length, escaped.length))
      }),
    )
  })

  it('has no more pieces than asked for, neighbours differ, and no hidden character is left in any', () => {
    fc.assert(
      fc.property(texts, limits, fc.integer({ min: 1, max: 6 }), (text, limit, mostPieces) => {
        const { pieces } = shownText(text, { limit, mostPieces })
        expect(pieces.length).toBeLessThanOrEqual(mostPieces)
        pieces.forEach((piece, index) => {
          expect(piece.text).not.toMatch(/[\p{Cc}\u202e\u00a0\u3164]/u)
          expect(piece.text).not.toBe('')
          expect(piece.escaped).not.toBe(pieces[index + 1]?.escaped)
        })
        expect(joined(text, { limit, mostPieces })).toBe(joined(text, { limit }))
      }),
    )
  })

  it('tells names apart that differ in nothing but hidden characters', () => {
    const blank = fc.constantFrom(
      ' ',
      '\u00a0',
      '\u200b',
      '\u200d',
      '\u3164',
      '\u2800',
      '\ufe0f',
      '\t',
      '\0',
      '\u{e0061}',
    )
    fc.assert(
      fc.property(fc.constantFrom('x', 'tz/x', 'home/living room'), blank, fc.nat(), (name, extra, place) => {
        const at = place % 2 === 0 ? 0 : name.length
        const other = name.slice(0, at) + extra + name.slice(at)
        expect(visibleName(other)).not.toBe(visibleName(name))
        expect(visibleName(other).trim()).toBe(visibleName(other))
      }),
    )
  })

  it.each(Object.entries(hostileTexts))('is bounded for 65,535 bytes of %s, and says what is cut', (_, text) => {
    for (const isName of [false, true]) {
      const { pieces, more } = shownText(text, { isName })
      expect(pieces.length).toBeLessThanOrEqual(6)
      expect(pieces.reduce((length, piece) => length + characterCount(piece.text), 0)).toBeLessThanOrEqual(300)
      expect(more).toBeGreaterThan(0)
    }
  })

  it.each(Object.entries(hostileTexts))('looks at a bounded part of %s only', (_, text) => {
    // A text that tells how much of it was asked for: all searches work on the head that `slice` gives.
    const asked: number[] = []
    const watched = Object.assign(Object(text) as object, {
      slice: (from: number, to?: number) => {
        asked.push((to ?? text.length) - from)
        return text.slice(from, to)
      },
    }) as unknown as string
    shownText(watched, { limit: 300 })
    expect(asked).toHaveLength(1)
    expect(asked[0]).toBeLessThanOrEqual(700)
  })

  // A time that grew with the square of the text would be hours, and no test has that long.
  it.each(Object.entries(hostileTexts))('finds all that is hidden in four times %s', (_, text) => {
    const hidden = (of: string) => {
      let count = 0
      for (const range of hiddenRanges(of, true)) count += range.to - range.from
      return count
    }
    expect(hidden(text.repeat(4))).toBeGreaterThanOrEqual(hidden(text))
  })
})

describe('a shortened name', () => {
  it('is whole, or ends with an ellipsis behind whole characters and escapes, and is no longer than allowed', () => {
    fc.assert(
      fc.property(texts, limits, (text, limit) => {
        const short = shortVisible(text, limit)
        const whole = joined(text, { limit: Infinity, isName: true })
        if (Array.from(whole).length <= limit) expect(short).toBe(whole)
        else {
          expect(short.endsWith('…')).toBe(true)
          expect(whole.startsWith(short.slice(0, -1))).toBe(true)
          expect(Array.from(short).length).toBeLessThanOrEqual(limit + 1)
        }
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
    const alike = fc.string({ unit: fc.constantFrom('\n', '\\', 'n', 'u', '0', '\u0000', ' ', '␣') })
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
