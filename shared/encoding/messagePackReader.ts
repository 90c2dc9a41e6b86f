import { Unreadable, type ByteReader } from './byteReader'
import type { JsonPieces } from './jsonPieces'

/** Reads one object of MessagePack and says it in JSON. */
export const readMessagePack = (bytes: ByteReader, json: JsonPieces): void => {
  const first = bytes.byte()
  if (first < 0x80) json.integer(first)
  else if (first >= 0xe0) json.integer(first - 0x100)
  else if (first < 0x90) readMap(bytes, json, first & 0x0f)
  else if (first < 0xa0) json.list(first & 0x0f, () => readMessagePack(bytes, json))
  else if (first < 0xc0) json.text(bytes.bytes(first & 0x1f))
  else readLong(bytes, json, first)
}

const readLong = (bytes: ByteReader, json: JsonPieces, first: number) => {
  const length = (base: number) => bytes.whole(1 << (first - base))
  if (first === 0xc0) json.constant(null)
  else if (first === 0xc2 || first === 0xc3) json.constant(first === 0xc3)
  else if (first >= 0xc4 && first <= 0xc6) json.bytes(bytes.bytes(length(0xc4)))
  else if (first === 0xca) json.float(bytes.single())
  else if (first === 0xcb) json.float(bytes.double())
  else if (first >= 0xcc && first <= 0xce) json.integer(length(0xcc))
  else if (first === 0xcf) json.integer(bytes.long())
  else if (first >= 0xd0 && first <= 0xd3) json.integer(signed(bytes, 1 << (first - 0xd0)))
  else if (first >= 0xd9 && first <= 0xdb) json.text(bytes.bytes(length(0xd9)))
  else if (first === 0xdc || first === 0xdd) json.list(length(0xdb), () => readMessagePack(bytes, json))
  else if (first === 0xde || first === 0xdf) readMap(bytes, json, length(0xdd))
  // 0xc1 is never used; the rest are extension types.
  else throw new Unreadable(first === 0xc1 ? 'notEncoded' : 'beyondJson')
}

const signed = (bytes: ByteReader, width: number): bigint =>
  BigInt.asIntN(8 * width, width === 8 ? bytes.long() : BigInt(bytes.whole(width)))

const readMap = (bytes: ByteReader, json: JsonPieces, count: number) =>
  json.map(
    count,
    () => readKey(bytes, json),
    () => readMessagePack(bytes, json),
  )

/** Keys that are no text have none in JSON. */
const readKey = (bytes: ByteReader, json: JsonPieces) => {
  const first = bytes.byte()
  if (first >= 0xa0 && first < 0xc0) json.text(bytes.bytes(first & 0x1f))
  else if (first >= 0xd9 && first <= 0xdb) json.text(bytes.bytes(bytes.whole(1 << (first - 0xd9))))
  else throw new Unreadable('beyondJson')
}
