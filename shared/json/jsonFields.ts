import type { JsonPath, PathStep } from './jsonPath'
import { decodeUtf8, encodeUtf8 } from '#shared/mqtt/utf8'
import { literalEnd, numberEnd, stringEnd, skipWhite } from './jsonTokens'

/** Finds values in JSON (RFC 8259) where it lies, without making anything of the rest. */
export interface JsonFieldReader {
  /**
   * Whether the bytes are JSON, as `JSON.parse` sees their text. Then `starts` and `ends` say by path where its value
   * stands; a start of -1 = it has none. Of equal keys the last one counts.
   */
  read(bytes: Uint8Array, start: number, end: number): boolean
  readonly starts: Int32Array
  readonly ends: Int32Array
}

/** What is wanted of a value: itself, where it has a slot, and what is in it. */
interface Wanted {
  slot: number
  readonly keys: WantedKey[]
  readonly places: Map<number, Wanted>
  /** The slots of everything in it, its own included. */
  readonly slots: number[]
}

interface WantedKey {
  readonly name: string
  readonly bytes: Uint8Array
  /** All of it is ASCII that a JSON text has as it is. */
  readonly isPlain: boolean
  readonly wanted: Wanted
}

const plainText = /^[ !#-[\]-~]*$/

/** One pass, whatever the number of paths. They must differ from each other. */
export const createJsonFieldReader = (paths: readonly JsonPath[]): JsonFieldReader => {
  const root = wantedOf(paths)
  const starts = new Int32Array(paths.length).fill(-1)
  const ends = new Int32Array(paths.length).fill(-1)
  const scan: Scan = {
    bytes: new Uint8Array(),
    end: 0,
    starts,
    ends,
    closing: [],
    containers: [],
    places: [],
    depth: 0,
    wanted: null,
    keyStart: 0,
    keyEnd: 0,
  }
  return {
    starts,
    ends,
    read: (bytes, start, end) => {
      starts.fill(-1)
      scan.bytes = bytes
      scan.end = end
      return scanDocument(scan, root, start)
    },
  }
}

const emptyWanted = (): Wanted => ({ slot: -1, keys: [], places: new Map(), slots: [] })

const wantedOf = (paths: readonly JsonPath[]): Wanted => {
  const root = emptyWanted()
  paths.forEach((path, slot) => {
    let at = root
    at.slots.push(slot)
    for (const step of path) {
      at = childOf(at, step)
      at.slots.push(slot)
    }
    at.slot = slot
  })
  return root
}

const childOf = (parent: Wanted, step: PathStep): Wanted => {
  const known =
    typeof step === 'number' ? parent.places.get(step) : parent.keys.find(({ name }) => name === step)?.wanted
  if (known) return known
  const wanted = emptyWanted()
  if (typeof step === 'number') parent.places.set(step, wanted)
  else parent.keys.push({ name: step, bytes: encodeUtf8(step), isPlain: plainText.test(step), wanted })
  return wanted
}

/** Depth comes from strangers, so what is open stands in lists and not on the stack. */
interface Scan {
  bytes: Uint8Array
  end: number
  readonly starts: Int32Array
  readonly ends: Int32Array
  /** Of each open object or array: the byte that closes it, what is wanted of it, and the place of the member that is read. */
  readonly closing: number[]
  readonly containers: (Wanted | null)[]
  readonly places: number[]
  /** How many are open. */
  depth: number
  /** What is wanted of the value that comes next. */
  wanted: Wanted | null
  /** Where the key of the member that is read begins and ends, quotes included. */
  keyStart: number
  keyEnd: number
}

const bad = -1
const brace = { open: 0x7b, close: 0x7d }
const bracket = { open: 0x5b, close: 0x5d }
const quote = 0x22
const comma = 0x2c
const colon = 0x3a
const backslash = 0x5c

const scanDocument = (scan: Scan, root: Wanted, start: number): boolean => {
  const { bytes, end } = scan
  scan.depth = 0
  scan.wanted = root
  let at = skipWhite(bytes, start, end)
  // Each turn reads a scalar or the opening of a container, and what stands between it and the next value.
  while (at !== bad) {
    at = afterValue(scan, scanValue(scan, at))
    if (scan.depth === 0) return at !== bad && skipWhite(bytes, at, end) === end
  }
  return false
}

/** Past a scalar, or past the opening of a container, which is open then. */
const scanValue = (scan: Scan, at: number): number => {
  const { bytes, end, wanted } = scan
  if (at >= end) return bad
  const first = bytes[at] ?? 0
  const slot = wanted === null ? -1 : wanted.slot
  if (slot >= 0) scan.starts[slot] = at
  if (first === brace.open || first === bracket.open) {
    const { depth } = scan
    scan.closing[depth] = first === brace.open ? brace.close : bracket.close
    scan.containers[depth] = wanted
    scan.places[depth] = -1
    scan.depth = depth + 1
    return at + 1
  }
  const after = scalarEnd(bytes, at, end)
  if (slot >= 0) scan.ends[slot] = after
  return after
}

const scalarEnd = (bytes: Uint8Array, at: number, end: number): number => {
  const first = bytes[at] ?? 0
  if (first === quote) return stringEnd(bytes, at, end)
  return first === 0x74 || first === 0x66 || first === 0x6e ? literalEnd(bytes, at, end) : numberEnd(bytes, at, end)
}

/** Where the next value begins; where nothing is open any more, the end of the outermost one. */
const afterValue = (scan: Scan, from: number): number => {
  const { bytes, end } = scan
  let at = from
  while (at !== bad && scan.depth > 0) {
    const top = scan.depth - 1
    at = skipWhite(bytes, at, end)
    if (at >= end) return bad
    const byte = bytes[at] ?? 0
    const isFirst = (scan.places[top] ?? 0) < 0
    if (byte === scan.closing[top]) at = close(scan, at + 1)
    else if (isFirst) return memberValue(scan, at)
    else return byte === comma ? memberValue(scan, skipWhite(bytes, at + 1, end)) : bad
  }
  return at
}

/** The innermost container ends before `at`. */
const close = (scan: Scan, at: number): number => {
  scan.depth -= 1
  const wanted = scan.containers[scan.depth] ?? null
  if (wanted !== null && wanted.slot >= 0) scan.ends[wanted.slot] = at
  return at
}

/** Where the value of the member at `at` begins, behind its key if it has one; says what is wanted of it. */
const memberValue = (scan: Scan, at: number): number => {
  const { bytes, end } = scan
  const top = scan.depth - 1
  const container = scan.containers[top] ?? null
  const place = (scan.places[top] ?? 0) + 1
  scan.places[top] = place
  if (scan.closing[top] === bracket.close) {
    scan.wanted = container === null ? null : (container.places.get(place) ?? null)
    return at
  }
  const keyEnd = at < end && bytes[at] === quote ? stringEnd(bytes, at, end) : bad
  if (keyEnd === bad) return bad
  const colonAt = skipWhite(bytes, keyEnd, end)
  if (colonAt >= end || bytes[colonAt] !== colon) return bad
  scan.keyStart = at
  scan.keyEnd = keyEnd
  const wanted = container === null ? null : wantedUnder(container, scan)
  // The same key may have stood before.
  if (wanted !== null) for (const slot of wanted.slots) scan.starts[slot] = -1
  scan.wanted = wanted
  return skipWhite(bytes, colonAt + 1, end)
}

/** What is wanted of the member with the key that was read. */
const wantedUnder = ({ keys }: Wanted, scan: Scan): Wanted | null => {
  for (const key of keys) if (isKey(key, scan)) return key.wanted
  return null
}

/**
 * Whether the key that was read is this one. It may be written with escapes, which only make it longer, and ill-formed UTF-8 in it
 * reads as U+FFFD, which no key of plain characters holds.
 */
const isKey = (key: WantedKey, { bytes, keyStart: start, keyEnd: end }: Scan): boolean => {
  const length = end - start - 2
  const same = length === key.bytes.length && isSame(key.bytes, bytes, start + 1)
  if (key.isPlain && (same || length <= key.bytes.length || !holdsBackslash(bytes, start, end))) return same
  return JSON.parse(decodeUtf8(bytes.subarray(start, end))) === key.name
}

const isSame = (name: Uint8Array, bytes: Uint8Array, start: number): boolean => {
  for (let index = 0; index < name.length; index++) if (bytes[start + index] !== name[index]) return false
  return true
}

const holdsBackslash = (bytes: Uint8Array, start: number, end: number): boolean => {
  for (let at = start; at < end; at++) if (bytes[at] === backslash) return true
  return false
}
