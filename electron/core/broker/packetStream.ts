import { Duplex } from 'node:stream'
import type { AppError } from '#shared/result'
import { readControlPacket, type ControlPacket } from './controlPacket'
import { malformed, PacketFailure, protocolReason } from './packetFailure'
import { createPacketReader, largestPacket, type PacketReaderParts } from './packetReader'
import { createParserCheck } from './parserCheck'
import { connackRefusal, serverDisconnect } from './serverRefusal'

export interface PacketStreamParts
  extends Pick<PacketReaderParts, 'topics' | 'unreleased' | 'now' | 'onMessage'> {
  /** The number in CONNECT: 3, 4 or 5. */
  readonly protocolLevel: 3 | 4 | 5
  readonly maximumPacketSize?: number
  /** Every packet but PUBLISH, before mqtt.js sees it. */
  readonly onControl: (packet: ControlPacket) => void
  readonly onBytes: (bytesIn: number, bytesOut: number) => void
  /** Turns an error of the socket into one for people. */
  readonly describe: (error: Error) => AppError
}

/** How long a socket may take to send a last DISCONNECT. */
const farewellMs = 1_000

/** What mqtt.js needs: PUBACK, PUBREC and PUBCOMP belong to our own publishing, a DISCONNECT ends the stream. */
const isForMqttJs = ({ type }: ControlPacket) =>
  type === 'connack' || type === 'suback' || type === 'unsuback' || type === 'pingresp' || type === 'pubrel'

/** A PUBLISH with topic "." and no payload: all mqtt.js needs to acknowledge the real one, whatever its size. */
const standInFor = (firstByte: number, packetId: number, isVersion5: boolean): Buffer => {
  const id = [packetId >> 8, packetId & 0xff]
  const header = firstByte & 0xfe
  return Buffer.from(isVersion5 ? [header, 6, 0, 1, 0x2e, ...id, 0] : [header, 5, 0, 1, 0x2e, ...id])
}

/**
 * The stream mqtt.js is given, around a connected socket (net, tls or WebSocket). It reads the packets itself and tells
 * of messages in wire order; mqtt.js sees what it needs for its handshakes, checked first, so that no bytes from a
 * server can raise an exception in it. However the stream ends, it ends with 'close', and `failure()` then says why:
 * null = we closed it.
 */
export const createPacketStream = (socket: Duplex, parts: PacketStreamParts) => {
  const isVersion5 = parts.protocolLevel === 5
  const parserProblem = createParserCheck(parts.protocolLevel)
  let failure: AppError | null = null
  let hasConnack = false
  let isClosing = false
  let isSayingGoodbye = false

  const forward = (packet: Buffer) => {
    if (!stream.push(packet)) socket.pause()
  }

  const onPacket = (bytes: Buffer, bodyStart: number) => {
    const packet = readControlPacket(bytes, bodyStart, isVersion5)
    const first = bytes[0] ?? 0
    if (packet.type === 'connack') {
      if (hasConnack) throw malformed(first, 'it was sent twice', protocolReason.protocolError)
      hasConnack = true
      if (packet.reasonCode !== 0) throw connackRefusal(packet, isVersion5)
    }
    if (packet.type === 'disconnect') throw serverDisconnect(packet)
    const problem = isForMqttJs(packet) ? parserProblem(bytes) : null
    if (problem) throw malformed(first, problem)
    parts.onControl(packet)
    if (packet.type === 'pubrel') parts.unreleased.delete(packet.packetId)
    if (isForMqttJs(packet)) forward(bytes)
  }

  const reader = createPacketReader({
    ...parts,
    isVersion5,
    maximumPacketSize: parts.maximumPacketSize ?? largestPacket,
    onAcknowledge: (first, packetId) => forward(standInFor(first, packetId, isVersion5)),
    onPacket,
  })

  const end = (reason: AppError | null, farewell: Buffer | null = null) => {
    if (stream.destroyed) return
    failure = isClosing ? null : reason
    if (!farewell) socket.destroy()
    else {
      isSayingGoodbye = true
      socket.end(farewell)
      setTimeout(() => socket.destroy(), farewellMs).unref()
    }
    stream.destroy()
  }

  const farewellFor = (error: PacketFailure) =>
    // §4.13.1: tell the server what it did wrong; before MQTT 5 there is no way to.
    isVersion5 && hasConnack && error.answer !== null ? Buffer.from([0xe0, 2, error.answer, 0]) : null

  const onData = (chunk: Buffer) => {
    if (stream.destroyed) return
    parts.onBytes(chunk.length, 0)
    try {
      reader.read(chunk)
    } catch (error) {
      if (error instanceof PacketFailure) end(error.failure, farewellFor(error))
      else end({ code: 'internal', message: error instanceof Error ? error.message : String(error) })
    }
  }

  const write = (bytes: Buffer, done: (error?: Error | null) => void) => {
    parts.onBytes(0, bytes.length)
    socket.write(bytes, done)
  }

  const stream = new Duplex({
    read: () => void socket.resume(),
    write: (chunk: Buffer, _encoding, done) => write(chunk, done),
    // mqtt-packet writes a packet in many small pieces; over a WebSocket each would become a frame of its own.
    writev: (chunks, done) => write(Buffer.concat(chunks.map(({ chunk }) => chunk as Buffer)), done),
    final: (done) => void socket.end(done),
    destroy: (error, done) => {
      if (!isSayingGoodbye) socket.destroy()
      done(error)
    },
  })
  const closed: AppError = { code: 'connectionClosed', message: 'The server closed the connection.' }
  socket.on('data', onData)
  socket.on('error', (error) => end(parts.describe(error)))
  socket.on('end', () => end(closed))
  socket.on('close', () => end(closed))
  stream.on('error', (error) => end(parts.describe(error)))

  return {
    stream,
    failure: () => failure,
    /** Ends with a reason of ours. */
    fail: (reason: AppError) => end(reason),
    /** Says goodbye, so that the server does not send the will (MQTT 5 §3.14.4), and closes; 'close' follows soon. */
    disconnect: () => {
      if (stream.destroyed || isClosing) return
      isClosing = true
      stream.end(Buffer.from([0xe0, 0]))
      setTimeout(() => stream.destroy(), farewellMs).unref()
    },
  }
}
export type PacketStream = ReturnType<typeof createPacketStream>
