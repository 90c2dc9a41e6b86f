import { decodeUtf8, encodeUtf8 } from '#shared/mqtt/utf8'
import { literalEnd, numberEnd, stringEnd, skipWhite } from './jsonTokens'

type Path = readonly (string | number)[]

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
  readonly wanted: Wanted
}

/** One pass, whatever the number of paths. They must differ from each other. */
export const createJsonFieldReader = (paths: readonly Path[]): JsonFieldReader => {
  const root = wantedOf(paths)
  const starts = new Int32Array(paths.length).fill(-1)
  const ends = new Int32Array(paths.length).fill(-1)
  const scan: Scan = { bytes: new Uint8Array(), end: 0, starts, ends, containers: [] }
  return {
    starts,
    ends,
    read: (bytes, start, end) => {
      starts.fill(-1)
      scan.bytes = bytes
      scan.end = end
      scan.containers.length = 0
      return scanDocument(scan, root, start)
    },
  }
}

const emptyWanted = (): Wanted => ({ slot: -1, keys: [], places: new Map(), slots: [] })

const wantedOf = (paths: readonly Path[]): Wanted => {
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

const childOf = (parent: Wanted, step: string | number): Wanted => {
  const known =
    typeof step === 'number' ? parent.places.get(step) : parent.keys.find(({ name }) => name === step)?.wanted
  if (known) return known
  const wanted = emptyWanted()
  if (typeof step === 'number') parent.places.set(step, wanted)
  else parent.keys.push({ name: step, bytes: encodeUtf8(step), wanted })
  return wanted
}

/** An object or array that is open. Depth comes from strangers, so it stands in a list and not on the stack. */
interface Container {
  readonly isObject: boolean
  readonly wanted: Wanted | null
  /** Of the member that is read, in an array; -1 = nothing of the container has been read. */
  place: number
}

interface Scan {
  bytes: Uint8Array
  end: number
  readonly starts: Int32Array
  readonly ends: Int32Array
  readonly containers: Container[]
}

const bad = -1
const brace = { open: 0x7b, close: 0x7d }
const bracket = { open: 0x5b, close: 0x5d }
const quote = 0x22
const comma = 0x2c
const colon = 0x3a
const backslash = 0x5c

const scanDocument = (scan: Scan, root: Wanted, start: number): boolean => {
  let at = scanValue(scan, root, skipWhite(scan.bytes, start, scan.end))
  while (at !== bad && scan.containers.length > 0) at = scanOn(scan, at)
  return at !== bad && skipWhite(scan.bytes, at, scan.end) === scan.end
}

/** Past a scalar, or past the opening of a container, which is open then. */
const scanValue = (scan: Scan, wanted: Wanted | null, at: number): number => {
  const { bytes, end } = scan
  if (at >= end) return bad
  const first = bytes[at] ?? 0
  const slot = wanted === null ? -1 : wanted.slot
  if (slot >= 0) scan.starts[slot] = at
  if (first === brace.open || first === bracket.open) {
    scan.containers.push({ isObject: first === brace.open, wanted, place: -1 })
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

/** The next member of the innermost container, or its end. */
const scanOn = (scan: Scan, from: number): number => {
  const { bytes, end, containers } = scan
  const container = containers[containers.length - 1]
  const at = skipWhite(bytes, from, end)
  if (!container || at >= end) return bad
  const byte = bytes[at]
  if (byte === (container.isObject ? brace.close : bracket.close)) return closed(scan, at + 1)
  if (container.place < 0) return scanMember(scan, container, at)
  return byte === comma ? scanMember(scan, container, skipWhite(bytes, at + 1, end)) : bad
}

/** Takes the innermost container, which ends before `at`, off the list. */
const closed = ({ containers, ends }: Scan, at: number): number => {
  const container = containers.pop()
  if (container?.wanted && container.wanted.slot >= 0) ends[container.wanted.slot] = at
  return at
}

/** A member of the innermost container: its key, if it has one, and its value or the opening of that. */
const scanMember = (scan: Scan, container: Container, at: number): number => {
  const { bytes, end } = scan
  container.place++
  if (!container.isObject) return scanValue(scan, container.wanted?.places.get(container.place) ?? null, at)
  const keyEnd = at < end && bytes[at] === quote ? stringEnd(bytes, at, end) : bad
  if (keyEnd === bad) return bad
  const colonAt = skipWhite(bytes, keyEnd, end)
  if (colonAt >= end || bytes[colonAt] !== colon) return bad
  const wanted = container.wanted === null ? null : wantedUnder(container.wanted, bytes, [at, keyEnd])
  // The same key may have stood before.
  if (wanted !== null) for (const slot of wanted.slots) scan.starts[slot] = -1
  return scanValue(scan, wanted, skipWhite(bytes, colonAt + 1, end))
}

/** Where a string begins and ends, quotes included. */
type Span = readonly [start: number, end: number]

const wantedUnder = ({ keys }: Wanted, bytes: Uint8Array, span: Span): Wanted | null => {
  for (const key of keys) if (isKey(key, bytes, span)) return key.wanted
  return null
}

/** Whether a string is the key. It may be written with escapes, and ill-formed UTF-8 in it reads as U+FFFD. */
const isKey = (key: WantedKey, bytes: Uint8Array, [start, end]: Span): boolean => {
  const length = end - start - 2
  let isSame = length === key.bytes.length
  let isEscaped = false
  let isAscii = true
  for (let index = 0; index < length; index++) {
    const byte = bytes[start + 1 + index] ?? 0
    if (byte !== key.bytes[index]) isSame = false
    if (byte === backslash) isEscaped = true
    else if (byte > 0x7f) isAscii = false
  }
  if (!isEscaped && (isSame || isAscii)) return isSame
  return JSON.parse(decodeUtf8(bytes.subarray(start, end))) === key.name
}
