import type { SegmentMemory } from '../messageLog/messageLogMemory'

interface Checked {
  readonly words: Uint32Array
  upTo: number
  isAscii: boolean
}

const highBits = 0x80808080

/** Remembers what it has looked at: written bytes never change. */
const checkedMemory = new WeakMap<SegmentMemory, Checked>()

/** Whether the memory's bytes up to a place are all ASCII. */
export const isAsciiUpTo = (memory: SegmentMemory, place: number): boolean => {
  let checked = checkedMemory.get(memory)
  if (!checked) {
    const { buffer } = memory.bytes
    checked = { words: new Uint32Array(buffer, 0, buffer.byteLength >> 2), upTo: 0, isAscii: true }
    checkedMemory.set(memory, checked)
  }
  if (checked.isAscii && place > checked.upTo) {
    checked.isAscii = areAscii(memory, checked, [checked.upTo, place])
    checked.upTo = place
  }
  return checked.isAscii
}

const areAscii = (
  { bytes, end }: SegmentMemory,
  { words }: Checked,
  [from, to]: readonly [number, number],
): boolean => {
  let at = from
  for (; at < to && (at & 3) !== 0; at++) if ((bytes[at] ?? 0) > 0x7f) return false
  const lastWord = Math.min(to, end) >> 2
  for (let word = at >> 2; word < lastWord; word++) if (((words[word] ?? 0) & highBits) !== 0) return false
  for (at = Math.max(at, lastWord << 2); at < to; at++) if ((bytes[at] ?? 0) > 0x7f) return false
  return true
}
