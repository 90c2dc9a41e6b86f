import { DecodingFault } from '#shared/encoding/decodingFault'

/** Values of one payload. More are not looked at. */
export const mostValues = 1_000_000

/** Calls beyond `most` throw. */
export const countTo = (most: number): ((offset: number) => void) => {
  let count = 0
  return (offset) => {
    count += 1
    if (count > most) throw new DecodingFault('tooMany', offset)
  }
}

/** Compressed texts of a kind shrink to a hundredth at best; a bomb to a thousandth. */
const usualRatio = 100
const fewestBytes = 8 * 2 ** 20
const mostBytes = 64 * 2 ** 20

/** Bytes that so many may become. */
export const mostDecompressed = (length: number): number =>
  Math.min(Math.max(usualRatio * length, fewestBytes), mostBytes)
