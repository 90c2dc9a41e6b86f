import { decodedPayload, DecodingFault } from '#shared/encoding/decodingFault'
import type { PayloadNode } from '#shared/encoding/payloadNode'
import { compressedBody, decodeSparkplug } from '#shared/encoding/sparkplug/decodedSparkplug'
import type { Decoder, DecoderSettings } from './decoder'
import { mostDecompressed } from './limits'

/** A payload of Sparkplug B by itself. What is compressed in another stands behind its bytes as `inner`. */
export const sparkplugDecoder: Decoder = {
  name: 'sparkplug',
  otherNames: ['sparkplug-b', 'sparkplugb'],
  decode: (bytes, settings) => {
    const decoded = decodeSparkplug(bytes)
    return decoded.ok ? decodedPayload(() => decoded.nodes.map((node) => withInner(node, settings))) : decoded
  },
}

/** Where something in it cannot be read, the place to blame is that of the compressed bytes. */
const withInner = (payload: PayloadNode, { decompress }: DecoderSettings): PayloadNode => {
  const body = compressedBody(payload)
  const sent = payload.kind === 'map' ? payload.members.findLast(({ name }) => name === 'body')?.value : undefined
  if (payload.kind !== 'map' || !body || !sent) return payload
  const { offset, length } = sent
  const inner = innerOf(body, offset, decompress)
  const members = [
    ...payload.members,
    // In the payload it has no bytes of its own but the compressed ones.
    { name: 'inner', key: null, value: placedAt(inner, offset, length) },
  ]
  return { ...payload, members }
}

const innerOf = (
  { algorithm, bytes }: NonNullable<ReturnType<typeof compressedBody>>,
  offset: number,
  decompress: DecoderSettings['decompress'],
): PayloadNode => {
  const unpacked = decodedPayload(() => {
    const plain = decompress(algorithm === 'gzip' ? 'gzip' : 'zlib', bytes, mostDecompressed(bytes.length))
    const decoded = decodeSparkplug(plain)
    if (!decoded.ok) throw new DecodingFault(decoded.reason, 0)
    return decoded.nodes
  })
  const [inner] = unpacked.ok ? unpacked.nodes : []
  if (!inner) throw new DecodingFault(unpacked.ok ? 'cutShort' : unpacked.reason, offset)
  return inner
}

/** All of its values have the bytes that they were compressed to. */
const placedAt = (node: PayloadNode, offset: number, length: number): PayloadNode => {
  const place = { offset, length }
  const again = (one: PayloadNode) => placedAt(one, offset, length)
  if (node.kind === 'list') return { ...node, items: node.items.map(again), ...place }
  if (node.kind === 'tagged') return { ...node, content: again(node.content), ...place }
  if (node.kind !== 'map') return { ...node, ...place }
  const members = node.members.map(({ name, key, value }) => ({ name, key: key && again(key), value: again(value) }))
  return { ...node, members, ...place }
}
