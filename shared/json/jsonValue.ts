import type { JsonPath } from './jsonPath'
import { decodeUtf8 } from '#shared/mqtt/utf8'
import { createJsonFieldReader } from './jsonFields'

/**
 * A value of JSON that stands in these bytes, as a text: of a string what it says, of everything else how it is written, so
 * that a number keeps every digit. An object or array stands on one line, whatever its white space was.
 */
export const jsonValueText = (bytes: Uint8Array, start: number, end: number): string => {
  const written = decodeUtf8(bytes.subarray(start, end))
  if (written.startsWith('"')) return written.includes('\\') ? String(JSON.parse(written)) : written.slice(1, -1)
  return /^[[{]/.test(written) ? onOneLine(written) : written
}

/** Reads the value at a path of JSON payloads; null = the bytes are no JSON, or have no such value. */
export const createJsonValueReader = (path: JsonPath): ((bytes: Uint8Array) => string | null) => {
  const reader = createJsonFieldReader([path])
  return (bytes) => {
    if (!reader.read(bytes, 0, bytes.length)) return null
    const start = reader.starts[0] ?? -1
    return start < 0 ? null : jsonValueText(bytes, start, reader.ends[0] ?? 0)
  }
}

/** Strings as they are; outside of them, white space only behind commas and colons. */
const onOneLine = (written: string): string =>
  written.replace(/("(?:[^"\\]|\\.)*")|([,:])|[ \t\r\n]+/g, (_, text?: string, mark?: string) =>
    text === undefined ? (mark === undefined ? '' : `${mark} `) : text,
  )
