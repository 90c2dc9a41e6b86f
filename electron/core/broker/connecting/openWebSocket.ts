import type { Socket } from 'node:net'
import { isIPv6 } from 'node:net'
import type { Duplex } from 'node:stream'
import { createWebSocketStream, WebSocket } from 'ws'
import { ok, type AppError, type Result } from '#shared/result'
import { connectionFailure, type Place } from './connectionFailure'

export interface WebSocketRequest {
  readonly place: Place
  readonly encrypted: boolean
  readonly path: string
  readonly subprotocol: string
  readonly maximumBytes: number
}

/** `status` is HTTP's; 0 = the server hung up without an answer, null = the answer was not of a WebSocket. */
const rejected = (place: Place, detail: string, status: number | null): AppError => ({
  code: 'webSocketRejected',
  message: `The WebSocket handshake was refused: ${detail}`,
  values: { ...place, detail, ...(status !== null && { status }) },
})

const isSocketError = (error: NodeJS.ErrnoException) => error.code !== undefined && /^E[A-Z]+$/.test(error.code)

const failureOf = (error: NodeJS.ErrnoException, place: Place): AppError => {
  if (error.message === 'socket hang up') return rejected(place, error.message, 0)
  return isSocketError(error) ? connectionFailure(error, place) : rejected(place, error.message, null)
}

/** A frame went beyond `maximumBytes`; ws refuses it by its header. */
export const isOversizedFrame = (error: NodeJS.ErrnoException): boolean =>
  error.code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH'

const urlOf = ({ place: { host, port }, encrypted, path }: WebSocketRequest) =>
  `${encrypted ? 'wss' : 'ws'}://${isIPv6(host) ? `[${host}]` : host}:${port}${path === '' ? '/' : path}`

/** The WebSocket's bytes; MQTT 5 §6.0 [MQTT-6.0.0-1]: control packets travel in binary frames only. */
const streamOf = (webSocket: WebSocket): Duplex => {
  const stream = createWebSocketStream(webSocket)
  webSocket.on('message', (_data, isBinary) => {
    if (!isBinary) stream.destroy(new Error('The server sent a text frame.'))
  })
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
    // Without compression: a small frame could not become a large one here, nor our secrets be guessed from sizes.
    const options = { perMessageDeflate: false, maxPayload: maximumBytes, createConnection: () => socket }
    const webSocket = new WebSocket(urlOf(request), subprotocol, options)
    const onAbort = () => settle({ ok: false, error: signal.reason as AppError })
    const settle = (result: Result<Duplex>) => {
      signal.removeEventListener('abort', onAbort)
      if (!result.ok) socket.destroy()
      resolve(result)
    }
    signal.addEventListener('abort', onAbort, { once: true })
    webSocket.on('error', (error) => settle({ ok: false, error: failureOf(error, place) }))
    webSocket.once('unexpected-response', (_request, { statusCode = 0, statusMessage = '' }) =>
      settle({ ok: false, error: rejected(place, `HTTP ${statusCode} ${statusMessage}`.trim(), statusCode) }),
    )
    webSocket.once('open', () => settle(ok(streamOf(webSocket))))
  })
