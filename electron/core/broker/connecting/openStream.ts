import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { urlHost } from '#shared/address/urlHost'
import type { TlsFacts } from '#shared/model/tlsFacts'
import type { AppError, Result } from '#shared/result'
import { ok } from '#shared/result'
import type { Dialling } from './dialling'
import type { SocketTarget } from './dialSocket'
import { openWebSocket } from './openWebSocket'
import { openTunnel } from './proxy/openTunnel'
import { proxyAddress, type ProxyTarget } from './proxy/proxyTarget'
import { openTcp } from './socket/openTcp'
import { openTls, type TlsTarget } from './tls/openTls'

interface WebSocketTarget {
  readonly path: string
  readonly subprotocol: 'mqtt' | 'mqttv3.1'
  readonly maximumBytes: number
}

/** Where and how to dial; a scheme's parts that do not apply are null. */
export interface StreamTarget extends SocketTarget {
  /** Null = it is dialled without one. */
  readonly proxy: ProxyTarget | null
  readonly tls: TlsTarget | null
  readonly webSocket: WebSocketTarget | null
}

export interface OpenedStream {
  /** Connected; paused until someone listens. */
  readonly socket: Duplex
  /** The server's address and port; behind a proxy, which alone knows its address, its host and port. */
  readonly address: string
  /** Address and port of the proxy; null = there is none between. */
  readonly proxy: string | null
  readonly encrypted: boolean
  /** Whether the server's certificate was checked, or pinned, and found good. */
  readonly verified: boolean
  readonly tls: TlsFacts | null
  /** Closes it with RST; false where the system does not let it, and nothing was done. */
  readonly reset: () => boolean
  /** The AppError of a later error of the socket where it is one of TLS; null = it is not. */
  readonly explain: (error: Error) => AppError | null
}

interface OpenedSocket {
  readonly socket: Socket
  readonly tls: TlsFacts | null
  readonly explain: OpenedStream['explain']
}

/**
 * Opens the connection up to where CONNECT can be sent: TCP connected, the TLS handshake done and the certificate
 * checked, the WebSocket accepted. Never rejects; when `signal` is aborted, fails with its reason, an AppError.
 */
export const openStream = async (target: StreamTarget, dialling: Dialling): Promise<Result<OpenedStream>> => {
  const { tls: tlsTarget, webSocket, proxy, place } = target
  const dialled = await openSocket(target, dialling)
  if (!dialled.ok) return dialled
  const { socket, tls, explain } = dialled.value
  const encrypted = tlsTarget !== null
  const about = {
    address: proxy ? `${urlHost(place.host)}:${place.port}` : addressOf(socket),
    proxy: proxy && proxyAddress(proxy),
    encrypted,
    verified: tlsTarget !== null && (tlsTarget.verify || tlsTarget.pins.length > 0),
    tls,
    explain,
    reset: () => reset(socket),
  }
  if (!webSocket) return ok({ ...about, socket })
  dialling.onStage('webSocket')
  // The WebSocket's own error would not tell that the cause was TLS.
  const seen: (AppError | null)[] = []
  socket.on('error', (error) => seen.push(explain(error)))
  const opened = await openWebSocket(socket, { ...webSocket, place, encrypted }, dialling.signal)
  if (opened.ok) return ok({ ...about, socket: opened.value })
  const [ended] = seen
  return ended ? { ok: false, error: ended } : opened
}

/** Node resets a plain socket only. */
const reset = (socket: Socket): boolean => {
  try {
    socket.resetAndDestroy()
    return true
  } catch {
    return false
  }
}

const noTls = () => null

const openSocket = async (target: StreamTarget, dialling: Dialling): Promise<Result<OpenedSocket>> => {
  const { place, tcp, tls, proxy } = target
  const dialled = proxy ? await openTunnel(place, { proxy, tcp }, dialling) : await openTcp(place, tcp, dialling)
  if (!dialled.ok) return dialled
  const { value: socket } = dialled
  if (!tls) return ok({ socket, tls: null, explain: noTls })
  const opened = await openTls({ place, socket }, tls, dialling)
  return opened.ok ? ok({ ...opened.value, tls: opened.value.facts }) : opened
}

const addressOf = ({ remoteAddress = '', remotePort = 0, remoteFamily }: Socket) =>
  remoteFamily === 'IPv6' ? `[${remoteAddress}]:${remotePort}` : `${remoteAddress}:${remotePort}`
