import Papa from 'papaparse'
import { joinedBytes } from '#shared/encoding/joinedBytes'

/** A row of a CSV file, as it is written or with why it is not there. */
export type CsvRow = { readonly fields: readonly string[] } | { readonly isTooLong: true }

/** Of fields: more in one is taken for a quote that nobody closed. */
const longestRow = 2 ** 28

const quote = 0x22
const comma = 0x2c
const feed = 0x0a
const carriageReturn = 0x0d

/**
 * The rows of a CSV file (RFC 4180), which comes in pieces. Where a row ends is looked for in the bytes: a line feed that is in no
 * quoted field, as in all encodings that have ASCII as it is. Each is parsed by itself, so that some may end with CR LF and others
 * with LF.
 */
export function* csvRowsOf(
  pieces: Iterable<Uint8Array>,
  textOf: (bytes: Uint8Array) => string,
  longest: number = longestRow,
): Generator<CsvRow> {
  const ends = createRowEnds()
  let held: Uint8Array[] = []
  let length = 0
  const hold = (bytes: Uint8Array) => {
    held.push(bytes)
    length += bytes.length
  }
  const whole = (): CsvRow => {
    const text = textOf(joinedBytes(held))
    held = []
    length = 0
    const [fields = ['']] = Papa.parse<string[]>(text.replace(/\r?\n$/, ''), { delimiter: ',', newline: '\n' }).data
    return { fields }
  }
  for (const piece of pieces) {
    let start = 0
    for (let end = ends.next(piece, 0); end >= 0; end = ends.next(piece, end)) {
      hold(piece.subarray(start, end))
      yield whole()
      start = end
    }
    hold(piece.subarray(start))
    if (length <= longest) continue
    held = []
    length = 0
    ends.restart()
    yield { isTooLong: true }
  }
  if (length > 0) yield whole()
}

/** Finds where rows end, from one piece to the next. */
const createRowEnds = () => {
  let isQuoted = false
  let isAtFieldStart = true
  /** A quote in a quoted field: what follows says whether it ends there. */
  let isAfterQuote = false
  return {
    restart: () => {
      isQuoted = false
      isAtFieldStart = true
      isAfterQuote = false
    },
    /** The place behind the first row that ends from `from` on; -1 = none does in this piece. */
    next: (piece: Uint8Array, from: number): number => {
      for (let at = from; at < piece.length; at += 1) {
        const byte = piece[at]
        if (isAfterQuote) {
          isAfterQuote = false
          if (byte === quote) continue
          if (byte === comma || byte === feed || byte === carriageReturn) isQuoted = false
        } else if (isQuoted) {
          if (byte === quote) isAfterQuote = true
          continue
        }
        if (isQuoted) continue
        if (byte === feed) {
          isAtFieldStart = true
          return at + 1
        }
        if (byte === quote && isAtFieldStart) isQuoted = true
        isAtFieldStart = byte === comma
      }
      return -1
    },
  }
}
