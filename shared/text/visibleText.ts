// Why it is so: build/docs/decisions/65-text-from-outside-goes-through-one-place.md
import { characterCount, characterStart } from './characters'
import { hiddenRanges } from './hiddenCharacters'

/** Characters shown of a text that may be of any length: more than a line of any screen holds. */
export const shownCharacters = 300

/** Stands for a space that would be overlooked. */
const spaceSign = '␣'
const named: Readonly<Record<string, string>> = {
  ' ': spaceSign,
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\0': '\\0',
}

interface TextPiece {
  readonly text: string
  readonly escaped: boolean
}

export interface ShownText {
  /** In order; neighbours differ in `escaped`. */
  readonly pieces: readonly TextPiece[]
  /** Characters of the text that are not shown. */
  readonly more: number
}

export interface ShowOptions {
  /** Characters shown, escapes counted as written. */
  readonly limit?: number
  /** A topic, a filter or another name: spaces at an edge of a level, or several, are shown as well. */
  readonly isName?: boolean
  /** Tabs stand as tabs: for a text that is laid out in lines. */
  readonly keepsTabs?: boolean
  /** Each piece is an element on screen: what would be more is one last piece, in which text and escapes stand together. */
  readonly mostPieces?: number
}

const mostPiecesUsually = 6
/** How far a character's neighbours are looked at. */
const contextUnits = 80

interface Unit {
  /** As it is shown. */
  readonly text: string
  readonly escaped: boolean
  /** Where it ends in the text. */
  readonly end: number
}

/**
 * Between letters and emoji an engine changes the font, which takes it half a millisecond where no font has the emoji.
 * After so many changes emoji stand as escapes.
 */
const mostFontChanges = 12
const anyBeyondBmp = /[\u{10000}-\u{10ffff}]/u

type Pieces = { text: string; escaped: boolean }[]

/**
 * The text with what would deceive as escapes, e.g. `\u202e`, no longer than the limit. The work depends on the limit,
 * not on the text, but for counting what is left out.
 */
export const shownText = (text: string, options: ShowOptions = {}): ShownText => {
  const { limit = shownCharacters, isName = false, mostPieces = mostPiecesUsually } = options
  if (text.length <= limit && isPlain(text, isName))
    return { pieces: text === '' ? [] : [{ text, escaped: false }], more: 0 }
  const headEnd = 2 * limit + contextUnits
  const head = headEnd < text.length ? text.slice(0, characterStart(text, headEnd)) : text
  const pieces: Pieces = []
  let left = limit
  let shownTo = 0
  for (const unit of calmed(unitsOf(head, options))) {
    left -= widthOf(unit)
    if (left < 0) break
    addUnit(pieces, unit, mostPieces)
    shownTo = unit.end
  }
  return { pieces, more: characterCount(text, shownTo) }
}

/** The text with every hidden character as an escape. What is beyond the limit is counted: `… (+65235)`. */
export const visibleText = (text: string, limit = shownCharacters): string => asString(text, { limit })

/** The same for a topic, a filter or another name. */
export const visibleName = (text: string, limit = shownCharacters): string => asString(text, { limit, isName: true })

/** The first characters of a name made visible, at most `limit` and then an ellipsis: for a name within a sentence. */
export const shortVisible = (text: string, limit: number): string => {
  const { pieces, more } = shownText(text, { limit, isName: true })
  return joined(pieces) + (more > 0 ? '…' : '')
}

/** UTF-16 units shown before the first difference. */
const contextBefore = 10

/** Two different names so short that one still sees where they differ. */
export const shortDifferent = (one: string, other: string, limit: number): readonly [one: string, other: string] => {
  const short = [shortVisible(one, limit), shortVisible(other, limit)] as const
  if (short[0] !== short[1]) return short
  let difference = 0
  while (difference < one.length && one.charCodeAt(difference) === other.charCodeAt(difference)) difference++
  const from = characterStart(one, Math.max(0, difference - contextBefore))
  const shortFrom = (text: string) => `${from > 0 ? '…' : ''}${shortVisible(text.slice(from), limit)}`
  const [shortOne, shortOther] = [shortFrom(one), shortFrom(other)]
  if (shortOne !== shortOther) return [shortOne, shortOther]
  // What is escaped in one stands letter by letter in the other.
  const plain = (text: string) => shortFrom(text.slice(0, from) + text.slice(from).replaceAll('\\', '\\\\'))
  return [plain(one), plain(other)]
}

const escapeOf = (character: string): string => {
  const hex = (character.codePointAt(0) ?? 0).toString(16)
  return named[character] ?? (hex.length > 4 ? `\\u{${hex}}` : `\\u${hex.padStart(4, '0')}`)
}

function* charactersOf(text: string, from: number, to: number): Generator<readonly [character: string, end: number]> {
  let end = from
  for (const character of text.slice(from, to)) {
    end += character.length
    yield [character, end]
  }
}

/** What a cut may stand between: escapes are whole, and so are characters of two UTF-16 units. */
function* unitsOf(text: string, { isName = false, keepsTabs = false }: ShowOptions): Generator<Unit> {
  let plainFrom = 0
  for (const { from, to } of hiddenRanges(text, isName)) {
    for (const [character, end] of charactersOf(text, plainFrom, from)) yield { text: character, escaped: false, end }
    for (const [character, end] of charactersOf(text, from, to)) {
      const stands = keepsTabs && character === '\t'
      yield { text: stands ? character : escapeOf(character), escaped: !stands, end }
    }
    plainFrom = to
  }
  for (const [character, end] of charactersOf(text, plainFrom, text.length))
    yield { text: character, escaped: false, end }
}

const isBeyondBmp = (character: string) => character.length > 1

function* calmed(units: Iterable<Unit>): Generator<Unit> {
  let changes = 0
  let wasBeyond = false
  for (const unit of units) {
    const isBeyond = !unit.escaped && isBeyondBmp(unit.text)
    const escapes = isBeyond && changes >= mostFontChanges
    if (isBeyond !== wasBeyond && !escapes) changes++
    wasBeyond = isBeyond && !escapes
    yield escapes ? { ...unit, text: escapeOf(unit.text), escaped: true } : unit
  }
}

const isPlain = (text: string, isName: boolean): boolean =>
  !anyBeyondBmp.test(text) && hiddenRanges(text, isName).next().done === true

/** Joins the last two pieces into one. */
const joinLast = (pieces: Pieces): void => {
  const last = pieces.pop()
  const before = pieces.at(-1)
  if (last && before) before.text += last.text
  else if (last) pieces.push({ ...last, escaped: true })
}

const addUnit = (pieces: Pieces, unit: Unit, mostPieces: number): void => {
  const last = pieces.at(-1)
  if (last && (last.escaped === unit.escaped || (last.escaped && pieces.length === mostPieces))) last.text += unit.text
  else if (pieces.length < mostPieces) pieces.push({ text: unit.text, escaped: unit.escaped })
  else {
    // The last one is plain and the one before it, if any, is not.
    joinLast(pieces)
    const joined = pieces.at(-1)
    if (joined) joined.text += unit.text
  }
}

/** Length of what is shown: an escape counts as it is written. */
const widthOf = ({ text, escaped }: Unit): number => (escaped ? text.length : 1)

const joined = (pieces: readonly TextPiece[]): string => pieces.map((piece) => piece.text).join('')

/** How a cut reads where there is no room or no language for words. */
const cutNote = (more: number): string => `… (+${more})`

const asString = (text: string, options: ShowOptions): string => {
  const { pieces, more } = shownText(text, options)
  return joined(pieces) + (more > 0 ? cutNote(more) : '')
}
