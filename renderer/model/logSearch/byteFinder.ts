/** Finds the next place at or after `from` where a wanted part lies before `end`; -1 = none. */
export type ByteFinder = (bytes: Uint8Array, from: number, end: number) => number

/**
 * Looks for bytes in which small ASCII letters stand for both cases, with Horspool's skips: most of the bytes are never
 * read, which makes it several times as fast as comparing at each place.
 */
export const createByteFinder = (needle: Uint8Array, casesOf = anyCase): ByteFinder => {
  const length = needle.length
  const last = length - 1
  /** By byte: how far the search may skip where this byte stands at the end of the compared bytes. 0 = compare here. */
  const skips = new Uint32Array(256).fill(length)
  for (const [index, byte] of needle.entries())
    for (const one of casesOf(byte)) skips[one] = index === last ? (skips[one] ?? 0) : last - index
  const afterEnd = new Uint32Array(256).fill(1)
  for (const one of casesOf(needle[last] ?? 0)) {
    afterEnd[one] = skips[one] ?? 1
    skips[one] = 0
  }
  const others = needle.map((byte) => casesOf(byte).at(-1) ?? byte)

  return (bytes, from, end) => {
    let at = from + last
    while (at < end) {
      const byte = bytes[at] ?? 0
      const skip = skips[byte] ?? 1
      if (skip > 0) {
        at += skip
        continue
      }
      let back = 1
      while (back < length) {
        const found = bytes[at - back]
        if (found !== needle[last - back] && found !== others[last - back]) break
        back++
      }
      if (back >= length) return at - last
      at += afterEnd[byte] ?? 1
    }
    return -1
  }
}

/** Looks for these bytes as they are. */
export const createExactFinder = (needle: Uint8Array): ByteFinder => createByteFinder(needle, (byte) => [byte])

/** The next byte beyond ASCII. */
export const findBeyondAscii: ByteFinder = (bytes, from, end) => {
  for (let at = from; at < end; at++) if ((bytes[at] ?? 0) > 0x7f) return at
  return -1
}

/** The next backslash. The engine's own search is several times as fast as a loop. */
export const findBackslash: ByteFinder = (bytes, from, end) => {
  const place = bytes.subarray(from, end).indexOf(0x5c)
  return place < 0 ? -1 : from + place
}

const isSmallLetter = (byte: number) => byte >= 0x61 && byte <= 0x7a

const anyCase = (byte: number): readonly number[] => (isSmallLetter(byte) ? [byte, byte - 0x20] : [byte])
