import type { PublishPropertySet } from '#shared/mqtt/publishProperties'

/** How a payload is decoded that no rule takes: because of its content type, or of what its first bytes show. */
export interface FoundDecoder {
  readonly found: 'contentType' | 'bytes'
  readonly decoder: string
}

/** Content types of what is not read as it is: texts are, and Protobuf says nothing without a rule. */
const byContentType: Readonly<Record<string, string>> = {
  'application/cbor': 'cbor',
  'application/cbor-seq': 'cbor',
  'application/msgpack': 'msgpack',
  'application/x-msgpack': 'msgpack',
  'application/vnd.msgpack': 'msgpack',
  'application/gzip': 'gzip+text',
  'application/x-gzip': 'gzip+text',
  'image/png': 'image',
  'image/jpeg': 'image',
  'image/gif': 'image',
  'image/webp': 'image',
}

const contentTypeDecoder = (contentType: string): string | null => {
  const type = contentType.replace(/;.*/s, '').trim().toLowerCase()
  if (Object.hasOwn(byContentType, type)) return byContentType[type] ?? null
  return type.endsWith('+cbor') ? 'cbor' : null
}

const magicNumbers: readonly { readonly bytes: readonly number[]; readonly decoder: string }[] = [
  { bytes: [0x1f, 0x8b, 0x08], decoder: 'gzip+text' },
  { bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], decoder: 'image' },
  { bytes: [0xff, 0xd8, 0xff], decoder: 'image' },
  { bytes: [0x47, 0x49, 0x46, 0x38], decoder: 'image' },
]

/** Null = nothing says how, or it is a text. */
export const foundDecoder = (payload: Uint8Array, properties: PublishPropertySet | null): FoundDecoder | null => {
  const named = contentTypeDecoder(properties?.contentType ?? '')
  if (named !== null) return { found: 'contentType', decoder: named }
  // §3.3.2.3.2: 1 says that it is a text.
  if (properties?.payloadFormatIndicator === 1) return null
  const shown = magicNumbers.find(({ bytes }) => bytes.every((byte, at) => payload[at] === byte))
  return shown ? { found: 'bytes', decoder: shown.decoder } : null
}
