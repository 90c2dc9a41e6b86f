// Why it is so: build/docs/decisions/65-text-from-outside-goes-through-one-place.md
/**
 * Which characters of a text may stand on screen as they are, and which would deceive whoever reads it: controls,
 * line separators, direction controls, characters without a look of their own, blanks that are no space, and marks
 * piled on a letter. Where a script or an emoji wants such a character it stands as written.
 */

/** What may be in the way: judged one by one, because most of it is right somewhere. */
const suspect =
  String.raw`[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\ufff9-\ufffc\u2800\u{1d159}]` +
  String.raw`|(?! )\p{Zs}|(?<=\p{M}{8})\p{M}`

const pictogram = String.raw`\p{Extended_Pictographic}(?:\ufe0f|\p{Emoji_Modifier})?`
/** Emoji that are put together: joined ones, and the flags that are spelt out in tags. */
const composed = String.raw`(?<composed>${pictogram}(?:\u200d${pictogram})+|\u{1f3f4}[\u{e0020}-\u{e007e}]+\u{e007f})`

const anySuspect = new RegExp(suspect, 'gu')

/** How many characters may be hidden: never too few, and found at the speed of the platform. */
export const suspectCount = (text: string): number => text.length - text.replace(anySuspect, '').length

const inText = new RegExp(`${composed}|${suspect}`, 'gu')
// The sign that stands for a space is hidden where it stands for itself, so that no two names read the same.
const inNames = new RegExp(`${composed}|(?<spaces> +)|\u2423|${suspect}`, 'gu')

/** The letters and marks of scripts in which a joiner changes how its neighbours are written. */
const joining = `(?=[\\p{L}\\p{M}])[${[
  'Arab',
  'Syrc',
  'Mand',
  'Mong',
  'Nkoo',
  'Phag',
  'Adlm',
  'Rohg',
  'Sogd',
  'Mani',
  'Deva',
  'Beng',
  'Guru',
  'Gujr',
  'Orya',
  'Taml',
  'Telu',
  'Knda',
  'Mlym',
  'Sinh',
  'Khmr',
  'Mymr',
  'Tibt',
  'Bali',
  'Java',
  'Sund',
  'Newa',
  'Tirh',
  'Gran',
]
  .map((script) => `\\p{Script_Extensions=${script}}`)
  .join('')}]`
const virama =
  '[\\u094d\\u09cd\\u0a4d\\u0acd\\u0b4d\\u0bcd\\u0c4d\\u0ccd\\u0d3b\\u0d3c\\u0d4d\\u0dca\\u1039\\u103a\\u17d2\\u1b44\\ua9c0]'
const eastAsian =
  '[\\p{Script_Extensions=Han}\\p{Script_Extensions=Hira}\\p{Script_Extensions=Kana}\\p{Script_Extensions=Hang}\\uff01-\\uff60]'

/** Where suspects are right: which ones, with what has to stand before and behind them. */
const rightPlaces: readonly (readonly [from: number, to: number, place: string])[] = [
  // RFC 5892, appendix A.1 and A.2, without asking which form a letter has.
  [0x200c, 0x200d, `(?<=${joining})[\\u200c\\u200d](?=${joining})|(?<=${virama})[\\u200c\\u200d]`],
  // Emoji and text presentation, keycaps, forms of ideographs, of operators, and of Mongolian letters.
  [
    0xfe00,
    0xfe0f,
    String.raw`(?<=\p{Extended_Pictographic})[\ufe0e\ufe0f]|(?<=[0-9#*])\ufe0f(?=\u20e3)` +
      String.raw`|(?<=\p{Ideographic})[\ufe00-\ufe02]|(?<=\p{Sm})\ufe00`,
  ],
  [0xe0100, 0xe01ef, String.raw`(?<=\p{Ideographic})[\u{e0100}-\u{e01ef}]`],
  [0x180b, 0x180f, String.raw`(?<=\p{Script_Extensions=Mongolian})[\u180b-\u180f]`],
  // A syllable of Hangul that lacks a part.
  [0x115f, 0x1160, String.raw`\u115f(?=[\u1161-\u11a7])|(?<=[\u1100-\u115e])\u1160`],
  // The blanks of scripts that have blanks of their own.
  [0x3000, 0x3000, `(?<=${eastAsian})\\u3000(?=${eastAsian})`],
  [0x2800, 0x2800, String.raw`(?<=[\u2801-\u28ff])\u2800(?=[\u2801-\u28ff])`],
]

const made = new Map<string, RegExp>()

// The flag is newer than what the compiler is told to write.
const recommended = new RegExp(String.raw`^\p{RGI_Emoji}$`, 'v')
const unqualified = /(?!\p{Emoji_Presentation})(\p{Extended_Pictographic})(?![\ufe0f\p{Emoji_Modifier}])/gu

export interface HiddenRange {
  readonly from: number
  readonly to: number
}

/**
 * The parts of a text that must not stand as written, in order, one for each character or run of spaces.
 * `isName`: a topic, a filter or another name, in which spaces at an edge or in a row deceive as well.
 */
export function* hiddenRanges(text: string, isName: boolean): Generator<HiddenRange> {
  for (const match of text.matchAll(isName ? inNames : inText)) {
    const from = match.index
    const to = from + match[0].length
    const { composed: emoji, spaces } = match.groups ?? {}
    if (spaces !== undefined) {
      if (isName && deceiveInName(text, from, to)) yield { from, to }
    } else if (emoji === undefined) {
      if (!standsRight(text, from)) yield { from, to }
    } else if (!isOneEmoji(emoji)) yield* partsOf(text, from, to)
  }
}

/** Made at the first use: the engine needs a tenth of a second to compile the classes of all scripts. */
const expressionFor = (place: string): RegExp => {
  const known = made.get(place) ?? new RegExp(place, 'uy')
  made.set(place, known)
  return known
}

const standsRight = (text: string, index: number): boolean => {
  const code = text.codePointAt(index) ?? 0
  const [, , place] = rightPlaces.find(([from, to]) => from <= code && code <= to) ?? []
  if (place === undefined) return false
  const expression = expressionFor(place)
  expression.lastIndex = index
  return expression.test(text)
}

/** Whether people know it as one emoji. Selectors may be missing, as many keyboards leave them out. */
const isOneEmoji = (sequence: string): boolean =>
  sequence.length < 64 && recommended.test(sequence.replace(unqualified, '$1\ufe0f'))

/** Spaces at an edge of a level of a topic, or several of them: neither is seen. */
const deceiveInName = (text: string, from: number, to: number): boolean =>
  to - from > 1 || from === 0 || to === text.length || text[from - 1] === '/' || text[to] === '/'

const joinerOrTag = /\u200d|[\u{e0020}-\u{e007f}]/gu

function* partsOf(text: string, from: number, to: number): Generator<HiddenRange> {
  for (const { index, 0: part } of text.slice(from, to).matchAll(joinerOrTag))
    yield { from: from + index, to: from + index + part.length }
}
