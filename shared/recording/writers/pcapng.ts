import { joinedBytes } from '#shared/encoding/joinedBytes'
import { encodePublishProperties, encodeVariableInteger } from '#shared/mqtt/publishProperties'
import { encodeUtf8 } from '#shared/mqtt/utf8'
import { captureBlock, captureHead } from './captureBlocks'
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
    begin: captureHead,
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
      return joinedBytes(frames.map((frame) => captureBlock(frame, time)))
    },
    mark: null,
  }
}

interface Connection {
  readonly tcp: TcpFrames
  /** Of the last message whose own is not known. */
  packetId: number
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
