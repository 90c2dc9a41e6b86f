/** Room for `n` bytes, in steps: values that grow or shrink a little stay where they are. */
const stepBytes = 16
const sizeBits = 4
const sizes = 2 ** sizeBits
const sizeMask = sizes - 1
/** Bytes of a last value that are kept with its topic: enough for one line, whatever the payload's size. */
export const previewLimitBytes = stepBytes * sizes

const slabBits = 8
const slabSlots = 2 ** slabBits
const slabMask = slabSlots - 1

/** The first bytes of values, side by side in memory that many of them share. */
export interface Previews {
  /** Copies the bytes, at most `previewLimitBytes`; `place` is where those before stand, 0 = none. Answers their place. */
  keep(place: number, bytes: Uint8Array): number
  /** A view of the first bytes at a place, until others are kept there. */
  view(place: number, length: number): Uint8Array
}

interface SizeSlabs {
  readonly slabs: Uint8Array[]
  /** Slots that were given back. */
  readonly free: number[]
  used: number
}

const noBytes = new Uint8Array(0)

/**
 * A place is one more than the number of a slot, behind which the size of its room stands in four bits. What is left of a
 * room is used by the next value that needs one as large.
 */
export const createPreviews = (): Previews => {
  const bySize = Array.from({ length: sizes }, (): SizeSlabs => ({ slabs: [], free: [], used: 0 }))
  const slabsOf = (size: number) => bySize[size] as SizeSlabs
  const view = (place: number, length: number): Uint8Array => {
    if (place === 0) return noBytes
    const size = (place - 1) & sizeMask
    const slot = (place - 1) >>> sizeBits
    const start = (slot & slabMask) * (size + 1) * stepBytes
    return (slabsOf(size).slabs[slot >>> slabBits] as Uint8Array).subarray(start, start + length)
  }
  const take = (size: number): number => {
    const { slabs, free, used } = slabsOf(size)
    const slot = free.pop() ?? used
    if (slot === used) {
      if ((slot & slabMask) === 0) slabs.push(new Uint8Array(slabSlots * (size + 1) * stepBytes))
      slabsOf(size).used++
    }
    return (slot << sizeBits) + size + 1
  }
  const fits = (place: number, length: number) => {
    const room = (((place - 1) & sizeMask) + 1) * stepBytes
    return length <= room && length * 2 >= room
  }
  return {
    view,
    keep: (place, bytes) => {
      let kept = place
      if (bytes.length === 0 || place === 0 || !fits(place, bytes.length)) {
        if (place > 0) slabsOf((place - 1) & sizeMask).free.push((place - 1) >>> sizeBits)
        kept = bytes.length === 0 ? 0 : take(Math.ceil(bytes.length / stepBytes) - 1)
      }
      view(kept, bytes.length).set(bytes)
      return kept
    },
  }
}
