import { parseBase64 } from '#shared/mqtt/payloadText'
import { packedDictionary } from './packedDictionary'
import { wordTransforms } from './wordTransforms'

const sizeBits = [0, 0, 0, 0, 10, 10, 11, 11, 10, 10, 10, 10, 10, 9, 9, 8, 7, 7, 8, 7, 7, 6, 6, 5, 5]
/** Of all words. */
const dictionaryBytes = 122_784

/** What decompresses; the words are packed by it, and themselves use none. */
export type Unpack = (bytes: Uint8Array, mostBytes: number) => Uint8Array

let known: Uint8Array | null = null

const unpackedWith = (unpack: Unpack): Uint8Array => {
  const packed = parseBase64(packedDictionary)
  return packed.ok ? unpack(packed.bytes, dictionaryBytes) : new Uint8Array()
}

/** A word of a length by its number, changed as the number says (§8); null = there is none. */
export const dictionaryWord = (length: number, number: number, unpack: Unpack): Uint8Array | null => {
  const bits = sizeBits[length] ?? 0
  const transform = bits === 0 ? undefined : wordTransforms[number >>> bits]
  if (!transform) return null
  const words = (known ??= unpackedWith(unpack))
  const start = sizeBits.slice(0, length).reduce((sum, width, at) => sum + (width === 0 ? 0 : at << width), 0)
  const at = start + length * (number & ((1 << bits) - 1))
  const [before, change, behind] = transform
  const word = changed(words.slice(at, at + length), change)
  return Uint8Array.from([...bytesOf(before), ...word, ...bytesOf(behind)])
}

const bytesOf = (text: string): readonly number[] => Array.from(text, (character) => character.charCodeAt(0))

const changed = (word: Uint8Array, change: number): Uint8Array => {
  if (change >= 12) return word.subarray(Math.min(change - 11, word.length))
  if (change < 10) return word.subarray(0, Math.max(0, word.length - change))
  for (let at = 0; at < word.length;) {
    at += raise(word, at)
    if (change === 10) break
  }
  return word
}

/** Makes a capital of a character, roughly so beyond ASCII; answers its bytes. */
const raise = (word: Uint8Array, at: number): number => {
  const first = word[at] ?? 0
  const flip = (place: number, mask: number) => {
    if (place < word.length) word[place] = (word[place] ?? 0) ^ mask
  }
  if (first < 0xc0) {
    if (first >= 0x61 && first <= 0x7a) flip(at, 32)
    return 1
  }
  if (first < 0xe0) {
    flip(at + 1, 32)
    return 2
  }
  flip(at + 2, 5)
  return 3
}
