import { characterCount } from './characters'
import { shownCharacters, shownText } from './visibleText'

/**
 * What a stranger wrote, as one line for a terminal, a log file or an error: no control, no escape sequence, no line
 * break and no change of direction is in it, and it has at most `limit` characters (20 at least), the number of those left
 * out among them.
 */
export const visibleLine = (text: string, limit = shownCharacters): string => {
  const whole = shownText(text, { limit })
  const line = (shown: typeof whole) => shown.pieces.map((piece) => piece.text).join('')
  if (whole.more === 0) return line(whole)
  const cut = shownText(text, { limit: Math.max(0, limit - cutNote(characterCount(text)).length) })
  return line(cut) + cutNote(cut.more)
}

const cutNote = (more: number): string => `… (${more} more characters)`
