/** Sequence numbers that were added. A run may have a thousand million of them, so each is a bit, and of full pages there is none. */
export interface SequenceSet {
  /** Whether it was added now, was here before, or it is too old to tell. */
  add(sequence: number): 'added' | 'known' | 'forgotten'
  /** How many were added. */
  size(): number
  /** How many of those from `from` up to but not `to` are here; of forgotten ones none is. */
  countBetween(from: number, to: number): number
}

const pageBits = 2 ** 16
const full = 'full'
type Page = Uint32Array | typeof full

/**
 * `mostPages` = pages that are not full, of 8 KiB each. Beyond that the one with the lowest numbers is forgotten, and with it all
 * that are lower.
 */
export const createSequenceSet = (mostPages: number): SequenceSet => {
  const pages = new Map<number, Page>()
  const held = new Map<number, number>()
  let floor = 0
  let size = 0

  const forgetLowest = () => {
    const lowest = Math.min(...held.keys())
    held.delete(lowest)
    pages.delete(lowest)
    floor = lowest + 1
    for (const number of pages.keys()) if (number < floor) pages.delete(number)
  }
  const pageOf = (number: number): Page => {
    const known = pages.get(number)
    if (known) return known
    const made = new Uint32Array(pageBits / 32)
    pages.set(number, made)
    held.set(number, 0)
    return made
  }
  return {
    add: (sequence) => {
      const number = Math.floor(sequence / pageBits)
      if (number < floor) return 'forgotten'
      const page = pageOf(number)
      if (page === full) return 'known'
      const place = sequence % pageBits
      const word = page[place >>> 5] ?? 0
      const bit = 1 << (place & 31)
      if ((word & bit) !== 0) return 'known'
      page[place >>> 5] = word | bit
      size += 1
      const count = (held.get(number) ?? 0) + 1
      held.set(number, count)
      if (count === pageBits) {
        pages.set(number, full)
        held.delete(number)
      }
      if (held.size > mostPages) forgetLowest()
      return 'added'
    },
    size: () => size,
    countBetween: (from, to) => {
      let count = 0
      for (let at = from; at < to;) {
        const number = Math.floor(at / pageBits)
        const end = Math.min(to, (number + 1) * pageBits)
        const page = pages.get(number)
        if (page) count += page === full ? end - at : bitsBetween(page, at % pageBits, end - number * pageBits)
        at = end
      }
      return count
    },
  }
}

const bitsBetween = (page: Uint32Array, from: number, to: number): number => {
  let count = 0
  let at = from
  while (at < to) {
    const end = Math.min(to, (at | 31) + 1)
    const width = end - at
    const word = (page[at >>> 5] ?? 0) >>> (at & 31)
    count += bitsIn(width === 32 ? word : word & ((1 << width) - 1))
    at = end
  }
  return count
}

const bitsIn = (word: number): number => {
  let left = word - ((word >>> 1) & 0x55555555)
  left = (left & 0x33333333) + ((left >>> 2) & 0x33333333)
  return (((left + (left >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24
}
