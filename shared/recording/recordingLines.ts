import { joinedBytes } from '#shared/encoding/joinedBytes'

/** A line of a file: its bytes without what ends it. */
export interface RecordedLine {
  /** Counted from 1. */
  readonly number: number
  readonly bytes: Uint8Array
  /** Only its first bytes are here. */
  readonly isTooLong: boolean
}

/** The longest payload of MQTT (256 MiB, §2.1.4) fits in where it is text; a text of an engine has an end, too. */
const longestLine = 2 ** 28

/** Ended by LF or CR LF; a last one may end with the file. Pieces may end anywhere. */
export function* linesOf(pieces: Iterable<Uint8Array>, longest: number = longestLine): Generator<RecordedLine> {
  let number = 1
  let isFirst = true
  let held: Uint8Array[] = []
  let length = 0
  let isTooLong = false
  const hold = (bytes: Uint8Array) => {
    if (length + bytes.length > longest) isTooLong = true
    else if (bytes.length > 0) {
      held.push(bytes)
      length += bytes.length
    }
  }
  const whole = (): RecordedLine => {
    const [only] = held
    const bytes = held.length === 1 && only ? only : joinedBytes(held)
    const line = { number, bytes: withoutEnds(bytes, isFirst), isTooLong }
    held = []
    length = 0
    number += 1
    isTooLong = false
    isFirst = false
    return line
  }
  let isOpen = false
  for (const piece of pieces) {
    let start = 0
    for (let feed = piece.indexOf(0x0a); feed >= 0; feed = piece.indexOf(0x0a, start)) {
      hold(piece.subarray(start, feed))
      yield whole()
      start = feed + 1
    }
    if (piece.length > 0) isOpen = start < piece.length
    hold(piece.subarray(start))
  }
  if (isOpen) yield whole()
}

/** Without the CR before the LF, and the first one without a byte order mark of UTF-8. */
const withoutEnds = (bytes: Uint8Array, isFirst: boolean): Uint8Array =>
  bytes.subarray(isFirst && isMarked(bytes) ? 3 : 0, bytes.at(-1) === 0x0d ? bytes.length - 1 : bytes.length)

const isMarked = ([first, second, third]: Uint8Array): boolean => first === 0xef && second === 0xbb && third === 0xbf

/** A character a byte: so a text keeps also what is no UTF-8. */
export const latinText = (bytes: Uint8Array): string => {
  let text = ''
  for (let at = 0; at < bytes.length; at += chunk) text += String.fromCharCode(...bytes.subarray(at, at + chunk))
  return text
}
const chunk = 4_096

export const latinBytes = (text: string): Uint8Array => {
  const bytes = new Uint8Array(text.length)
  for (let index = 0; index < text.length; index++) bytes[index] = text.charCodeAt(index)
  return bytes
}
