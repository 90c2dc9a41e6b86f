import { joinedBytes } from '#shared/encoding/joinedBytes'
import { encodePublishProperties, encodeVariableInteger } from '#shared/mqtt/publishProperties'
import { encodeUtf8 } from '#shared/mqtt/utf8'
import type { RecordedMessage } from '../recordedMessage'
import type { RecordingWriter } from '../recordingWriter'
import { createTcpFrames, type TcpFrames } from './tcpFrames'

/**
 * A capture (pcapng) of the messages as if they had crossed a network: MQTT 5 in TCP that was made for it, one TCP connection for each
 * connection, with the addresses of documentation (RFC 5737). Acknowledgements are not in a recording, so they are not in it either.
 */
export const createPcapngWriter = (): RecordingWriter => {
  const connections = new Map<string, Connection>()
  let last = 0n
  return {
    begin: () => joinedBytes([block(sectionHeader, sectionBody), block(interfaceDescription, interfaceBody)]),
    message: (message) => {
      const name = message.connection ?? ''
      const time = message.time ?? last
      last = time
      const frames: Uint8Array[] = []
      let connection = connections.get(name)
      if (!connection) {
        connection = { tcp: createTcpFrames(connections.size), packetId: 0 }
        connections.set(name, connection)
        frames.push(...connection.tcp.handshake())
        frames.push(
          ...connection.tcp.send('client', connectPacket(name)),
          ...connection.tcp.send('server', connackPacket),
        )
      }
      const packet = publishPacket(message, connection)
      frames.push(...connection.tcp.send(message.direction === 'out' ? 'client' : 'server', packet))
      return joinedBytes(frames.map((frame) => block(enhancedPacket, packetBody(frame, time))))
    },
    mark: null,
  }
}

interface Connection {
  readonly tcp: TcpFrames
  /** Of the last message whose own is not known. */
  packetId: number
}

const sectionHeader = 0x0a0d0d0a
const interfaceDescription = 1
const enhancedPacket = 6

const view = (length: number): DataView => new DataView(new ArrayBuffer(length))
const bytesOf = ({ buffer }: DataView): Uint8Array => new Uint8Array(buffer)

const sectionBody = (() => {
  const body = view(16)
  body.setUint32(0, 0x1a2b3c4d, true)
  body.setUint16(4, 1, true)
  // The length of the section is not known beforehand.
  body.setBigInt64(8, -1n, true)
  return bytesOf(body)
})()

const linkRaw = 101
const largestFrame = 65_535

const interfaceBody = (() => {
  const body = view(20)
  body.setUint16(0, linkRaw, true)
  body.setUint32(4, largestFrame, true)
  // if_tsresol: times are nanoseconds.
  body.setUint16(8, 9, true)
  body.setUint16(10, 1, true)
  body.setUint8(12, 9)
  return bytesOf(body)
})()

/** Without a sign: a capture knows no time before 1970, and none after 2554. */
const latest = 2n ** 64n - 1n
const captured = (time: bigint): bigint => (time < 0n ? 0n : time > latest ? latest : time)

const packetBody = (frame: Uint8Array, at: bigint): Uint8Array => {
  const time = captured(at)
  const body = view(20)
  body.setUint32(4, Number(time >> 32n), true)
  body.setUint32(8, Number(time & 0xffffffffn), true)
  body.setUint32(12, frame.length, true)
  body.setUint32(16, frame.length, true)
  return joinedBytes([bytesOf(body), frame])
}

/** Padded to four bytes, its length in front and behind. */
const block = (type: number, body: Uint8Array): Uint8Array => {
  const padding = (4 - (body.length % 4)) % 4
  const length = 12 + body.length + padding
  const whole = view(length)
  whole.setUint32(0, type, true)
  whole.setUint32(4, length, true)
  whole.setUint32(length - 4, length, true)
  const bytes = bytesOf(whole)
  bytes.set(body, 8)
  return bytes
}

const packetOf = (first: number, body: Uint8Array): Uint8Array =>
  joinedBytes([Uint8Array.of(first, ...encodeVariableInteger(body.length)), body])

const prefixed = (text: string): Uint8Array => {
  const bytes = encodeUtf8(text)
  return joinedBytes([Uint8Array.of(bytes.length >> 8, bytes.length & 255), bytes])
}

/** Topic Alias Maximum: messages may have an alias. */
const allAliases = Uint8Array.of(3, 0x22, 0xff, 0xff)

const connectPacket = (clientId: string): Uint8Array =>
  packetOf(0x10, joinedBytes([prefixed('MQTT'), Uint8Array.of(5, 2, 0, 60), allAliases, prefixed(shortened(clientId))]))

const connackPacket = packetOf(0x20, joinedBytes([Uint8Array.of(0, 0), allAliases]))

/** A text of MQTT has at most 65,535 bytes; a name of a connection is not held to that. */
const shortened = (text: string): string => text.slice(0, 20_000)

const publishPacket = (message: RecordedMessage, connection: Connection): Uint8Array => {
  const { topic, payload, qos, retain, dup, packetId, properties } = message
  const section = encodePublishProperties(properties)
  const known = packetId ?? 0
  if (qos > 0 && known === 0) connection.packetId = (connection.packetId % 65_535) + 1
  const id = known === 0 ? connection.packetId : known
  return packetOf(
    0x30 | (dup ? 8 : 0) | (qos << 1) | (retain ? 1 : 0),
    joinedBytes([
      prefixed(topic),
      qos > 0 ? Uint8Array.of(id >> 8, id & 255) : new Uint8Array(0),
      Uint8Array.from(encodeVariableInteger(section.length)),
      section,
      payload,
    ]),
  )
}
