import { createByteCursor } from '#shared/encoding/byteCursor'
import { decodedPayload, DecodingFault } from '#shared/encoding/decodingFault'
import type { NodeMember, PayloadNode } from '#shared/encoding/payloadNode'
import { typesOfTables } from '#shared/encoding/protobuf/fieldTable'
import { readMessage } from '#shared/encoding/protobuf/protobufReader'
import { decodeUtf8, isUtf8 } from '#shared/mqtt/utf8'
import { aesCounter } from './aesCounter'
import type { Decoder } from './decoder'
import { shifted } from './structDecoder'

/**
 * Meshtastic's ServiceEnvelope. A packet that is encrypted with the default key stands in the clear beside what was sent; one of
 * another key stays as it is.
 */
export const meshtasticDecoder: Decoder = {
  name: 'meshtastic',
  decode: (bytes) => decodedPayload(() => [changed(messageIn(bytes, 'ServiceEnvelope'), 'packet', packetNode)]),
}

const types = typesOfTables({
  ServiceEnvelope: ['1 packet Packet', '2 channel_id string', '3 gateway_id string'],
  Packet: [
    '1 from fixed32',
    '2 to fixed32',
    '3 channel uint32',
    '4 decoded Data',
    '5 encrypted bytes',
    '6 id fixed32',
    '7 rx_time fixed32',
    '8 rx_snr float',
    '9 hop_limit uint32',
    '10 want_ack bool',
    '11 priority int32',
    '12 rx_rssi int32',
    '14 via_mqtt bool',
    '15 hop_start uint32',
  ],
  Data: [
    '1 portnum int32',
    '2 payload bytes',
    '3 want_response bool',
    '4 dest fixed32',
    '5 source fixed32',
    '6 request_id fixed32',
    '7 reply_id fixed32',
    '8 emoji fixed32',
    '9 bitfield uint32',
  ],
  Position: [
    '1 latitude_i sfixed32',
    '2 longitude_i sfixed32',
    '3 altitude int32',
    '4 time fixed32',
    '19 sats_in_view uint32',
  ],
  User: [
    '1 id string',
    '2 long_name string',
    '3 short_name string',
    '4 macaddr bytes',
    '5 hw_model int32',
    '6 is_licensed bool',
    '7 role int32',
    '8 public_key bytes',
  ],
})

const messageIn = (bytes: Uint8Array, name: string): PayloadNode => {
  const type = types.message(name)
  if (!type) throw new DecodingFault('unknownType', 0)
  return readMessage(createByteCursor(bytes), type, types)
}

const memberOf = (node: PayloadNode, name: string): PayloadNode | undefined =>
  node.kind === 'map' ? node.members.findLast((member) => member.name === name)?.value : undefined

const changed = (node: PayloadNode, name: string, change: (value: PayloadNode) => PayloadNode): PayloadNode =>
  node.kind === 'map'
    ? { ...node, members: node.members.map((one) => (one.name === name ? { ...one, value: change(one.value) } : one)) }
    : node

const packetNode = (packet: PayloadNode): PayloadNode => {
  const sent = memberOf(packet, 'encrypted')
  const plain = sent?.kind === 'bytes' ? decrypted(packet, sent.bytes) : null
  if (packet.kind !== 'map' || !sent || !plain) return changed(packet, 'decoded', dataNode)
  // It has the bytes that were encrypted.
  const value = placedAt(dataNode(plain), sent)
  return { ...packet, members: [...packet.members, { name: 'decoded', key: null, value }] }
}

/** The channel key AQ== stands for this one. */
const defaultKey = Uint8Array.from(
  [0xd4f1bb3a, 0x20290759, 0xf0bcffab, 0xcf4e6901].flatMap((word) =>
    [24, 16, 8, 0].map((bits) => (word >>> bits) & 0xff),
  ),
)

/** Under another key it is no message that has a port; null = it is none. */
const decrypted = (packet: PayloadNode, bytes: Uint8Array): PayloadNode | null => {
  const counter = new DataView(new ArrayBuffer(16))
  counter.setBigUint64(0, BigInt(digitsOf(packet, 'id')), true)
  counter.setUint32(8, Number(digitsOf(packet, 'from')), true)
  const plain = aesCounter(bytes, defaultKey, new Uint8Array(counter.buffer))
  const read = decodedPayload(() => [messageIn(plain, 'Data')])
  const [data] = read.ok ? read.nodes : []
  const isData =
    data?.kind === 'map' && memberOf(data, 'portnum') && data.members.every(({ name }) => !/^\d/.test(name))
  return data && isData ? data : null
}

const digitsOf = (node: PayloadNode, name: string): string => {
  const value = memberOf(node, name)
  return value?.kind === 'number' ? value.digits : '0'
}

/** Ports (portnums.proto) whose payload is read; that of another stays bytes. */
const portNames = new Map([
  ['1', 'TEXT_MESSAGE_APP'],
  ['3', 'POSITION_APP'],
  ['4', 'NODEINFO_APP'],
])

const dataNode = (data: PayloadNode): PayloadNode => {
  const port = digitsOf(data, 'portnum')
  const name = portNames.get(port)
  if (name === undefined) return data
  const named = changed(data, 'portnum', (value) => ({ ...value, kind: 'symbol', text: name, digits: port }))
  return changed(named, 'payload', (value) => (value.kind === 'bytes' ? portPayload(value, value.bytes, port) : value))
}

const portPayload = (sent: PayloadNode, bytes: Uint8Array, port: string): PayloadNode => {
  const { offset, length } = sent
  if (port === '1')
    return isUtf8(bytes) ? { kind: 'text', text: decodeUtf8(bytes), type: 'text', offset, length } : sent
  const read = decodedPayload(() => [messageIn(bytes, port === '3' ? 'Position' : 'User')])
  const [message] = read.ok ? read.nodes : []
  return message ? placedAt(degrees(message), sent) : sent
}

/** Positions are sent in ten-millionths of a degree. */
const degrees = (position: PayloadNode): PayloadNode =>
  position.kind === 'map' ? { ...position, members: position.members.map(inDegrees) } : position

const inDegrees = (member: NodeMember): NodeMember => {
  const { name, value } = member
  if (!/^(?:latitude|longitude)_i$/.test(name) || value.kind !== 'number') return member
  return {
    ...member,
    name: name.slice(0, -2),
    value: { ...value, digits: shifted(value.digits, 7), reading: value.digits },
  }
}

const placedAt = (node: PayloadNode, { offset, length }: Pick<PayloadNode, 'offset' | 'length'>): PayloadNode => {
  const place = { offset, length }
  if (node.kind === 'list') return { ...node, items: node.items.map((one) => placedAt(one, place)), ...place }
  if (node.kind !== 'map') return { ...node, ...place }
  return {
    ...node,
    members: node.members.map((one) => ({ ...one, key: null, value: placedAt(one.value, place) })),
    ...place,
  }
}
