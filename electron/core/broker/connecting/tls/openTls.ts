// Why it is so: build/docs/decisions/23-certificates-are-judged-by-us.md
import type { Socket } from 'node:net'
import { connect, type SecureContext, type TLSSocket } from 'node:tls'
import { readPins, type CertificatePin } from '#shared/model/certificatePins'
import type { TlsSettings } from '#shared/model/profile'
import type { TlsFacts } from '#shared/model/tlsFacts'
import { ok, type AppError, type Result } from '#shared/result'
import type { Place } from '../connectionFailure'
import type { Dialling } from '../dialling'
import { whenSecure } from '../dialSocket'
import { certificateOf } from './certificateChain'
import { pinProblem } from './certificatePin'
import { handshakeFailure, type HandshakeParts } from './handshakeFailure'
import { openKeyLog } from './keyLog'
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
  readonly verifyName: boolean
  /** The server's certificate, or its key, is one of these; none = any is. */
  readonly pins: readonly CertificatePin[]
  /** The path of the file that gets the secrets of the session; '' = none does. */
  readonly keyLogFile: string
  /** What is allowed, as in `TLS 1.2 – TLS 1.3`. */
  readonly versions: string
}

export const tlsTarget = (tls: TlsSettings, material: TlsMaterial): TlsTarget => ({
  ...material,
  serverName: tls.serverName.trim(),
  alpn: alpnOf(tls.alpn),
  verify: tls.verify,
  asItIs: tls.trustCaFileAsItIs,
  verifyName: tls.verifyName,
  // What is no pin fits no certificate: it must not be as if none was set.
  pins: readPins(tls.pins) ?? [tls.pins],
  keyLogFile: tls.keyLogFile,
  versions: `${nameOf(tls.minimumVersion || 'TLSv1.2')} – ${nameOf(tls.maximumVersion || 'TLSv1.3')}`,
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
  const { context, own, authorities, alpn, verify, verifyName, asItIs, pins, keyLogFile } = target
  const keyLog = openKeyLog(keyLogFile)
  if (!keyLog.ok) {
    tcp.destroy()
    return keyLog
  }
  const namedBy = target.serverName === '' ? 'host' : 'serverName'
  const serverName = namedBy === 'host' ? place.host : target.serverName
  const handshake: HandshakeParts = { place, serverName, alpn, own, versions: target.versions }
  const explain = (error: Error) => handshakeFailure(error, handshake)
  const socket = connect({
    socket: tcp,
    ...(context && { secureContext: context }),
    ...nameOptions(serverName, verifyName),
    ...(alpn.length > 0 && { ALPNProtocols: [...alpn] }),
    // Node still verifies chain, dates and name and says in `authorized` what came of it; `judgeServer` refuses before
    // a byte is sent. With true Node would destroy the socket, and the certificate we want to tell about with it.
    rejectUnauthorized: false,
  })
  keyLog.value.follow(socket)
  const checkOf = (): ServerCheck => ({
    place,
    serverName,
    namedBy,
    authorities,
    asItIs,
    verifyName,
    now: Date.now(),
  })
  const agreed: TlsFacts[] = []
  const check = () => {
    const judged = judgeServer(socket, checkOf())
    const { problem } = judged
    // Also where nothing is verified: whoever pins a certificate wants no other.
    const refused = pinProblem(certificateOf(socket), pins, place) ?? (verify ? problem : null)
    if (refused) return refused
    const trustedBy = verify ? judged.trustedBy : pins.length > 0 ? 'pin' : 'nothing'
    const about = { serverName, isAnyName: !verifyName, keyLogFile, trustedBy, problem } as const
    agreed.push(tlsFactsOf(socket, own?.certificate, about))
    return null
  }
  const ready = await whenSecure(socket, { ...dialling, place, check, explain })
  if (!ready.ok) return ready
  const [facts] = agreed
  if (!facts) throw new Error('A socket is ready only once it was checked.')
  return ok({ socket, facts, explain })
}

/** `TLS 1` for `TLSv1`. */
const nameOf = (version: string): string => version.replace('TLSv', 'TLS ')

const alpnOf = (names: string) =>
  names
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
