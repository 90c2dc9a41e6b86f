import { DecodingFault } from '#shared/encoding/decodingFault'
import { dictionaryWord } from './dictionary'
import { literalContext } from './literalContext'
import { createBrotliBits, damaged, readPrefixCode, type BrotliBits, type PrefixCode } from './prefixCode'

/**
 * Brotli (RFC 7932). No library for a page ends at a limit: one that is told of 16 MiB in a few bytes takes them. Throws a
 * `DecodingFault`, with `tooLarge` before more than `mostBytes` are taken.
 */
export const decompressBrotli = (bytes: Uint8Array, mostBytes: number): Uint8Array => {
  const from = createBrotliBits(bytes)
  const window = 2 ** windowBits(from) - 16
  const state: State = { from, window, mostBytes, output: new Uint8Array(), length: 0, distances: [4, 11, 15, 16] }
  while (!readMetaBlock(state));
  from.align()
  const end = from.end()
  if (end < bytes.length) throw new DecodingFault('leftOver', end)
  return state.output.subarray(0, state.length)
}

interface State {
  readonly from: BrotliBits
  readonly window: number
  readonly mostBytes: number
  output: Uint8Array
  length: number
  /** The last four, the latest first. */
  distances: readonly number[]
}

/** §9.1. */
const windowBits = (from: BrotliBits): number => {
  if (from.bits(1) === 0) return 16
  const high = from.bits(3)
  if (high > 0) return 17 + high
  const low = from.bits(3)
  // 1 is of a later format with larger windows.
  if (low === 1) throw damaged(from.at())
  return low === 0 ? 17 : 8 + low
}

/** §9.2; answers whether it was the last. */
const readMetaBlock = (state: State): boolean => {
  const { from } = state
  const isLast = from.bits(1) === 1
  if (isLast && from.bits(1) === 1) return true
  const nibbles = from.bits(2) + 4
  if (nibbles === 7) skipMetadata(from)
  else {
    const length = readLength(from, nibbles)
    if (state.length + length > state.mostBytes) throw new DecodingFault('tooLarge', from.at())
    if (!isLast && from.bits(1) === 1) {
      from.align()
      put(state, from.bytes(length))
    } else readCommands(state, length)
  }
  return isLast
}

const readLength = (from: BrotliBits, nibbles: number): number => {
  let length = 0
  for (let index = 0; index < nibbles; index++) {
    const nibble = from.bits(4)
    if (index + 1 === nibbles && nibbles > 4 && nibble === 0) throw damaged(from.at())
    length |= nibble << (4 * index)
  }
  return length + 1
}

const skipMetadata = (from: BrotliBits): void => {
  if (from.bits(1) !== 0) throw damaged(from.at())
  const width = from.bits(2)
  let length = 0
  for (let index = 0; index < width; index++) {
    const byte = from.bits(8)
    if (index + 1 === width && width > 1 && byte === 0) throw damaged(from.at())
    length |= byte << (8 * index)
  }
  from.align()
  if (width > 0) from.bytes(length + 1)
}

const room = (state: State, more: number): void => {
  const needed = state.length + more
  if (needed <= state.output.length) return
  const larger = new Uint8Array(Math.min(state.mostBytes, Math.max(2 * state.output.length, needed, 4_096)))
  larger.set(state.output.subarray(0, state.length))
  state.output = larger
}

const put = (state: State, bytes: Uint8Array): void => {
  room(state, bytes.length)
  state.output.set(bytes, state.length)
  state.length += bytes.length
}

/** 1 to 256, of block types and of prefix codes. */
const readCount = (from: BrotliBits): number => {
  if (from.bits(1) === 0) return 1
  const width = from.bits(3)
  return (1 << width) + from.bits(width) + 1
}

/** Which of several prefix codes is in force, and for how many symbols still (§6). */
interface Blocks {
  readonly types: number
  current(): number
  /** Before each symbol. */
  step(): void
}

const blockLengths = [
  [1, 2],
  [5, 2],
  [9, 2],
  [13, 2],
  [17, 3],
  [25, 3],
  [33, 3],
  [41, 3],
  [49, 4],
  [65, 4],
  [81, 4],
  [97, 4],
  [113, 5],
  [145, 5],
  [177, 5],
  [209, 5],
  [241, 6],
  [305, 6],
  [369, 7],
  [497, 8],
  [753, 9],
  [1265, 10],
  [2289, 11],
  [4337, 12],
  [8433, 13],
  [16625, 24],
] as const

const readBlocks = (from: BrotliBits): Blocks => {
  const types = readCount(from)
  if (types === 1) return { types, current: () => 0, step: () => undefined }
  const typeCode = readPrefixCode(from, types + 2)
  const lengthCode = readPrefixCode(from, blockLengths.length)
  const readRest = () => {
    const [base, extra] = blockLengths[lengthCode(from)] ?? [1, 0]
    return base + from.bits(extra)
  }
  let rest = readRest()
  let current = 0
  let previous = 1
  return {
    types,
    current: () => current,
    step: () => {
      if (rest === 0) {
        const code = typeCode(from)
        const next = code === 0 ? previous : code === 1 ? (current + 1) % types : code - 2
        previous = current
        current = next
        rest = readRest()
      }
      rest -= 1
    },
  }
}

/** §7.3: which prefix code each context of each block type has. */
const readContextMap = (from: BrotliBits, size: number): { readonly map: Uint8Array; readonly codes: number } => {
  const codes = readCount(from)
  const map = new Uint8Array(size)
  if (codes === 1) return { map, codes }
  const longestRun = from.bits(1) === 0 ? 0 : from.bits(4) + 1
  const code = readPrefixCode(from, codes + longestRun)
  for (let at = 0; at < size;) {
    const symbol = code(from)
    if (symbol === 0) at += 1
    else if (symbol > longestRun) map[at++] = symbol - longestRun
    else at += (1 << symbol) + from.bits(symbol)
    if (at > size) throw damaged(from.at())
  }
  if (from.bits(1) === 1) moveToFront(map)
  return { map, codes }
}

const moveToFront = (map: Uint8Array): void => {
  const order = Array.from({ length: 256 }, (_, value) => value)
  map.forEach((place, at) => {
    const [value = 0] = order.splice(place, 1)
    order.unshift(value)
    map[at] = value
  })
}

const readCodes = (from: BrotliBits, count: number, alphabet: number): readonly PrefixCode[] =>
  Array.from({ length: count }, () => readPrefixCode(from, alphabet))

const insertLengths = [
  [0, 0],
  [1, 0],
  [2, 0],
  [3, 0],
  [4, 0],
  [5, 0],
  [6, 1],
  [8, 1],
  [10, 2],
  [14, 2],
  [18, 3],
  [26, 3],
  [34, 4],
  [50, 4],
  [66, 5],
  [98, 5],
  [130, 6],
  [194, 7],
  [322, 8],
  [578, 9],
  [1090, 10],
  [2114, 12],
  [6210, 14],
  [22594, 24],
] as const
const copyLengths = [
  [2, 0],
  [3, 0],
  [4, 0],
  [5, 0],
  [6, 0],
  [7, 0],
  [8, 0],
  [9, 0],
  [10, 1],
  [12, 1],
  [14, 2],
  [18, 2],
  [22, 3],
  [30, 3],
  [38, 4],
  [54, 4],
  [70, 5],
  [102, 5],
  [134, 6],
  [198, 7],
  [326, 8],
  [582, 9],
  [1094, 10],
  [2118, 24],
] as const
/** Of each cell of 64 codes the first length code (§5). */
const insertCells = [0, 0, 0, 0, 8, 8, 0, 16, 8, 16, 16]
const copyCells = [0, 8, 0, 8, 0, 8, 16, 0, 16, 8, 16]

/** What a compressed meta-block is read by. */
interface Reading {
  readonly literals: (last: number, before: number) => number
  readonly commands: () => number
  readonly distances: (copyLength: number) => number
  readonly distanceOf: (symbol: number, latest: readonly number[]) => number
}

const readHead = (from: BrotliBits): Reading => {
  const [literalBlocks, commandBlocks, distanceBlocks] = [readBlocks(from), readBlocks(from), readBlocks(from)]
  const postfix = from.bits(2)
  const direct = from.bits(4) << postfix
  const modes = Array.from({ length: literalBlocks.types }, () => from.bits(2))
  const literalMap = readContextMap(from, 64 * literalBlocks.types)
  const distanceMap = readContextMap(from, 4 * distanceBlocks.types)
  const literalCodes = readCodes(from, literalMap.codes, 256)
  const commandCodes = readCodes(from, commandBlocks.types, 704)
  const distanceCodes = readCodes(from, distanceMap.codes, 16 + direct + (48 << postfix))
  const symbolOf = (codes: readonly PrefixCode[], index: number): number => {
    const code = codes[index]
    if (!code) throw damaged(from.at())
    return code(from)
  }
  return {
    literals: (last, before) => {
      literalBlocks.step()
      const type = literalBlocks.current()
      const context = literalContext(modes[type] ?? 0, last, before)
      return symbolOf(literalCodes, literalMap.map[64 * type + context] ?? 0)
    },
    commands: () => {
      commandBlocks.step()
      return symbolOf(commandCodes, commandBlocks.current())
    },
    distances: (copyLength) => {
      distanceBlocks.step()
      const context = 4 * distanceBlocks.current() + Math.min(copyLength - 2, 3)
      return symbolOf(distanceCodes, distanceMap.map[context] ?? 0)
    },
    distanceOf: (symbol, latest) => distanceOf(from, symbol, { latest, postfix, direct }),
  }
}

interface Distances {
  readonly latest: readonly number[]
  readonly postfix: number
  readonly direct: number
}

/** §4. */
const distanceOf = (from: BrotliBits, symbol: number, { latest, postfix, direct }: Distances): number => {
  if (symbol < 4) return latest[symbol] ?? 0
  if (symbol < 16) {
    const base = latest[symbol < 10 ? 0 : 1] ?? 0
    const step = (symbol - (symbol < 10 ? 4 : 10)) >> 1
    return symbol % 2 === 0 ? base - step - 1 : base + step + 1
  }
  if (symbol < 16 + direct) return symbol - 15
  const code = symbol - 16 - direct
  const high = code >> postfix
  const width = 1 + (high >> 1)
  const offset = ((2 + (high & 1)) << width) - 4 + from.bits(width)
  return (offset << postfix) + (code & ((1 << postfix) - 1)) + direct + 1
}

const readCommands = (state: State, length: number): void => {
  const { from } = state
  const reading = readHead(from)
  const end = state.length + length
  room(state, length)
  while (state.length < end) {
    const command = reading.commands()
    const cell = command >> 6
    const [insertBase, insertExtra] = insertLengths[(insertCells[cell] ?? 0) + ((command >> 3) & 7)] ?? [0, 0]
    const [copyBase, copyExtra] = copyLengths[(copyCells[cell] ?? 0) + (command & 7)] ?? [0, 0]
    const inserted = insertBase + from.bits(insertExtra)
    const copied = copyBase + from.bits(copyExtra)
    if (inserted > end - state.length) throw damaged(from.at())
    const { output } = state
    for (let index = 0; index < inserted; index++) {
      const at = state.length
      output[at] = reading.literals(output[at - 1] ?? 0, output[at - 2] ?? 0)
      state.length += 1
    }
    // What is behind the last literals is not used (§5).
    if (state.length === end) return
    copy(state, { reading, copied, isImplicit: cell < 2, end })
  }
}

interface Copied {
  readonly reading: Reading
  readonly copied: number
  /** The last distance again. */
  readonly isImplicit: boolean
  readonly end: number
}

const copy = (state: State, { reading, copied, isImplicit, end }: Copied): void => {
  const { from, output } = state
  const symbol = isImplicit ? 0 : reading.distances(copied)
  const distance = reading.distanceOf(symbol, state.distances)
  const furthest = Math.min(state.window, state.length)
  if (distance <= 0) throw damaged(from.at())
  if (distance > furthest) {
    const word = dictionaryWord(copied, distance - furthest - 1, decompressBrotli)
    if (!word || word.length > end - state.length) throw damaged(from.at())
    put(state, word)
    return
  }
  if (copied > end - state.length) throw damaged(from.at())
  if (symbol > 0) state.distances = [distance, ...state.distances.slice(0, 3)]
  // What is copied may be what was copied just before.
  for (let index = 0, at = state.length; index < copied; index++, at++) output[at] = output[at - distance] ?? 0
  state.length += copied
}
