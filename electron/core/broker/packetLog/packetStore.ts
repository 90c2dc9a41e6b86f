import { createByteCopier } from '../message/byteCopier'

/** What is known of an entry without its bytes. Filled anew for each. */
export interface StoredEntry {
  number: number
  /** Milliseconds since 1970. */
  time: number
  /** Bytes of the whole packet; those that are kept may be fewer. */
  size: number
  /** As in the packet; of a step 0. */
  first: number
  /** 0 = none. */
  packetId: number
  meta: number
  /** 0 = none. */
  sequence: number
  bytes: Uint8Array
}

/** An entry that comes, its bytes where they lie. */
export interface NewEntry extends Pick<StoredEntry, 'time' | 'size' | 'packetId' | 'meta'> {
  source: Buffer
  start: number
  end: number
}

/** Bits of `meta`. */
export const metaBits = { out: 1, version: 6, step: 8 } as const

/** Entries in the order in which they came, in a memory that does not grow beyond its budget: the oldest go first. */
export interface PacketStore {
  /** Copies the bytes of an entry; answers its number. The object may be filled anew for the next. */
  add(entry: NewEntry): number
  /** Fills `into`; false = it is not kept. Its bytes are those of the store: whoever keeps them copies them. */
  read(number: number, into: StoredEntry): boolean
  setSequence(number: number, sequence: number): void
  first(): number
  last(): number
  dropped(): number
  memory(): number
  clear(): void
}

/** Of one packet: more of a large payload is in the log, and one message must not push out all others. */
const mostKept = 65_536
const segmentEntries = 8_192
const segmentBytes = 512 * 1_024

interface Segment {
  firstNumber: number
  count: number
  used: number
  readonly bytes: Buffer
  readonly times: Float64Array
  readonly sequences: Float64Array
  readonly offsets: Uint32Array
  readonly kept: Uint32Array
  readonly sizes: Uint32Array
  readonly ids: Uint16Array
  readonly firsts: Uint8Array
  readonly metas: Uint8Array
}

const memoryOf = segmentBytes + segmentEntries * 32

const newSegment = (): Segment => ({
  firstNumber: 0,
  count: 0,
  used: 0,
  bytes: Buffer.alloc(segmentBytes),
  times: new Float64Array(segmentEntries),
  sequences: new Float64Array(segmentEntries),
  offsets: new Uint32Array(segmentEntries),
  kept: new Uint32Array(segmentEntries),
  sizes: new Uint32Array(segmentEntries),
  ids: new Uint16Array(segmentEntries),
  firsts: new Uint8Array(segmentEntries),
  metas: new Uint8Array(segmentEntries),
})

/** `budget` is asked whenever a segment is full. */
export const createPacketStore = (budget: () => number): PacketStore => {
  let segments: Segment[] = []
  let last = 0
  let dropped = 0

  const copy = createByteCopier()
  const firstNumber = () => segments[0]?.firstNumber ?? last + 1
  /** The oldest segment, emptied, where there is no room for another: to get memory anew costs more than to fill it. */
  const freed = (): Segment | null => {
    let free: Segment | null = null
    while (segments.length > 0 && (segments.length + 1) * memoryOf > budget()) {
      free = segments.shift() ?? null
      dropped += free?.count ?? 0
    }
    if (!free) return null
    free.count = 0
    free.used = 0
    // Only what brought a message gets a sequence number.
    free.sequences.fill(0)
    return free
  }
  const roomFor = (length: number): Segment => {
    const current = segments.at(-1)
    if (current && current.count < segmentEntries && current.used + length <= segmentBytes) return current
    const next = freed() ?? newSegment()
    next.firstNumber = last + 1
    segments.push(next)
    return next
  }
  /** The latest segment is asked most; the others have their place by halving. */
  const segmentOf = (number: number): Segment | null => {
    const latest = segments.at(-1)
    if (latest && number >= latest.firstNumber && number < latest.firstNumber + latest.count) return latest
    let low = 0
    let high = segments.length - 1
    while (low <= high) {
      const middle = (low + high) >> 1
      const segment = segments[middle]
      if (!segment) return null
      if (number < segment.firstNumber) high = middle - 1
      else if (number >= segment.firstNumber + segment.count) low = middle + 1
      else return segment
    }
    return null
  }
  return {
    add: ({ time, size, packetId, meta, source, start, end }) => {
      const kept = Math.min(end - start, mostKept)
      const segment = roomFor(kept)
      const index = segment.count
      copy({ source, start, end: start + kept }, segment.bytes, segment.used)
      segment.times[index] = time
      segment.offsets[index] = segment.used
      segment.kept[index] = kept
      segment.sizes[index] = size
      segment.ids[index] = packetId
      segment.firsts[index] = kept > 0 && (meta & metaBits.step) === 0 ? (source[start] ?? 0) : 0
      segment.metas[index] = meta
      segment.used += kept
      segment.count += 1
      last += 1
      return last
    },
    read: (number, into) => {
      const segment = segmentOf(number)
      if (!segment) return false
      const index = number - segment.firstNumber
      const offset = segment.offsets[index] ?? 0
      into.number = number
      into.time = segment.times[index] ?? 0
      into.size = segment.sizes[index] ?? 0
      into.first = segment.firsts[index] ?? 0
      into.packetId = segment.ids[index] ?? 0
      into.meta = segment.metas[index] ?? 0
      into.sequence = segment.sequences[index] ?? 0
      // No Buffer, whose `slice` would not copy: what is sent to the window would bring the whole segment along.
      const { buffer, byteOffset } = segment.bytes
      into.bytes = new Uint8Array(buffer, byteOffset + offset, segment.kept[index] ?? 0)
      return true
    },
    setSequence: (number, sequence) => {
      const segment = segmentOf(number)
      if (segment) segment.sequences[number - segment.firstNumber] = sequence
    },
    first: firstNumber,
    last: () => last,
    dropped: () => dropped,
    memory: () => segments.length * memoryOf,
    clear: () => {
      segments = []
      dropped = 0
    },
  }
}

export const emptyEntry = (): StoredEntry => ({
  number: 0,
  time: 0,
  size: 0,
  first: 0,
  packetId: 0,
  meta: 0,
  sequence: 0,
  bytes: new Uint8Array(0),
})
