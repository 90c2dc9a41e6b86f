import type { PublishPropertySet } from '#shared/mqtt/publishProperties'

/** How a payload is decoded that no rule takes: because of its content type, or of what its first bytes show. */
export interface FoundDecoder {
  readonly found: 'contentType' | 'bytes'
  readonly decoder: string
}

/** Content types of what is not read as it is: JSON and other texts are. Without a rule, Protobuf is fields by their number. */
const byContentType: Readonly<Record<string, string>> = {
  'application/cbor': 'cbor',
  'application/cbor-seq': 'cbor',
  'application/msgpack': 'msgpack',
  'application/x-msgpack': 'msgpack',
  'application/vnd.msgpack': 'msgpack',
  'application/protobuf': 'protobuf',
  'application/x-protobuf': 'protobuf',
  'application/x-google-protobuf': 'protobuf',
  'application/vnd.google.protobuf': 'protobuf',
  'application/xml': 'xml',
  'text/xml': 'xml',
  'text/csv': 'csv',
  'application/csv': 'csv',
  'text/tab-separated-values': 'csv',
  'application/x-ndjson': 'json-lines',
  'application/ndjson': 'json-lines',
  'application/jsonl': 'json-lines',
  'application/x-jsonlines': 'json-lines',
  'application/jwt': 'jwt',
  'application/gzip': 'gzip+text',
  'application/x-gzip': 'gzip+text',
  'application/zlib': 'zlib+text',
  'application/zstd': 'zstd+text',
  'application/x-brotli': 'brotli+text',
  'image/png': 'image',
  'image/jpeg': 'image',
  'image/jpg': 'image',
  'image/gif': 'image',
  'image/webp': 'image',
}

/** What stands behind the + of a content type (RFC 6839, RFC 8949 §9.5), and is not text of its own. */
const bySuffix: Readonly<Record<string, string>> = {
  cbor: 'cbor',
  'cbor-seq': 'cbor',
  msgpack: 'msgpack',
  protobuf: 'protobuf',
  xml: 'xml',
  jwt: 'jwt',
  gzip: 'gzip+text',
  zstd: 'zstd+text',
}

/** These are XML that is looked at as it is written. */
const asWritten: ReadonlySet<string> = new Set(['image/svg+xml', 'application/xhtml+xml'])

const contentTypeDecoder = (contentType: string): string | null => {
  const type = contentType.replace(/;.*/s, '').trim().toLowerCase()
  if (asWritten.has(type)) return null
  const suffix = type.slice(type.lastIndexOf('+') + 1)
  return lookedUp(byContentType, type) ?? (type.includes('+') ? lookedUp(bySuffix, suffix) : null)
}

const lookedUp = (table: Readonly<Record<string, string>>, key: string): string | null =>
  Object.hasOwn(table, key) ? (table[key] ?? null) : null

/** null = any byte. */
const magicNumbers: readonly { readonly bytes: readonly (number | null)[]; readonly decoder: string }[] = [
  { bytes: [0x1f, 0x8b, 0x08], decoder: 'gzip+text' },
  { bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], decoder: 'image' },
  { bytes: [0xff, 0xd8, 0xff], decoder: 'image' },
  { bytes: [0x47, 0x49, 0x46, 0x38], decoder: 'image' },
  // RIFF, the length of the file, WEBP.
  { bytes: [0x52, 0x49, 0x46, 0x46, null, null, null, null, 0x57, 0x45, 0x42, 0x50], decoder: 'image' },
]

/** Null = nothing says how, or it is a text. */
export const foundDecoder = (payload: Uint8Array, properties: PublishPropertySet | null): FoundDecoder | null => {
  const named = contentTypeDecoder(properties?.contentType ?? '')
  if (named !== null) return { found: 'contentType', decoder: named }
  // §3.3.2.3.2: 1 says that it is a text.
  if (properties?.payloadFormatIndicator === 1) return null
  const shown = magicNumbers.find(({ bytes }) => bytes.every((byte, at) => byte === null || payload[at] === byte))
  return shown ? { found: 'bytes', decoder: shown.decoder } : null
}
