// Why it is so: build/docs/decisions/10-mqtt-js-does-handshakes-we-carry-messages.md
// Why it is so: build/docs/decisions/25-any-bytes-answer-pingreq.md
import { Duplex } from 'node:stream'
import type { AppError } from '#shared/result'
import { messageOf } from '#shared/text/messageOf'
import type { Authenticator } from '../authentication/authenticator'
import { createReadPacer } from '../connecting/readPacer'
import { PacketFailure } from '../packets/packetFailure'
import type { TransportParts } from '../transport/transport'
import type { ServerAnswers } from './serverAnswers'
import { createServerPackets } from './serverPackets'

export interface PacketStreamParts extends Omit<TransportParts, 'packetIds' | 'onOnline' | 'onPing' | 'onClose'> {
  readonly answers: ServerAnswers
  /** Null = CONNECT named no authentication method. */
  readonly authenticator: Authenticator | null
  /** Bytes have come from the server, and are read next. */
  readonly onRead: () => void
  /** Goes out in place of what mqtt.js writes first, its CONNECT. */
  readonly connect: Buffer
}

export interface PacketStream {
  /** What mqtt.js is given. However it ends, it ends with 'close'. */
  readonly stream: Duplex
  /** Why the stream ended; null = we closed it. */
  failure(): AppError | null
  /** Ends with a reason of ours, which `lastPacket` tells the server. */
  fail(reason: AppError, lastPacket?: Buffer): void
  /** The session has begun: reads what has come behind CONNACK. */
  goOn(): void
  /**
   * Sends this DISCONNECT and closes; 'close' follows soon. Null = closes without one, so that the server publishes the will
   * (MQTT 5 §3.1.2.5). With `deaf` no packet that still arrives is read.
   */
  disconnect(packet: Buffer | null, how: { readonly deaf: boolean }): void
}

/** How long a socket may take to send a last DISCONNECT. */
const disconnectMs = 1_000

/**
 * The stream mqtt.js is given, around a connected socket (net, tls or WebSocket). It reads the packets itself and
 * brings messages to the receiver in wire order; mqtt.js sees what it needs for its handshakes, checked first, so that
 * no bytes from a server can raise an exception in it.
 */
export const createPacketStream = (socket: Duplex, parts: PacketStreamParts): PacketStream => {
  const { receiver, onRead, connect, describe, trace } = parts
  let failure: AppError | null = null
  let isClosing = false
  let isSendingDisconnect = false
  let isDeaf = false
  let hasWritten = false
  const pacer = createReadPacer(socket)

  const toMqttJs = (packet: Buffer) => {
    if (!stream.push(packet)) pacer.setFull(true)
  }
  const packets = createServerPackets({ ...parts, toMqttJs })

  const end = (reason: AppError, lastPacket: Buffer | null = null) => {
    if (stream.destroyed) return
    failure = isClosing ? null : reason
    // Whoever is closing has said goodbye already.
    if (lastPacket && !isClosing) {
      isSendingDisconnect = true
      trace?.sent(lastPacket)
      socket.end(lastPacket)
      setTimeout(() => socket.destroy(), disconnectMs).unref()
    }
    stream.destroy()
  }
  const onSocketEnd = () => {
    faults?.ended()
    end(closed)
  }
  const reading = (read: () => void) => {
    if (stream.destroyed || isDeaf) return
    try {
      read()
    } catch (error) {
      if (error instanceof PacketFailure) end(error.failure, packets.disconnectFor(error))
      else end(unexpected(error))
    }
  }
  const onData = (chunk: Buffer) => {
    if (faults?.isOn() === true) faults.receive(chunk)
    else readChunk(chunk)
  }
  const readChunk = (chunk: Buffer) =>
    reading(() => {
      onRead()
      receiver.countBytes(chunk.length, 0)
      const hasAnswers = packets.read(chunk)
      pacer.noteRead(chunk.length, hasAnswers)
    })
  const write = (given: Buffer, done: (error?: Error | null) => void) => {
    const bytes = hasWritten ? given : connect
    hasWritten = true
    if (faults?.isOn() === true) {
      faults.send(bytes, done)
      return
    }
    trace?.sent(bytes)
    writeToSocket(bytes, done)
  }
  const writeToSocket = (bytes: Buffer, done: (error?: Error | null) => void) => {
    receiver.countBytes(0, bytes.length)
    socket.write(bytes, done)
  }

  const faults = parts.faults?.({
    write: (bytes, done) => {
      if (!stream.destroyed) writeToSocket(bytes, done)
    },
    told: (packet) => trace?.sent(packet),
    setStopped: pacer.setStopped,
    read: readChunk,
    pingWithheld: onRead,
  })

  const stream = new Duplex({
    read: () => pacer.setFull(false),
    write: (chunk: Buffer, _encoding, done) => write(chunk, done),
    // mqtt-packet writes a packet in many small pieces; over a WebSocket each would become a frame of its own.
    writev: (chunks, done) => write(Buffer.concat(chunks.map(({ chunk }) => chunk as Buffer)), done),
    final: (done) => void socket.end(done),
    destroy: (error, done) => {
      faults?.close()
      if (!isSendingDisconnect) socket.destroy()
      done(error)
    },
  })
  socket.on('data', onData)
  socket.on('error', (error) => end(describe(error)))
  for (const event of ['end', 'close']) socket.on(event, onSocketEnd)
  stream.on('error', (error) => end(describe(error)))

  return {
    stream,
    failure: () => failure,
    fail: (reason, lastPacket) => end(reason, lastPacket),
    goOn: () => reading(packets.goOn),
    disconnect: (packet, { deaf }) => {
      if (stream.destroyed || isClosing) return
      isClosing = true
      isDeaf = deaf
      if (packet) stream.end(packet)
      else stream.destroy()
      setTimeout(() => stream.destroy(), disconnectMs).unref()
    },
  }
}

const closed: AppError = { code: 'connectionClosed', message: 'The server closed the connection.' }

const unexpected = (error: unknown): AppError => ({
  code: 'internal',
  message: messageOf(error),
})
