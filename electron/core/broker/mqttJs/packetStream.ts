import { Duplex } from 'node:stream'
import type { AppError } from '#shared/result'
import { PacketFailure } from '../packets/packetFailure'
import { createPacketRouter, type PacketRouterParts } from './packetRouter'
import { createReadPacer } from '../connecting/readPacer'

export interface PacketStreamParts extends PacketRouterParts {
  readonly onBytes: (bytesIn: number, bytesOut: number) => void
  /** Changes what mqtt.js writes first, its CONNECT. */
  readonly reviseConnect: (connect: Buffer) => Buffer
  /** Turns an error of the socket into one for people. */
  readonly describe: (error: Error) => AppError
}

/** How long a socket may take to send a last DISCONNECT. */
const farewellMs = 1_000

const closed: AppError = { code: 'connectionClosed', message: 'The server closed the connection.' }

const unexpected = (error: unknown): AppError => ({
  code: 'internal',
  message: error instanceof Error ? error.message : String(error),
})

/**
 * The stream mqtt.js is given, around a connected socket (net, tls or WebSocket). It reads the packets itself and tells
 * of messages in wire order; mqtt.js sees what it needs for its handshakes, checked first, so that no bytes from a
 * server can raise an exception in it. However the stream ends, it ends with 'close', and `failure()` then says why:
 * null = we closed it.
 */
export const createPacketStream = (socket: Duplex, parts: PacketStreamParts) => {
  let failure: AppError | null = null
  let isClosing = false
  let isSayingGoodbye = false
  let isDeaf = false
  const pacer = createReadPacer(socket)

  /** Whether the chunk being read brought more than QoS 0 messages. */
  let isAwaited = false

  const onControl: PacketStreamParts['onControl'] = (packet) => {
    isAwaited = true
    parts.onControl(packet)
  }
  const router = createPacketRouter({ ...parts, onControl }, (packet) => {
    isAwaited = true
    if (!stream.push(packet)) pacer.setFull(true)
  })

  const end = (reason: AppError, farewell: Buffer | null = null) => {
    if (stream.destroyed) return
    failure = isClosing ? null : reason
    if (farewell) {
      isSayingGoodbye = true
      socket.end(farewell)
      setTimeout(() => socket.destroy(), farewellMs).unref()
    }
    stream.destroy()
  }

  const reading = (read: () => void) => {
    if (stream.destroyed || isDeaf) return
    try {
      read()
    } catch (error) {
      if (error instanceof PacketFailure) end(error.failure, router.farewellFor(error))
      else end(unexpected(error))
    }
  }
  const onData = (chunk: Buffer) =>
    reading(() => {
      parts.onBytes(chunk.length, 0)
      isAwaited = false
      router.read(chunk)
      pacer.noteRead(chunk.length, isAwaited)
    })

  let hasWritten = false
  const write = (given: Buffer, done: (error?: Error | null) => void) => {
    const bytes = hasWritten ? given : parts.reviseConnect(given)
    hasWritten = true
    parts.onBytes(0, bytes.length)
    socket.write(bytes, done)
  }

  const stream = new Duplex({
    read: () => pacer.setFull(false),
    write: (chunk: Buffer, _encoding, done) => write(chunk, done),
    // mqtt-packet writes a packet in many small pieces; over a WebSocket each would become a frame of its own.
    writev: (chunks, done) => write(Buffer.concat(chunks.map(({ chunk }) => chunk as Buffer)), done),
    final: (done) => void socket.end(done),
    destroy: (error, done) => {
      if (!isSayingGoodbye) socket.destroy()
      done(error)
    },
  })
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
    /** The session has begun: reads what has come behind CONNACK. */
    goOn: () => reading(router.goOn),
    /**
     * Says goodbye, so that the server does not send the will (MQTT 5 §3.14.4), and closes; 'close' follows soon. With
     * `deaf` nothing is told any more of what still comes.
     */
    disconnect: ({ deaf }: { readonly deaf: boolean }) => {
      if (stream.destroyed || isClosing) return
      isClosing = true
      isDeaf = deaf
      stream.end(Buffer.from([0xe0, 0]))
      setTimeout(() => stream.destroy(), farewellMs).unref()
    },
  }
}
