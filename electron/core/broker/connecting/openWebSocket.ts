import type { Socket } from 'node:net'
import { isIPv6 } from 'node:net'
import type { Duplex } from 'node:stream'
import { createWebSocketStream, WebSocket } from 'ws'
import { ok, type AppError, type Result } from '#shared/result'
import type { Place } from './connectionFailure'
import { handshakeFailure, statusFailure, TextFrame, WebSocketClosed } from './webSocketFailure'

export interface WebSocketRequest {
  readonly place: Place
  readonly encrypted: boolean
  readonly path: string
  readonly subprotocol: string
  readonly maximumBytes: number
}

/** A frame went beyond `maximumBytes`; ws refuses it by its header. */
export const isOversizedFrame = (error: NodeJS.ErrnoException): boolean =>
  error.code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH'

/** A fragment is no part of what is asked for (RFC 6455 §3): a # stands for itself. */
const urlOf = ({ place: { host, port }, encrypted, path }: WebSocketRequest) =>
  `${encrypted ? 'wss' : 'ws'}://${isIPv6(host) ? `[${host}]` : host}:${port}${path === '' ? '/' : path.replaceAll('#', '%23')}`

/** RFC 6455 §7.1.5: these say that no Close frame came, or none with a code. */
const withoutCode: ReadonlySet<number> = new Set([1005, 1006])

/**
 * The WebSocket's bytes as a stream; it fails with `TextFrame` or `WebSocketClosed` where the server sends such a
 * frame.
 */
const streamOf = (webSocket: WebSocket): Duplex => {
  // Registered before the listeners of the stream, which would read a text frame as bytes and ignore the close code.
  webSocket.once('close', (code, reason) => {
    if (!withoutCode.has(code) && !stream.destroyed) stream.destroy(new WebSocketClosed(code, reason.toString()))
  })
  webSocket.on('message', (_data, isBinary) => {
    if (!isBinary) stream.destroy(new TextFrame())
  })
  const stream = createWebSocketStream(webSocket)
  return stream
}

/**
 * Turns a connected socket into a WebSocket of the subprotocol (MQTT 5 §6.0: "mqtt"). Fails with `webSocketRejected`,
 * or as the socket did.
 */
export const openWebSocket = (
  socket: Socket,
  request: WebSocketRequest,
  signal: AbortSignal,
): Promise<Result<Duplex>> =>
  new Promise((resolve) => {
    const { place, subprotocol, maximumBytes } = request
    // Without compression: a small frame cannot expand to a large one, and sizes tell nothing about secrets.
    const options = { perMessageDeflate: false, maxPayload: maximumBytes, createConnection: () => socket }
    const webSocket = new WebSocket(urlOf(request), subprotocol, options)
    const onAbort = () => settle({ ok: false, error: signal.reason as AppError })
    const settle = (result: Result<Duplex>) => {
      signal.removeEventListener('abort', onAbort)
      if (!result.ok) socket.destroy()
      resolve(result)
    }
    signal.addEventListener('abort', onAbort, { once: true })
    let named: string | null = null
    webSocket.on('upgrade', ({ headers }) => (named = headers['sec-websocket-protocol'] ?? null))
    webSocket.on('error', (error) => settle({ ok: false, error: handshakeFailure(error, place, named) }))
    webSocket.once('unexpected-response', (_request, response) => settle({ ok: false, error: statusFailure(response) }))
    webSocket.once('open', () => settle(ok(streamOf(webSocket))))
  })
