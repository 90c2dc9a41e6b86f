/** A line of a file: its bytes without what ends it. */
export interface RecordedLine {
  /** Counted from 1. */
  readonly number: number
  readonly bytes: Uint8Array
}

/** Ended by LF or CR LF; a last one may end with the file. */
export function* linesOf(bytes: Uint8Array): Generator<RecordedLine> {
  let number = 1
  for (let start = isMarked(bytes) ? 3 : 0; start < bytes.length; number++) {
    const feed = bytes.indexOf(0x0a, start)
    const end = feed < 0 ? bytes.length : feed
    const hasReturn = end > start && bytes[end - 1] === 0x0d
    yield { number, bytes: bytes.subarray(start, hasReturn ? end - 1 : end) }
    start = end + 1
  }
}

/** A byte order mark of UTF-8. */
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
