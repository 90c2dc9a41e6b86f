import { characterStart } from '#shared/text/characters'
import { suspectCount } from '#shared/text/hiddenCharacters'
import type { Lines } from './lines'

/** Longer lines are cut: an engine needs seconds to lay out a line of megabytes. */
export const longestLine = 2_000

/** A text by lines, found once; the lines themselves are made when they are shown. CR before LF is not shown. */
export const textLines = (text: string): Lines => {
  const starts = growing()
  let start = 0
  while (true) {
    starts.push(start)
    const lineFeed = text.indexOf('\n', start)
    const end = lineFeed < 0 ? text.length : lineFeed
    const cut = lineCut(text, start, end)
    if (cut < end) start = cut
    else if (lineFeed < 0) break
    else start = lineFeed + 1
  }
  const count = starts.length()
  return {
    count,
    at: (index) => {
      const from = starts.at(index)
      if (index === count - 1) return { text: text.slice(from), continues: false }
      const next = starts.at(index + 1)
      if (text[next - 1] !== '\n') return { text: text.slice(from, next), continues: true }
      const end = text[next - 2] === '\r' && next - 2 >= from ? next - 2 : next - 1
      return { text: text.slice(from, end), continues: false }
    },
  }
}

/** An escape takes the place of six characters and more, so a line that has many of them is cut after fewer. */
const longestEscapedLine = longestLine / 10
const fewEscapes = longestEscapedLine / 20

/** Where the line from `start` to `end` is cut for display: at `end` where it is short enough. Parts no character. */
export const lineCut = (text: string, start: number, end: number): number => {
  if (end - start <= longestEscapedLine) return end
  const farthest = end - start <= longestLine ? end : characterStart(text, start + longestLine)
  for (let at = start, next = start; at < farthest; at = next) {
    next = Math.min(farthest, characterStart(text, at + longestEscapedLine))
    if (suspectCount(text.slice(at, next)) > fewEscapes) return at === start ? next : at
  }
  return farthest
}

/** About how many characters a line takes on screen, escapes as written. */
export const shownLength = (text: string): number => text.length + 5 * suspectCount(text)

const growing = () => {
  let values = new Uint32Array(1_024)
  let length = 0
  return {
    push: (value: number) => {
      if (length === values.length) {
        const grown = new Uint32Array(values.length * 2)
        grown.set(values)
        values = grown
      }
      values[length++] = value
    },
    at: (index: number) => values[index] ?? 0,
    length: () => length,
  }
}
