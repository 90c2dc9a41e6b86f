import { connect as connectTcp, isIP, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { connect as connectTls, type SecureContext, type TLSSocket } from 'node:tls'
import type { Stage } from '#shared/model/failure'
import type { TlsFacts } from '#shared/model/tlsFacts'
import type { AppError, Result } from '#shared/result'
import { ok } from '#shared/result'
import { certificateFailure, connectionFailure, type Place } from './connectionFailure'
import { openWebSocket } from './openWebSocket'
import { tlsFactsOf } from './tlsFacts'

export interface TlsTarget {
  readonly context: SecureContext | null
  /** For SNI and the check of the certificate; '' = the host. */
  readonly serverName: string
  readonly alpn: readonly string[]
  readonly verify: boolean
  /** Whether authorities were chosen to stand in place of the system's. */
  readonly hasOwnAuthorities: boolean
}
export interface WebSocketTarget {
  readonly path: string
  readonly subprotocol: 'mqtt' | 'mqttv3.1'
  readonly maximumBytes: number
}

/** Where and how to dial; a scheme's parts that do not apply are null. */
export interface StreamTarget extends Place {
  readonly tls: TlsTarget | null
  readonly webSocket: WebSocketTarget | null
}

export interface OpenedStream {
  /** Connected; paused until someone listens. */
  readonly socket: Duplex
  /** The server's address and port. */
  readonly address: string
  readonly encrypted: boolean
  /** Whether the server's certificate was checked and found good. */
  readonly verified: boolean
  readonly tls: TlsFacts | null
}

/** What ends dialling early: the person or the clock, with the reason to tell. */
export interface Dialling {
  readonly signal: AbortSignal
  /** Called when a step begins. */
  readonly onStage: (stage: Stage) => void
}

const failed = (error: AppError): { ok: false; error: AppError } => ({ ok: false, error })

/** Node's own 250 ms would give up on an address that is only far away. */
const addressMs = 1_000

/** Node's `autoSelectFamily` is RFC 8305: IPv6 and IPv4 are tried in turn. */
const tcpOptions = ({ host, port }: Place) => ({
  host,
  port,
  autoSelectFamily: true,
  autoSelectFamilyAttemptTimeout: addressMs,
  // Paused, a plain socket then stops reading at once; by default it would fill a buffer first, packet by packet.
  readableHighWaterMark: 1,
})

const secondsSince = (startedAt: number) => Math.max(1, Math.round((performance.now() - startedAt) / 1_000))

const whenReady = <Ready extends Socket>(
  socket: Ready,
  event: 'connect' | 'secureConnect',
  { signal, onStage, check, place }: Dialling & { place: Place; check: (socket: Ready) => AppError | null },
): Promise<Result<Ready>> =>
  new Promise((resolve) => {
    const startedAt = performance.now()
    const settle = (result: Result<Ready>) => {
      signal.removeEventListener('abort', onAbort)
      if (!result.ok) socket.destroy()
      resolve(result)
    }
    const onAbort = () => settle(failed(signal.reason as AppError))
    signal.addEventListener('abort', onAbort, { once: true })
    onStage(isIP(place.host) ? 'tcp' : 'name')
    socket.on('lookup', (error: Error | null) => {
      if (!error) onStage('tcp')
    })
    if (event === 'secureConnect') socket.once('connect', () => onStage('tls'))
    // Stays for the socket's life: an error nobody listens for would end the process.
    socket.on('error', (error) => settle(failed(connectionFailure(error, place, secondsSince(startedAt)))))
    socket.once(event, () => {
      const problem = check(socket)
      settle(problem ? failed(problem) : ok(socket))
    })
    if (signal.aborted) onAbort()
  })

interface OpenedSocket {
  readonly socket: Socket
  readonly tls: TlsFacts | null
}

const openTcp = async (place: Place, dialling: Dialling): Promise<Result<OpenedSocket>> => {
  const socket = connectTcp(tcpOptions(place))
  socket.setNoDelay(true)
  const ready = await whenReady(socket, 'connect', { ...dialling, place, check: () => null })
  return ready.ok ? ok({ socket, tls: null }) : ready
}

/** What is wrong with the server's certificate; null = nothing. */
const certificateProblem = (socket: TLSSocket, { serverName }: TlsTarget, place: Place): AppError | null => {
  if (socket.authorized) return null
  // The type says Error, Node sets the code.
  const problem = String(socket.authorizationError)
  const named = serverName === '' ? place : { ...place, serverName }
  return certificateFailure(problem, socket.getPeerCertificate(), named)
}

const openTls = async (place: Place, tls: TlsTarget, dialling: Dialling): Promise<Result<OpenedSocket>> => {
  const name = tls.serverName === '' ? place.host : tls.serverName
  const socket = connectTls({
    ...tcpOptions(place),
    ...(tls.context && { secureContext: tls.context }),
    ...(isIP(name) ? {} : { servername: name }),
    ...(tls.alpn.length > 0 && { ALPNProtocols: [...tls.alpn] }),
    // Node still verifies chain, dates and name and says in `authorized` what came of it; `checkCertificate` refuses
    // before a byte is sent. With true Node would destroy the socket, and the certificate we want to tell about with it.
    rejectUnauthorized: false,
  })
  socket.setNoDelay(true)
  let facts: TlsFacts | null = null
  const check = () => {
    const problem = certificateProblem(socket, tls, place)
    if (problem && tls.verify) return problem
    const trustedBy = tls.verify ? (tls.hasOwnAuthorities ? 'caFile' : 'system') : 'nothing'
    facts = tlsFactsOf(socket, { serverName: name, trustedBy, problem })
    return null
  }
  const ready = await whenReady(socket, 'secureConnect', { ...dialling, place, check })
  return ready.ok ? ok({ socket, tls: facts }) : ready
}

const addressOf = ({ remoteAddress = '', remotePort = 0, remoteFamily }: Socket) =>
  remoteFamily === 'IPv6' ? `[${remoteAddress}]:${remotePort}` : `${remoteAddress}:${remotePort}`

/**
 * Dials and resolves when bytes of MQTT may be written: TCP connected, TLS shaken and the certificate checked, the
 * WebSocket accepted. Never rejects; when `signal` is aborted, fails with its reason, an AppError.
 */
export const openStream = async (target: StreamTarget, dialling: Dialling): Promise<Result<OpenedStream>> => {
  const { host, port, tls, webSocket } = target
  const place = { host, port }
  const dialled = tls ? await openTls(place, tls, dialling) : await openTcp(place, dialling)
  if (!dialled.ok) return dialled
  const { socket, tls: facts } = dialled.value
  const about = { address: addressOf(socket), encrypted: tls !== null, verified: tls?.verify === true, tls: facts }
  if (!webSocket) return ok({ ...about, socket })
  dialling.onStage('webSocket')
  const opened = await openWebSocket(socket, { ...webSocket, place, encrypted: tls !== null }, dialling.signal)
  return opened.ok ? ok({ ...about, socket: opened.value }) : opened
}
