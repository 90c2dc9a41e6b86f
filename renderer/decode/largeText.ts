import { decodeUtf8, isUtf8, wholeCharacters } from '#shared/mqtt/utf8'
import { findInLines } from './find/findInLines'
import type { Line, Lines } from './lines'
import type { OpenedPayload, PayloadContent, PayloadNote, ShownPayload } from './payloadView'
import { notesOnUtf8 } from './textContent'

/** Large texts do not wrap, so a line is cut at what most panes show of it. */
export const longestLargeLine = 240

/** The start of one line in so many is remembered; the lines between are found again when they are shown. */
const linesPerMark = 64
/** How many lines are found before the clock is read again. */
const linesPerLook = 512

/** A large payload as text, as it is: its lines are found over many frames. `notes` say what else there is to say. */
export const openLargeText = ({ bytes, isCut }: ShownPayload, notes: readonly PayloadNote[] = []): OpenedPayload => {
  const text = createLargeText(isCut ? wholeCharacters(bytes) : bytes)
  let content: PayloadContent | null = null
  return {
    content: () => (content ??= contentOf(text, bytes, notes)),
    advance: (milliseconds) => {
      content = null
      return text.advance(milliseconds)
    },
  }
}

const contentOf = (text: LargeText, bytes: Uint8Array, notes: readonly PayloadNote[]): PayloadContent => {
  const lines = text.lines()
  const allText = () => decodeUtf8(bytes)
  return {
    lines,
    notes: [...notesOnUtf8(text.validUtf8()), ...notes],
    tokensOf: null,
    outline: null,
    isText: true,
    fixed: true,
    cutAfter: longestLargeLine,
    find: (query) => findInLines(lines, query),
    copyText: allText,
    comparedText: allText,
  }
}

interface LargeText {
  /** Finds more lines for about so many milliseconds; answers whether all are found. */
  advance(milliseconds: number): boolean
  /** Those found so far. */
  lines(): Lines
  /** Of what was looked through so far. */
  validUtf8(): boolean
}

/**
 * The lines of a text of any size, found a few milliseconds at a time and decoded when they are shown. What it holds
 * beside the bytes is one number for many lines.
 */
export const createLargeText = (bytes: Uint8Array): LargeText => {
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
  /** The line that was asked for last, and where it ends: whoever reads on from there finds no line twice. */
  let [lastIndex, lastEnd] = [-1, 0]
  const lineAt = (index: number): Line => {
    const from = index === lastIndex + 1 ? lastEnd : startOf(index)
    const end = lineEnd(bytes, from)
    lastIndex = index
    lastEnd = end
    const endsHere = end > from && bytes[end - 1] === lineFeed
    const textEnd = endsHere ? (bytes[end - 2] === carriageReturn && end - 2 >= from ? end - 2 : end - 1) : end
    return { text: decodeUtf8(bytes.subarray(from, textEnd)), continues: !endsHere && end < bytes.length }
  }

  return {
    advance: (milliseconds) => {
      const until = performance.now() + milliseconds
      while (!isDone) {
        for (let line = 0; line < linesPerLook; line += 1) if (step()) return true
        if (performance.now() >= until) break
      }
      return isDone
    },
    lines: () => ({ count, at: lineAt }),
    validUtf8: () => isValid,
  }
}

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
