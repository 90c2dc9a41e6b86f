const viewOf = ({ buffer, byteOffset, byteLength }: Uint8Array) => new DataView(buffer, byteOffset, byteLength)

/** Compares four bytes at a time, wherever they lie: a payload may have many megabytes. */
export const sameBytes = (one: Uint8Array, other: Uint8Array): boolean => {
  const { length } = one
  if (length !== other.length) return false
  const [words, otherWords] = [viewOf(one), viewOf(other)]
  let at = 0
  for (; at + 4 <= length; at += 4) if (words.getUint32(at) !== otherWords.getUint32(at)) return false
  for (; at < length; at += 1) if (one[at] !== other[at]) return false
  return true
}
