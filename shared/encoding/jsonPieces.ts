import { hexDigits } from '#shared/mqtt/payloadText'
import { decodeUtf8, isUtf8 } from '#shared/mqtt/utf8'
import { Unreadable } from './byteReader'
import { deepestLevel } from './encodingFault'
import { floatText } from './writtenNumber'

/** JSON made of values as they are read. Throws `Unreadable` for what JSON cannot say. */
export interface JsonPieces {
  integer(value: number | bigint): void
  float(value: number): void
  constant(value: boolean | null): void
  /** Throws where the bytes are no UTF-8. */
  text(utf8: Uint8Array): void
  bytes(value: Uint8Array): void
  /** `readItem` reads one item and says it. */
  list(count: number | bigint, readItem: () => void): void
  /** `readKey` reads and says a text, `readValue` any value. */
  map(count: number | bigint, readKey: () => void, readValue: () => void): void
  finish(): string
}

export const createJsonPieces = (): JsonPieces => {
  const pieces: string[] = []
  let depth = 0
  const inside = (marks: string, count: number | bigint, say: () => void) => {
    depth += 1
    if (depth > deepestLevel) throw new Unreadable('tooMuch')
    pieces.push(marks.charAt(0))
    // A count that no bytes stand behind ends at the first item that is missing.
    for (let item = 0n; item < BigInt(count); item += 1n) {
      if (item > 0n) pieces.push(',')
      say()
    }
    pieces.push(marks.charAt(1))
    depth -= 1
  }
  return {
    integer: (value) => pieces.push(String(value)),
    float: (value) => {
      if (!Number.isFinite(value)) throw new Unreadable('beyondJson')
      pieces.push(floatText(value))
    },
    constant: (value) => pieces.push(String(value)),
    text: (utf8) => {
      if (!isUtf8(utf8)) throw new Unreadable('notEncoded')
      pieces.push(JSON.stringify(decodeUtf8(utf8)))
    },
    bytes: (value) => pieces.push(`{"$hex":"${hexDigits(value)}"}`),
    list: (count, readItem) => inside('[]', count, readItem),
    map: (count, readKey, readValue) =>
      inside('{}', count, () => {
        readKey()
        pieces.push(':')
        readValue()
      }),
    finish: () => pieces.join(''),
  }
}
