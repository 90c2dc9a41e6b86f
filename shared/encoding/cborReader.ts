import { Unreadable, type ByteReader } from './byteReader'
import type { JsonPieces } from './jsonPieces'

/** Reads one data item of CBOR (RFC 8949 §3) and says it in JSON. */
export const readCbor = (bytes: ByteReader, json: JsonPieces): void => {
  const first = bytes.byte()
  const type = first >> 5
  const info = first & 0x1f
  if (type === 7) {
    readSimple(bytes, json, info)
    return
  }
  const argument = readArgument(bytes, info)
  if (type === 0) json.integer(argument)
  else if (type === 1) json.integer(-1n - BigInt(argument))
  else if (type === 2) json.bytes(bytes.bytes(argument))
  else if (type === 3) json.text(bytes.bytes(argument))
  else if (type === 4) json.list(argument, () => readCbor(bytes, json))
  else if (type === 5) {
    json.map(
      argument,
      () => readKey(bytes, json),
      () => readCbor(bytes, json),
    )
  } else readBignum(bytes, json, argument)
}

const readArgument = (bytes: ByteReader, info: number): number | bigint => {
  if (info < 24) return info
  if (info < 27) return bytes.whole(1 << (info - 24))
  if (info === 27) return bytes.long()
  // 31 = of indefinite length: written from JSON, its length stands before it.
  throw new Unreadable(info === 31 ? 'otherBytes' : 'notEncoded')
}

/** Keys that are no text have none in JSON. */
const readKey = (bytes: ByteReader, json: JsonPieces) => {
  const first = bytes.byte()
  if (first >> 5 !== 3) throw new Unreadable('beyondJson')
  json.text(bytes.bytes(readArgument(bytes, first & 0x1f)))
}

/** Tags 2 and 3 (§3.4.3); what other tags say, JSON cannot. */
const readBignum = (bytes: ByteReader, json: JsonPieces, tag: number | bigint) => {
  const first = tag === 2 || tag === 3 ? bytes.byte() : 0
  if (first >> 5 !== 2) throw new Unreadable('beyondJson')
  const magnitude = bytes.bytes(readArgument(bytes, first & 0x1f))
  let hex = '0x0'
  for (const byte of magnitude) hex += byte.toString(16).padStart(2, '0')
  json.integer(tag === 2 ? BigInt(hex) : -1n - BigInt(hex))
}

const readSimple = (bytes: ByteReader, json: JsonPieces, info: number) => {
  if (info === 20 || info === 21) json.constant(info === 21)
  else if (info === 22) json.constant(null)
  else if (info === 25) json.float(halfValue(bytes.whole(2)))
  else if (info === 26) json.float(bytes.single())
  else if (info === 27) json.float(bytes.double())
  // 28 to 31 are not assigned, or a break where nothing is open.
  else throw new Unreadable(info > 27 ? 'notEncoded' : 'beyondJson')
}

/** IEEE 754 binary16. */
const halfValue = (bits: number): number => {
  const exponent = (bits >> 10) & 0x1f
  const fraction = bits & 0x3ff
  const sign = bits & 0x8000 ? -1 : 1
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25))
}
