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
