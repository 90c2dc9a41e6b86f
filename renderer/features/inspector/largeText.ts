import { decodeUtf8, isUtf8 } from '#shared/mqtt/utf8'
import type { Lines } from './textLines'

/** Large texts do not wrap, so a line is cut at what most panes show of it. */
export const longestLargeLine = 240

/** Every so many lines it is remembered where one starts; those between are found again when they are shown. */
const linesPerMark = 64
/** How many lines are found between two looks at the clock. */
const linesPerLook = 512

const lineFeed = 0x0a
const carriageReturn = 0x0d
const isTail = (byte: number) => (byte & 0xc0) === 0x80

/** Where the line that starts at `start` ends: behind its line feed, or where it is cut, never within a character. */
const lineEnd = (bytes: Uint8Array, start: number): number => {
  let characters = 0
  let tails = 0
  for (let index = start; index < bytes.length; index += 1) {
    const byte = bytes[index] ?? 0
    if (byte === lineFeed) return index + 1
    // No character has more than three tails: what has is no UTF-8 and may be cut.
    if (isTail(byte) && tails < 3) {
      tails += 1
      continue
    }
    if (characters === longestLargeLine) return index
    characters += 1
    tails = 0
  }
  return bytes.length
}

/**
 * The lines of a text of any size, found a few milliseconds at a time and decoded when they are shown. What it holds
 * beside the bytes is one number for many lines.
 */
export const createLargeText = (bytes: Uint8Array) => {
  const marks: number[] = []
  let count = 0
  let start = 0
  let isDone = false
  let isValid = true

  const addLine = (at: number) => {
    if (count % linesPerMark === 0) marks.push(at)
    count += 1
  }
  /** Finds one line; answers whether it was the last. */
  const step = (): boolean => {
    addLine(start)
    const end = lineEnd(bytes, start)
    isValid &&= isUtf8(bytes, start, end)
    isDone = end === bytes.length
    // Behind a last line feed there is an empty line, as every editor shows it.
    if (isDone && end > start && bytes[end - 1] === lineFeed) addLine(end)
    start = end
    return isDone
  }
  const startOf = (index: number) => {
    let at = marks[Math.floor(index / linesPerMark)] ?? bytes.length
    for (let line = index - (index % linesPerMark); line < index; line += 1) at = lineEnd(bytes, at)
    return at
  }
  const lineAt = (index: number) => {
    const from = startOf(index)
    const end = lineEnd(bytes, from)
    const endsHere = end > from && bytes[end - 1] === lineFeed
    const textEnd = endsHere ? (bytes[end - 2] === carriageReturn && end - 2 >= from ? end - 2 : end - 1) : end
    return { text: decodeUtf8(bytes.subarray(from, textEnd)), continues: !endsHere && end < bytes.length }
  }

  return {
    /** Finds more lines for about so long; answers whether all are found. */
    advance: (milliseconds: number): boolean => {
      const until = performance.now() + milliseconds
      while (!isDone) {
        for (let line = 0; line < linesPerLook; line += 1) if (step()) return true
        if (performance.now() >= until) break
      }
      return isDone
    },
    /** Those found so far. */
    lines: (): Lines => ({ count, at: lineAt }),
    /** Of what was looked through so far. */
    validUtf8: () => isValid,
    isDone: () => isDone,
  }
}
export type LargeText = ReturnType<typeof createLargeText>
