import type { IncomingMessage } from 'node:http'
import type { AppError } from '#shared/result'
import { isTlsRecord } from '../packets/packetFailure'
import { connectionFailure, type Place } from './connectionFailure'

/** What kind of answer refused the handshake; the catalogues have words for each. */
type Rejection =
  | 'redirect'
  | 'credentials'
  | 'forbidden'
  | 'notFound'
  | 'noWebSocket'
  | 'overloaded'
  | 'gateway'
  | 'status'
  | 'noSubprotocol'
  | 'otherSubprotocol'
  | 'notHttp'
  | 'tls'
  | 'answer'

const kinds = new Map<number, Rejection>([
  ...[301, 302, 303, 307, 308].map((status) => [status, 'redirect'] as const),
  ...[401, 407].map((status) => [status, 'credentials'] as const),
  [403, 'forbidden'],
  ...[404, 410].map((status) => [status, 'notFound'] as const),
  ...[429, 503].map((status) => [status, 'overloaded'] as const),
  ...[502, 504].map((status) => [status, 'gateway'] as const),
])

/** 200 is a page, 400, 405, 426 and 501 say that no WebSocket is served under this path. */
const noWebSocketStatuses: ReadonlySet<number> = new Set([200, 204, 400, 405, 426, 501])

/** The server answered in HTTP, but not with 101. */
export const statusFailure = ({ statusCode: status = 0, statusMessage = '', headers }: IncomingMessage): AppError => {
  const kind = kinds.get(status) ?? (noWebSocketStatuses.has(status) ? 'noWebSocket' : 'status')
  const location = headers.location ?? ''
  const detail = `HTTP ${status} ${statusMessage}`.trim()
  return rejected(kind, detail, { status, ...(kind === 'redirect' && { location }) })
}

interface HandshakeError extends Error {
  readonly code?: string | undefined
  readonly rawPacket?: Buffer
}

/** The handshake failed otherwise; `subprotocol` is what the server's answer named, if there was one. */
export const handshakeFailure = (error: HandshakeError, place: Place, subprotocol: string | null): AppError => {
  if (error.message === 'socket hang up')
    return { code: 'connectionClosed', message: `${error.message} (${error.code ?? ''})`, values: { ...place } }
  if (error.code?.startsWith('HPE_') === true)
    return rejected(error.rawPacket && isTlsRecord(error.rawPacket) ? 'tls' : 'notHttp', error.message)
  if (error.code !== undefined && /^E[A-Z]+$/.test(error.code)) return connectionFailure(error, place)
  if (/no subprotocol/.test(error.message)) return rejected('noSubprotocol', error.message)
  if (/invalid subprotocol/.test(error.message))
    return rejected('otherSubprotocol', error.message, { subprotocol: subprotocol ?? '' })
  return rejected('answer', error.message)
}

/** The server closed a WebSocket that stood, with a code (RFC 6455 §7.1.5) and perhaps a reason of its own. */
export class WebSocketClosed extends Error {
  override readonly name = 'WebSocketClosed'
  constructor(
    readonly closeCode: number,
    readonly reason: string,
  ) {
    super(`The WebSocket was closed with ${closeCode}${reason === '' ? '' : ` "${reason}"`}.`)
  }
}

/** MQTT 5 §6.0 [MQTT-6.0.0-1]: control packets travel in binary frames only. */
export class TextFrame extends Error {
  override readonly name = 'TextFrame'
  constructor() {
    super('The server sent a text frame.')
  }
}

/** RFC 6455 §7.4.1 and the registry it made. */
const closeNames: Readonly<Record<number, string>> = {
  1000: 'Normal Closure',
  1001: 'Going Away',
  1002: 'Protocol Error',
  1003: 'Unsupported Data',
  1007: 'Invalid Frame Payload Data',
  1008: 'Policy Violation',
  1009: 'Message Too Big',
  1010: 'Mandatory Extension',
  1011: 'Internal Error',
  1012: 'Service Restart',
  1013: 'Try Again Later',
  1014: 'Bad Gateway',
}

/** What ended a WebSocket that stood, where it was something of a WebSocket; null = ask the socket. */
export const webSocketEnd = (error: Error): AppError | null => {
  const { message } = error
  if (error instanceof TextFrame) return { code: 'webSocketTextFrame', message }
  if (!(error instanceof WebSocketClosed)) return null
  const { closeCode, reason } = error
  const name = closeNames[closeCode]
  const detail = [name ? `${name} (${closeCode})` : String(closeCode), ...(reason === '' ? [] : [`"${reason}"`])]
  return { code: 'webSocketClosed', message, values: { detail: detail.join(' '), closeCode } }
}

const rejected = (kind: Rejection, detail: string, values: AppError['values'] = {}): AppError => ({
  code: 'webSocketRejected',
  message: `The WebSocket handshake was refused: ${detail}`,
  values: { kind, detail, ...values },
})
