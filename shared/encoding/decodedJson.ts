import { prettyJson } from '#shared/mqtt/prettyJson'
import { createByteReader, Unreadable, type UnreadableReason } from './byteReader'
import { readCbor } from './cborReader'
import { encodeJson, type Encoding } from './encodedJson'
import { createJsonPieces } from './jsonPieces'
import { readMessagePack } from './messagePackReader'
import { readSparkplug } from './sparkplug/sparkplugReader'

export type DecodedJson =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly reason: UnreadableReason }

const readers = { cbor: readCbor, messagePack: readMessagePack, sparkplug: readSparkplug } as const

/** More is not read at once: of each byte several characters may come. */
const mostBytes = 2 ** 20
/** Longer texts stay on one line: laying them out may make them twenty times as long. */
const mostLaidOut = 2 ** 18

/** What bytes say in JSON, on one line. Integers have every digit, bytes stand as `{"$hex": ...}`, floats have a point. */
export const decodeJson = (bytes: Uint8Array, encoding: Encoding): DecodedJson => {
  if (bytes.length > mostBytes) return { ok: false, reason: 'tooMuch' }
  const reader = createByteReader(bytes)
  const json = createJsonPieces()
  try {
    readers[encoding](reader, json)
    return reader.isAtEnd() ? { ok: true, text: json.finish() } : { ok: false, reason: 'notEncoded' }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    return { ok: false, reason: error.reason }
  }
}

/** JSON, laid out, that `encodeJson` makes exactly these bytes of. */
export const jsonSentAs = (bytes: Uint8Array, encoding: Encoding): DecodedJson => {
  const decoded = decodeJson(bytes, encoding)
  if (!decoded.ok) return decoded
  const again = encodeJson(decoded.text, encoding)
  if (!again.ok || !areSame(again.bytes, bytes)) return { ok: false, reason: 'otherBytes' }
  const pretty = decoded.text.length > mostLaidOut ? decoded : prettyJson(decoded.text)
  return pretty.ok ? { ok: true, text: pretty.text } : decoded
}

const areSame = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, index) => byte === other[index])
