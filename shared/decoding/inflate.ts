import { DecodingFault } from '#shared/encoding/decodingFault'

/** What was inflated, and the byte behind the data of it. */
export interface Inflated {
  readonly bytes: Uint8Array
  readonly end: number
}

/**
 * DEFLATE (RFC 1951) from a byte on. No more than the limit comes out, and a fault names the byte where it stands: the platform's own
 * has neither, and answers later, where decoders answer at once.
 */
export const inflate = (bytes: Uint8Array, start: number, mostBytes: number): Inflated => {
  const input: BitReader = { bytes, at: start, held: 0, count: 0 }
  const output = createOutput(mostBytes, start)
  for (let isLast = false; !isLast;) {
    isLast = readBits(input, 1) === 1
    const kind = readBits(input, 2)
    if (kind === 0) readStored(input, output)
    else if (kind === 1) readCodes(input, output, fixedTables())
    else if (kind === 2) readCodes(input, output, readTables(input))
    else throw damaged(input)
  }
  // Whole bytes that were taken ahead are not part of it.
  return { bytes: output.taken(), end: input.at - (input.count >> 3) }
}

/** Bits come lowest first (§3.1.1). */
interface BitReader {
  readonly bytes: Uint8Array
  at: number
  held: number
  count: number
}

const damaged = ({ at, count }: BitReader) => new DecodingFault('badCompression', Math.max(0, at - (count >> 3) - 1))

const need = (input: BitReader, count: number): void => {
  while (input.count < count) {
    const byte = input.bytes[input.at]
    if (byte === undefined) throw new DecodingFault('cutShort', input.bytes.length)
    input.held |= byte << input.count
    input.at += 1
    input.count += 8
  }
}

/** Up to 16. */
const readBits = (input: BitReader, count: number): number => {
  if (count === 0) return 0
  need(input, count)
  const value = input.held & ((1 << count) - 1)
  input.held >>>= count
  input.count -= count
  return value
}

interface Output {
  put(byte: number): void
  copy(distance: number, length: number, input: BitReader): void
  taken(): Uint8Array
}

const createOutput = (mostBytes: number, start: number): Output => {
  let memory = new Uint8Array(Math.min(mostBytes, 4_096))
  let length = 0
  const grow = (needed: number) => {
    if (needed > mostBytes) throw new DecodingFault('tooLarge', start)
    if (needed <= memory.length) return
    const larger = new Uint8Array(Math.min(mostBytes, Math.max(2 * memory.length, needed)))
    larger.set(memory)
    memory = larger
  }
  return {
    put: (byte) => {
      if (length === memory.length || length >= mostBytes) grow(length + 1)
      memory[length++] = byte
    },
    copy: (distance, count, input) => {
      if (distance > length) throw damaged(input)
      grow(length + count)
      // What is copied may be what was copied just before.
      for (let index = 0; index < count; index++, length++) memory[length] = memory[length - distance] ?? 0
    },
    taken: () => memory.subarray(0, length),
  }
}

/** §3.2.4. */
const readStored = (input: BitReader, output: Output): void => {
  readBits(input, input.count & 7)
  const length = readBits(input, 16)
  if (readBits(input, 16) !== (~length & 0xffff)) throw damaged(input)
  for (let index = 0; index < length; index++) output.put(readBits(input, 8))
}

/** Codes of a Huffman tree: by the next bits, as many as `most`, the symbol times 16 and the length of its code; 0 = none has these bits. */
interface Table {
  readonly entries: Uint16Array
  readonly most: number
}

interface Tables {
  readonly lengths: Table
  readonly distances: Table
}

const longestCode = 15

/** Null = more codes than there are (§3.2.2). */
const tableOf = (lengths: readonly number[]): Table | null => {
  const most = Math.max(1, ...lengths)
  const counts = Array.from({ length: longestCode + 2 }, () => 0)
  for (const length of lengths) if (length > 0) counts[length] = (counts[length] ?? 0) + 1
  const next = Array.from({ length: longestCode + 2 }, () => 0)
  for (let length = 1, code = 0; length <= longestCode; length++) {
    code = (code + (length === 1 ? 0 : (counts[length - 1] ?? 0))) << 1
    next[length] = code
    if (code + (counts[length] ?? 0) > 1 << length) return null
  }
  const entries = new Uint16Array(1 << most)
  lengths.forEach((length, symbol) => {
    if (length === 0) return
    const code = next[length] ?? 0
    next[length] = code + 1
    for (let at = reversed(code, length); at < entries.length; at += 1 << length) entries[at] = (symbol << 4) | length
  })
  return { entries, most }
}

const reversed = (code: number, length: number): number => {
  let result = 0
  for (let index = 0; index < length; index++) result = (result << 1) | ((code >> index) & 1)
  return result
}

/** Bits of the longest code are not always there at the end, and need not be. */
const readSymbol = (input: BitReader, { entries, most }: Table): number => {
  while (input.count < most && input.at < input.bytes.length) need(input, input.count + 1)
  const entry = entries[input.held & ((1 << most) - 1)] ?? 0
  const length = entry & 15
  if (length === 0 && input.count >= most) throw damaged(input)
  if (length === 0 || length > input.count) throw new DecodingFault('cutShort', input.bytes.length)
  input.held >>>= length
  input.count -= length
  return entry >> 4
}

const lengthBase = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
]
const lengthExtra = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0]
const distanceBase = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145,
  8193, 12_289, 16_385, 24_577,
]
const distanceExtra = [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13]
const endOfBlock = 256

interface Extended {
  readonly base: readonly number[]
  /** Bits that follow, which are added. */
  readonly extra: readonly number[]
}
const lengthCodes: Extended = { base: lengthBase, extra: lengthExtra }
const distanceCodes: Extended = { base: distanceBase, extra: distanceExtra }

const readCodes = (input: BitReader, output: Output, { lengths, distances }: Tables): void => {
  for (;;) {
    const symbol = readSymbol(input, lengths)
    if (symbol === endOfBlock) return
    if (symbol < endOfBlock) {
      output.put(symbol)
      continue
    }
    const length = extended(input, symbol - endOfBlock - 1, lengthCodes)
    const distance = extended(input, readSymbol(input, distances), distanceCodes)
    output.copy(distance, length, input)
  }
}

const extended = (input: BitReader, at: number, { base, extra }: Extended): number => {
  const first = base[at]
  if (first === undefined) throw damaged(input)
  return first + readBits(input, extra[at] ?? 0)
}

let fixed: Tables | null = null

/** §3.2.6. */
const fixedTables = (): Tables => (fixed ??= createFixedTables())

const createFixedTables = (): Tables => {
  const lengths = tableOf(Array.from({ length: 288 }, (_, at) => (at < 144 ? 8 : at < 256 ? 9 : at < 280 ? 7 : 8)))
  const distances = tableOf(Array.from({ length: 30 }, () => 5))
  if (!lengths || !distances) throw new Error('The fixed codes are sound.')
  return { lengths, distances }
}

const codeLengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

/** §3.2.7. */
const readTables = (input: BitReader): Tables => {
  const lengthCount = readBits(input, 5) + 257
  const distanceCount = readBits(input, 5) + 1
  const codeCount = readBits(input, 4) + 4
  const codeLengths = Array.from({ length: 19 }, () => 0)
  for (const place of codeLengthOrder.slice(0, codeCount)) codeLengths[place] = readBits(input, 3)
  const codes = tableOf(codeLengths)
  if (!codes) throw damaged(input)
  const all: number[] = []
  while (all.length < lengthCount + distanceCount) {
    const symbol = readSymbol(input, codes)
    if (symbol < 16) all.push(symbol)
    else repeat(input, all, symbol)
  }
  const lengths = tableOf(all.slice(0, lengthCount))
  const distances = tableOf(all.slice(lengthCount))
  if (all.length > lengthCount + distanceCount || !lengths || !distances) throw damaged(input)
  return { lengths, distances }
}

const repeat = (input: BitReader, all: number[], symbol: number): void => {
  const last = all.at(-1)
  if (symbol === 16 && last === undefined) throw damaged(input)
  const value = symbol === 16 ? (last ?? 0) : 0
  const times =
    symbol === 16 ? 3 + readBits(input, 2) : symbol === 17 ? 3 + readBits(input, 3) : 11 + readBits(input, 7)
  for (let index = 0; index < times; index++) all.push(value)
}
