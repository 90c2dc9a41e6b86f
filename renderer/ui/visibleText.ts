/**
 * Characters that could deceive or break a line of text: C0 and C1 controls, line and paragraph separators, bidi
 * controls and invisible format characters, lone surrogates.
 */
const hidden =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

const named: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\0': '\\0' }

const escapeOf = (character: string): string =>
  named[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`

/** The text with every hidden character as a visible escape, e.g. `\u202e`. */
export const visibleText = (text: string): string => text.replace(hidden, escapeOf)

export interface TextPiece {
  readonly text: string
  readonly escaped: boolean
}

/** The same cut into plain and escaped pieces, in order. */
export const visiblePieces = (text: string): TextPiece[] => {
  const pieces: TextPiece[] = []
  let from = 0
  for (const match of text.matchAll(hidden)) {
    if (match.index > from) pieces.push({ text: text.slice(from, match.index), escaped: false })
    pieces.push({ text: escapeOf(match[0]), escaped: true })
    from = match.index + match[0].length
  }
  if (from < text.length) pieces.push({ text: text.slice(from), escaped: false })
  return pieces
}

interface ShortenedPieces {
  readonly pieces: readonly TextPiece[]
  readonly isCut: boolean
}

/** What a cut may stand between: escapes are whole, and so are characters of two UTF-16 units. */
const unitsOf = ({ text, escaped }: TextPiece): readonly string[] => (escaped ? [text] : Array.from(text))

const piecesUpTo = (text: string, limit: number): ShortenedPieces => {
  // No more than this can be shown; where it is cut there is too much anyway.
  const head = text.slice(0, 2 * limit + 2)
  const pieces: TextPiece[] = []
  let left = limit
  for (const piece of visiblePieces(head)) {
    let shown = ''
    for (const unit of unitsOf(piece)) {
      left -= piece.escaped ? unit.length : 1
      if (left < 0) break
      shown += unit
    }
    if (shown !== '') pieces.push({ text: shown, escaped: piece.escaped })
    if (left < 0) return { pieces, isCut: true }
  }
  return { pieces, isCut: false }
}

/** The first characters of the text made visible, at most `limit` and then an ellipsis. No escape is cut through. */
export const shortPieces = (text: string, limit: number): readonly TextPiece[] => {
  const { pieces, isCut } = piecesUpTo(text, limit)
  return isCut ? [...pieces, { text: '…', escaped: false }] : pieces
}

export const shortVisible = (text: string, limit: number): string =>
  shortPieces(text, limit)
    .map((piece) => piece.text)
    .join('')

const isLowSurrogate = (unit: number) => (unit & 0xfc00) === 0xdc00

/** Goes back by one where that would cut a character of two UTF-16 units. */
const characterStart = (text: string, index: number): number =>
  index > 0 && isLowSurrogate(text.charCodeAt(index)) && (text.charCodeAt(index - 1) & 0xfc00) === 0xd800
    ? index - 1
    : index

/** The end of the text, at most `limit` characters of it, behind an ellipsis. Not made visible. */
export const endOf = (text: string, limit: number): string => {
  const characters = Array.from(text.slice(characterStart(text, Math.max(0, text.length - 2 * limit - 2))))
  const shown = characters.slice(-limit).join('')
  return shown.length < text.length ? `…${shown}` : text
}

/** UTF-16 units shown before the first difference. */
const contextBefore = 10

/** Two different texts so short that one still sees where they differ. */
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
