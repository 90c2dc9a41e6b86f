// Why it is so: build/docs/decisions/23-certificates-are-judged-by-us.md
import type { Socket } from 'node:net'
import { connect, type SecureContext, type TLSSocket } from 'node:tls'
import type { TlsSettings } from '#shared/model/profile'
import type { TlsFacts } from '#shared/model/tlsFacts'
import { ok, type AppError, type Result } from '#shared/result'
import type { Place } from '../connectionFailure'
import type { Dialling } from '../dialling'
import { whenSecure } from '../dialSocket'
import { handshakeFailure, type HandshakeParts } from './handshakeFailure'
import { judgeServer, nameOptions } from './serverCertificate'
import type { ServerCheck } from './serverCertificateFailure'
import { tlsFactsOf } from './tlsFacts'
import type { OwnAuthorities, OwnCertificate, TlsMaterial } from './tlsMaterial'

export interface TlsTarget {
  readonly context: SecureContext | null
  readonly own: OwnCertificate | null
  readonly authorities: OwnAuthorities | null
  /** For SNI and the check of the certificate; '' = the host. */
  readonly serverName: string
  readonly alpn: readonly string[]
  readonly verify: boolean
  readonly asItIs: boolean
}

export const tlsTarget = (tls: TlsSettings, material: TlsMaterial): TlsTarget => ({
  ...material,
  serverName: tls.serverName.trim(),
  alpn: alpnOf(tls.alpn),
  verify: tls.verify,
  asItIs: tls.trustCaFileAsItIs,
})

export interface OpenedTls {
  readonly socket: TLSSocket
  readonly facts: TlsFacts
  /** The AppError of an error after the handshake: with TLS 1.3 a server may refuse our certificate then. */
  readonly explain: (error: Error) => AppError | null
}

/** What is connected, and to where. */
interface SecureTarget {
  readonly place: Place
  readonly socket: Socket
}

/** Does the TLS handshake over a connected socket and judges the server's certificate before anything is sent. */
export const openTls = async (
  { place, socket: tcp }: SecureTarget,
  target: TlsTarget,
  dialling: Dialling,
): Promise<Result<OpenedTls>> => {
  const { context, own, authorities, alpn, verify, asItIs } = target
  const namedBy = target.serverName === '' ? 'host' : 'serverName'
  const serverName = namedBy === 'host' ? place.host : target.serverName
  const handshake: HandshakeParts = { place, serverName, alpn, own }
  const explain = (error: Error) => handshakeFailure(error, handshake)
  const socket = connect({
    socket: tcp,
    ...(context && { secureContext: context }),
    ...nameOptions(serverName),
    ...(alpn.length > 0 && { ALPNProtocols: [...alpn] }),
    // Node still verifies chain, dates and name and says in `authorized` what came of it; `judgeServer` refuses before
    // a byte is sent. With true Node would destroy the socket, and the certificate we want to tell about with it.
    rejectUnauthorized: false,
  })
  const checkOf = (): ServerCheck => ({ place, serverName, namedBy, authorities, asItIs, now: Date.now() })
  const agreed: TlsFacts[] = []
  const check = () => {
    const { trustedBy, problem } = judgeServer(socket, checkOf())
    if (verify && problem) return problem
    agreed.push(tlsFactsOf(socket, { serverName, trustedBy: verify ? trustedBy : 'nothing', problem }))
    return null
  }
  const ready = await whenSecure(socket, { ...dialling, place, check, explain })
  if (!ready.ok) return ready
  const [facts] = agreed
  if (!facts) throw new Error('A socket is ready only once it was checked.')
  return ok({ socket, facts, explain })
}

const alpnOf = (names: string) =>
  names
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
