import { DecodingFault } from '#shared/encoding/decodingFault'
import { parseBase64, parseHex, type ParsedBytes } from '#shared/mqtt/payloadText'
import { readText } from './charsets'
import type { Compression, Decompress } from './decoder'
import { mostDecompressed } from './limits'

/** A format that stands in front of another: what is in it are the bytes of the next one. */
export interface Front {
  readonly name: string
  readonly otherNames?: readonly string[]
  /** Throws a `DecodingFault`. */
  readonly open: (bytes: Uint8Array, decompress: Decompress) => Uint8Array
}

const compressed = (name: Compression, ...otherNames: readonly string[]): Front => ({
  name,
  otherNames,
  open: (bytes, decompress) => decompress(name, bytes, mostDecompressed(bytes.length)),
})

export const fronts: readonly Front[] = [
  { name: 'hex', open: (bytes) => bytesIn(bytes, 'notHex', parseHex) },
  { name: 'base64', otherNames: ['base64url'], open: (bytes) => bytesIn(bytes, 'notBase64', parseBase64) },
  compressed('gzip', 'gz'),
  compressed('zlib'),
  compressed('deflate', 'deflate-raw'),
  compressed('brotli', 'br'),
  compressed('zstd', 'zst'),
]

const bytesIn = (
  bytes: Uint8Array,
  reason: 'notHex' | 'notBase64',
  parse: (text: string) => ParsedBytes,
): Uint8Array => {
  const { text, byteAt } = readText(bytes, 'utf-8')
  const parsed = parse(text)
  if (!parsed.ok) throw new DecodingFault(reason, byteAt(parsed.position))
  return parsed.bytes
}
