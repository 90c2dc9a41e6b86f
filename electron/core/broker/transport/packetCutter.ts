import { readVariableInteger, variableIntegerLength } from '#shared/mqtt/propertySection'

/** Gives each packet whole, however it is written: in pieces, or several at once. `size` is that of its fixed header. */
export const createPacketCutter = (take: (packet: Buffer, size: number) => void) => {
  let pieces: Buffer[] = []
  let length = 0
  return (given: Buffer): void => {
    pieces.push(given)
    length += given.length
    const wanted = sizeAt(pieces[0] ?? given, 0)
    if (pieces.length > 1 && wanted !== null && length < wanted) return
    const all = pieces.length === 1 ? given : Buffer.concat(pieces)
    let at = 0
    while (at < all.length) {
      const size = sizeAt(all, at)
      if (size === null || at + size > all.length) break
      take(all.subarray(at, at + size), size)
      at += size
    }
    pieces = at < all.length ? [all.subarray(at)] : []
    length = all.length - at
  }
}

/** Of the packet there; null = its fixed header is not all there. What can be none is told with all that is there. */
const sizeAt = (bytes: Buffer, at: number): number | null => {
  const lengthBytes = variableIntegerLength(bytes, at + 1, bytes.length)
  if (lengthBytes > 0) return 1 + lengthBytes + readVariableInteger(bytes, at + 1)
  return bytes.length - at < 5 ? null : bytes.length - at
}
