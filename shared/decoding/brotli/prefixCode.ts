import { DecodingFault } from '#shared/encoding/decodingFault'

/** Bits of a payload, the lowest of each byte first. Throws a `DecodingFault` behind its end. */
export interface BrotliBits {
  /** Up to 24. */
  bits(count: number): number
  /** The next up to 15 bits, with zeros behind the end. */
  peek(): number
  /** Takes bits that were looked at. */
  skip(count: number): void
  /** To the next whole byte. The bits before it are zeros (§9.2). */
  align(): void
  /** Whole bytes, where they are aligned. */
  bytes(count: number): Uint8Array
  /** The byte that is read now, for what is said of a fault. */
  at(): number
  /** Behind the last byte that was begun. */
  end(): number
}

export const createBrotliBits = (source: Uint8Array): BrotliBits => {
  let next = 0
  let held = 0
  let count = 0
  const fill = (wanted: number): void => {
    while (count < wanted && next < source.length) {
      held |= (source[next++] ?? 0) << count
      count += 8
    }
  }
  const skip = (taken: number): void => {
    if (taken > count) throw new DecodingFault('cutShort', source.length)
    held >>>= taken
    count -= taken
  }
  const bits = (wanted: number): number => {
    fill(wanted)
    const value = held & (2 ** wanted - 1)
    skip(wanted)
    return value
  }
  const end = () => next - (count >> 3)
  const at = () => Math.max(0, end() - 1)
  return {
    bits,
    peek: () => {
      fill(longestCode)
      return held & 0x7fff
    },
    skip,
    align: () => {
      if (bits(count & 7) !== 0) throw damaged(at())
    },
    bytes: (length) => {
      next = end()
      held = 0
      count = 0
      if (length > source.length - next) throw new DecodingFault('cutShort', source.length)
      next += length
      return source.subarray(next - length, next)
    },
    at,
    end,
  }
}

export const damaged = (offset: number) => new DecodingFault('badCompression', offset)

const longestCode = 15
/** Codes up to so many bits are looked up in one step; a table for all of 15 would take long to make for a few symbols. */
const quickBits = 9

/** A prefix code (§3.2): reads the next symbol. */
export type PrefixCode = (from: BrotliBits) => number

/** By the length of each symbol's code, 0 = it has none; the lengths fit together. A code of one symbol takes no bits. */
const prefixCodeOf = (lengths: Uint8Array): PrefixCode => {
  const counts = new Uint16Array(longestCode + 1)
  for (const length of lengths) if (length > 0) counts[length] = (counts[length] ?? 0) + 1
  const places = new Uint16Array(longestCode + 2)
  for (let length = 1; length <= longestCode; length++)
    places[length + 1] = (places[length] ?? 0) + (counts[length] ?? 0)
  const symbols = new Uint16Array(lengths.length)
  const nextPlace = places.slice()
  lengths.forEach((length, symbol) => {
    if (length === 0) return
    const place = nextPlace[length] ?? 0
    symbols[place] = symbol
    nextPlace[length] = place + 1
  })
  const only = symbols[0] ?? 0
  if ((places[longestCode + 1] ?? 0) <= 1) return () => only
  const quick = quickTable(counts, symbols)
  return (from) => {
    const ahead = from.peek()
    const entry = quick[ahead & (2 ** quickBits - 1)] ?? 0
    if (entry > 0) {
      from.skip(entry & 15)
      return entry >> 4
    }
    let code = 0
    let first = 0
    let place = 0
    for (let length = 1; length <= longestCode; length++) {
      code |= (ahead >> (length - 1)) & 1
      const count = counts[length] ?? 0
      if (code - first < count) {
        from.skip(length)
        return symbols[place + code - first] ?? 0
      }
      place += count
      first = (first + count) << 1
      code <<= 1
    }
    throw damaged(from.at())
  }
}

/** By the next bits the symbol times 16 and the length of its code; 0 = it is longer. */
const quickTable = (counts: Uint16Array, symbols: Uint16Array): Uint16Array => {
  const table = new Uint16Array(2 ** quickBits)
  let code = 0
  let place = 0
  for (let length = 1; length <= quickBits; length++) {
    for (let index = 0; index < (counts[length] ?? 0); index++, place++, code++)
      for (let at = reversed(code, length); at < table.length; at += 1 << length)
        table[at] = ((symbols[place] ?? 0) << 4) | length
    code <<= 1
  }
  return table
}

const reversed = (code: number, length: number): number => {
  let result = 0
  for (let index = 0; index < length; index++) result = (result << 1) | ((code >> index) & 1)
  return result
}

/** §3.4 and §3.5. */
export const readPrefixCode = (from: BrotliBits, alphabet: number): PrefixCode => {
  const form = from.bits(2)
  return prefixCodeOf(form === 1 ? simpleLengths(from, alphabet) : complexLengths(from, alphabet, form))
}

const simpleLengths = (from: BrotliBits, alphabet: number): Uint8Array => {
  const width = 32 - Math.clz32(alphabet - 1)
  const count = from.bits(2) + 1
  const symbols: number[] = []
  for (let index = 0; index < count; index++) {
    const symbol = from.bits(width)
    if (symbol >= alphabet || symbols.includes(symbol)) throw damaged(from.at())
    symbols.push(symbol)
  }
  const forms = [[1], [1, 1], [1, 2, 2], [2, 2, 2, 2]]
  const chosen = count === 4 && from.bits(1) === 1 ? [1, 2, 3, 3] : (forms[count - 1] ?? [])
  const lengths = new Uint8Array(alphabet)
  symbols.forEach((symbol, index) => (lengths[symbol] = chosen[index] ?? 0))
  return lengths
}

const lengthOrder = [1, 2, 3, 4, 0, 5, 17, 6, 16, 7, 8, 9, 10, 11, 12, 13, 14, 15]
/** By four bits: how many of them are taken, and the length they say. */
const lengthCode = [
  [2, 0],
  [2, 4],
  [2, 3],
  [3, 2],
  [2, 0],
  [2, 4],
  [2, 3],
  [4, 1],
  [2, 0],
  [2, 4],
  [2, 3],
  [3, 2],
  [2, 0],
  [2, 4],
  [2, 3],
  [4, 5],
] as const

const complexLengths = (from: BrotliBits, alphabet: number, skipped: number): Uint8Array => {
  const codeLengths = new Uint8Array(18)
  let space = 32
  let used = 0
  for (let index = skipped; index < 18 && space > 0; index++) {
    const [taken, length] = lengthCode[from.peek() & 15] ?? [2, 0]
    from.skip(taken)
    codeLengths[lengthOrder[index] ?? 0] = length
    if (length === 0) continue
    space -= 32 >> length
    used += 1
  }
  if (space < 0 || (space > 0 && used !== 1)) throw damaged(from.at())
  return readLengths(from, alphabet, prefixCodeOf(codeLengths))
}

const readLengths = (from: BrotliBits, alphabet: number, codes: PrefixCode): Uint8Array => {
  const lengths = new Uint8Array(alphabet)
  let space = 2 ** longestCode
  let previous = 8
  let repeated = { length: -1, times: 0 }
  for (let symbol = 0; symbol < alphabet && space > 0;) {
    const code = codes(from)
    if (code < 16) {
      repeated = { length: -1, times: 0 }
      lengths[symbol++] = code
      if (code === 0) continue
      previous = code
      space -= (2 ** longestCode) >> code
      continue
    }
    const extra = code - 14
    const length = code === 16 ? previous : 0
    const before = repeated.length === length ? repeated.times : 0
    // A repetition behind one of the same makes that one longer.
    const times = (before > 0 ? (before - 2) << extra : 0) + from.bits(extra) + 3
    repeated = { length, times }
    const end = symbol + times - before
    if (end > alphabet) throw damaged(from.at())
    lengths.fill(length, symbol, end)
    if (length > 0) space -= (end - symbol) << (longestCode - length)
    symbol = end
  }
  if (space !== 0) throw damaged(from.at())
  return lengths
}
