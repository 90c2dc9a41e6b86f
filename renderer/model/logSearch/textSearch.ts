import { decodeUtf8, encodeUtf8 } from '#shared/mqtt/utf8'
import { skipWhite } from '#shared/json/jsonTokens'
import { createByteFinder, createExactFinder, findBackslash, findBeyondAscii, type ByteFinder } from './byteFinder'
import type { QuickTest } from './quickTest'

/** A way to find a text in bytes. Where it is not `exact`, what it finds is a place to decode and look again. */
export interface TextProbe {
  readonly find: ByteFinder
  /** Bytes from a found place on that must lie within the payload. */
  readonly length: number
  readonly exact: boolean
  /** Whether a found place counts, as far as the bytes around it say. Absent = it does. */
  readonly counts?: (bytes: Uint8Array, place: number, end: number) => boolean
}

/** A payload that contains the text has a place for at least one of the probes. */
export interface TextSearch {
  readonly probes: readonly TextProbe[]
  /** Those that find nothing in bytes which are all ASCII. */
  readonly beyondAscii: readonly TextProbe[]
  /** Decides for one payload, decoded as UTF-8 with U+FFFD for ill-formed bytes, whatever the case of its letters. */
  readonly isIn: (payload: Uint8Array) => boolean
}

const asciiOnly = /^[\x00-\x7f]*$/

/** Has one case only, so that every text which contains it in any case has its very bytes. */
export const isCaseless = (char: string): boolean =>
  char.toLowerCase() === char && char.toUpperCase() === char && !isUncertain(char)

// U+212A and U+0130 are the only characters beyond ASCII whose lower case holds ASCII: k and i.
const hidden: readonly (readonly [ascii: string, char: string])[] = [
  ['k', '\u212a'],
  ['i', '\u0130'],
]

type Probes = Pick<TextSearch, 'probes' | 'beyondAscii'>

/** The text must not be empty. */
export const createTextSearch = (text: string): TextSearch => {
  const needle = text.toLowerCase()
  const probes = asciiOnly.test(needle) ? asciiProbes(needle) : otherProbes(needle)
  return { ...probes, isIn: (payload) => decodeUtf8(payload).toLowerCase().includes(needle) }
}

/**
 * Finds payloads that may hold a member of JSON with this key and a value that may pass; each must be read to be sure.
 * Null = the key's bytes are not certain, because ill-formed ones read as U+FFFD.
 */
export const createJsonKeySearch = (key: string, mayPass: QuickTest | null): TextSearch | null => {
  if (key.includes('\ufffd')) return null
  const escaped: TextProbe = { find: findBackslash, length: 1, exact: true }
  const bytes = encodeUtf8(`"${key}"`)
  const counts = memberTest(bytes.length, mayPass)
  const plain: TextProbe = { find: createExactFinder(bytes), length: bytes.length, exact: true, counts }
  // These never stand in a string of JSON as they are (RFC 8259 §7), nor a surrogate in UTF-8.
  const isAlwaysEscaped = /["\\\x00-\x1f\ud800-\udfff]/u.test(key)
  return { probes: isAlwaysEscaped ? [escaped] : [plain, escaped], beyondAscii: [], isIn: () => true }
}

/** Whether a key in quotes, of so many bytes, is followed by a value that may pass. */
const memberTest =
  (keyLength: number, mayPass: QuickTest | null): NonNullable<TextProbe['counts']> =>
  (bytes, place, end) => {
    const colon = skipWhite(bytes, place + keyLength, end)
    if (colon >= end || bytes[colon] !== 0x3a) return false
    return mayPass === null || mayPass(bytes, skipWhite(bytes, colon + 1, end), end)
  }

/** U+FFFD stands for ill-formed bytes, and U+0307 comes of lowering U+0130: neither stands in the bytes for certain. */
const isUncertain = (char: string) => /[\ufffd\u0307\ud800-\udfff]/u.test(char)

/** The longest run of characters beyond ASCII whose bytes are certain. */
const longestCertainRun = (needle: string): string => {
  let longest = ''
  let run = ''
  for (const char of needle) {
    run = isCaseless(char) ? run + char : ''
    if (run.length > longest.length && !asciiOnly.test(run)) longest = run
  }
  return longest
}

const probeOf = (find: ByteFinder, text: Uint8Array, exact: boolean): TextProbe => ({
  find,
  length: text.length,
  exact,
})

const exactProbe = (text: string, exact: boolean): TextProbe => {
  const bytes = encodeUtf8(text)
  return probeOf(createExactFinder(bytes), bytes, exact)
}

const asciiProbes = (needle: string): Probes => {
  const bytes = encodeUtf8(needle)
  const hiding = hidden.filter(([ascii]) => needle.includes(ascii)).map(([, char]) => exactProbe(char, false))
  return { probes: [probeOf(createByteFinder(bytes), bytes, true)], beyondAscii: hiding }
}

const otherProbes = (needle: string): Probes => {
  const run = longestCertainRun(needle)
  const probe = run === '' ? { find: findBeyondAscii, length: 1, exact: false } : exactProbe(run, run === needle)
  return { probes: [], beyondAscii: [probe] }
}
