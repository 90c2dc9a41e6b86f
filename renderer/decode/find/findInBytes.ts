import { encodeUtf8 } from '#shared/mqtt/utf8'
import { createHits, type Finder, type FindQuery } from './finder'

/** Where the bytes from `from` to `to` stand on screen, by line. */
type Places = (
  from: number,
  to: number,
) => readonly { readonly line: number; readonly from: number; readonly to: number }[]

/** Bytes looked through before the clock is read again. */
const bytesPerLook = 65_536

/**
 * Finds a text in bytes, and where it is written in pairs of hex digits (`7b 22` or `7b22`) these bytes as well. Whether
 * letters are capital is a question of ASCII here.
 */
export const findInBytes = (bytes: Uint8Array, query: FindQuery, placesOf: Places): Finder => {
  const hits = createHits()
  const needles = needlesOf(query)
  let at = 0
  const lengthAt = (index: number) =>
    Math.max(0, ...needles.filter((needle) => stands(needle, bytes, index)).map(({ wanted }) => wanted.length))
  const lookTo = (end: number) => {
    while (at < end) {
      const length = isFirstOfAny(needles, bytes[at] ?? 0) ? lengthAt(at) : 0
      if (length > 0) hits.add(placesOf(at, at + length))
      at += Math.max(1, length)
    }
  }
  const isDone = () => needles.length === 0 || at >= bytes.length || hits.isCut()
  return {
    ...hits,
    advance: (milliseconds) => {
      const until = performance.now() + milliseconds
      while (!isDone() && performance.now() < until) lookTo(Math.min(at + bytesPerLook, bytes.length))
      return isDone()
    },
  }
}

interface Needle {
  readonly wanted: Uint8Array
  /** What each byte counts as. */
  readonly folded: Uint8Array
}

const asItIs = Uint8Array.from({ length: 256 }, (_, byte) => byte)
const smallLetters = asItIs.map((byte) => (byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte))

const needlesOf = ({ text, matchCase }: FindQuery): readonly Needle[] => {
  if (text === '') return []
  const folded = matchCase ? asItIs : smallLetters
  const asText: Needle = { wanted: encodeUtf8(text).map((byte) => folded[byte] ?? byte), folded }
  const digits = text.replaceAll(' ', '')
  if (!/^(?:[0-9a-f]{2})+$/i.test(digits) || !/^ *(?:[0-9a-f]{2} *)+$/i.test(text)) return [asText]
  const wanted = Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
  return [asText, { wanted, folded: asItIs }]
}

const isFirstOfAny = (needles: readonly Needle[], byte: number): boolean => {
  for (const { wanted, folded } of needles) if (folded[byte] === wanted[0]) return true
  return false
}

const stands = ({ wanted, folded }: Needle, bytes: Uint8Array, index: number): boolean => {
  if (index + wanted.length > bytes.length) return false
  for (let place = 0; place < wanted.length; place += 1)
    if (folded[bytes[index + place] ?? 0] !== wanted[place]) return false
  return true
}
