import { describe, expect, it } from 'vitest'
import { hiddenRanges } from './hiddenCharacters'

const hiddenIn = (text: string, isName = false) =>
  [...hiddenRanges(text, isName)].map(({ from, to }) => text.slice(from, to))

describe('joiners and selectors', () => {
  it.each([
    ['Persian', 'می\u200cخواهم نرم\u200cافزار خانه\u200cای کتاب\u200cها'],
    ['Hindi', 'क्\u200dष क्\u200cष'],
    ['Malayalam, where an old final consonant ends with a joiner', 'അവന്\u200d പോയി'],
    ['Bengali', 'র\u200d্যাব'],
    ['Sinhala', 'ශ්\u200dරී ලංකා'],
    ['Arabic with vowel signs', 'مُ\u200cح'],
    ['a family', '👨\u200d👩\u200d👧\u200d👦'],
    ['a skin tone and a profession', '👩🏽\u200d🚀'],
    ['emoji with selectors', '❤\ufe0f ☀\ufe0e'],
    ['a joined emoji whose selectors are left out', '👩\u200d⚕ 🏳\u200d🌈'],
    ['the same with them', '👩\u200d⚕\ufe0f 🏳\ufe0f\u200d🌈 🏴\u200d☠\ufe0f'],
    ['flags', '🇩🇪🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}'],
    ['keycaps', '1\ufe0f\u20e3 #\ufe0f\u20e3'],
    ['a form of an ideograph', '葛\u{e0100}'],
    ['Mongolian', 'ᠠ\u180b'],
    ['the wide space of Chinese and Japanese', '住家\u3000客廳'],
    ['the blank of Braille', '⠓⠑\u2800⠺'],
    ['marks as languages use them', 'Việt ก็ שָׁלוֹם e\u0301'],
  ])('stand as written: %s', (_, text) => {
    expect(hiddenIn(text)).toEqual([])
    expect(hiddenIn(text, true)).toEqual([])
  })

  it.each([
    ['between letters of a script without joining', 'ad\u200dmin', ['\u200d']],
    ['at an edge', '\u200cمی\u200c', ['\u200c', '\u200c']],
    ['twice', 'می\u200c\u200cخواهم', ['\u200c', '\u200c']],
    ['between emoji that are none together', '🌡\u200d🍕', ['\u200d']],
    ['between an emoji and a letter', '🌡\u200dx', ['\u200d']],
    ['as a selector of a letter', 'a\ufe0f1\ufe0f', ['\ufe0f', '\ufe0f']],
    ['twice as a selector', '❤\ufe0f\ufe0f', ['\ufe0f']],
    ['as data behind a letter', 'a\u{e0100}\u{e01ef}', ['\u{e0100}', '\u{e01ef}']],
    ['as a flag of no country', '🏴\u{e0068}\u{e0069}\u{e007f}', ['\u{e0068}', '\u{e0069}', '\u{e007f}']],
  ])('deceive %s', (_, text, hidden) => {
    expect(hiddenIn(text)).toEqual(hidden)
  })
})

describe('deceiving characters', () => {
  it.each([
    ['direction', '\u202e\u202d\u202a\u2066\u2069\u200e\u200f\u061c'],
    ['no width', '\u200b\u2060\ufeff\u00ad\u034f\u180e'],
    ['tags', '\u{e0001}\u{e0061}\u{e007f}'],
    ['controls and line separators', '\u0000\u0007\u001b\u007f\u0085\u009f\u2028\u2029'],
    ['invisible operators and deprecated formats', '\u2061\u2064\u206a\u206f\ufff9\ufffb\u{1d173}\u{1bca0}'],
    [
      'blanks that are no space',
      '\u00a0\u1680\u2000\u2003\u2009\u202f\u205f\u3000\u2800\u3164\u115f\u1160\uffa0\ufffc',
    ],
    ['halves of characters and no characters', '\ud800\ufffe\u{1ffff}'],
  ])('are all found: %s', (_, text) => {
    for (const character of text) expect(hiddenIn(`a${character}b`)).toEqual([character])
  })

  it('are marks piled on one letter, from the ninth on', () => {
    expect(hiddenIn(`a${'\u0301'.repeat(8)}`)).toEqual([])
    expect(hiddenIn(`a${'\u0301'.repeat(10)}`)).toEqual(['\u0301', '\u0301'])
  })
})

describe('spaces in a name', () => {
  it.each([
    ['tz/x ', [' ']],
    ['tz/ x', [' ']],
    [' tz/x', [' ']],
    ['tz /x', [' ']],
    ['tz/ /x', [' ']],
    ['a  b/c d', ['  ']],
    ['living room/lamp', []],
  ])('of %j are hidden where nobody sees them', (text, hidden) => {
    expect(hiddenIn(text, true)).toEqual(hidden)
    expect(hiddenIn(text)).toEqual([])
  })
})
