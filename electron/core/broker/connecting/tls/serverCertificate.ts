// Why it is so: build/docs/decisions/23-certificates-are-judged-by-us.md
import type { X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'
import { checkServerIdentity, type TLSSocket } from 'node:tls'
import type { TrustedBy } from '#shared/model/tlsFacts'
import type { AppError } from '#shared/result'
import { chainOf } from './certificateChain'
import { serverCertificateFailure, type ServerCheck } from './serverCertificateFailure'
import { problemAsItIs } from './trustAsItIs'

export interface ServerJudgement {
  readonly trustedBy: Exclude<TrustedBy, 'nothing'>
  /** Why it is not trusted; null = it is. */
  readonly problem: AppError | null
}

/** Judges a server's certificate by its chain, dates, purposes and name. */
export const judgeServer = (socket: TLSSocket, check: ServerCheck): ServerJudgement => {
  const { authorities, asItIs } = check
  const chain = chainOf(socket)
  const trustedBy = isOfFile(chain, check) ? 'caFile' : 'system'
  const found = ownProblem(socket)
  if (found === null) return { trustedBy, problem: null }
  const remaining = authorities ? judgeAsItIs(socket, chain, check) : found
  if (remaining === null)
    return asItIs
      ? { trustedBy: 'caFileAsItIs', problem: null }
      : { trustedBy, problem: serverCertificateFailure('TRUST_AS_IT_IS', chain, check) }
  return { trustedBy, problem: serverCertificateFailure(asItIs ? remaining : found, chain, check) }
}

/** Where the system's authorities are trusted besides, only the chain tells whose one it was. */
const isOfFile = (chain: readonly X509Certificate[], { authorities }: ServerCheck): boolean => {
  if (!authorities) return false
  if (!authorities.besideOthers) return true
  const prints = new Set(authorities.certificates.map(({ fingerprint256 }) => fingerprint256))
  return chain.some(({ fingerprint256 }) => prints.has(fingerprint256))
}

/** Options of `connect` that make the name be asked for and checked; an address is never asked for (RFC 6066 §3). */
export const nameOptions = (serverName: string, isChecked: boolean) => ({
  ...(isIP(serverName) === 0 && { servername: serverName }),
  // Without it, Node would check an address that was set against the host.
  checkServerIdentity: (_host: string, certificate: Parameters<typeof checkServerIdentity>[1]) =>
    isChecked ? checkServerIdentity(serverName, certificate) : undefined,
})

const nameProblem = (socket: TLSSocket, { serverName, verifyName }: ServerCheck): string | null =>
  verifyName && checkServerIdentity(serverName, socket.getPeerCertificate()) ? 'ERR_TLS_CERT_ALTNAME_INVALID' : null

/** Node's name for what is wrong; null = nothing. Its type says Error, Node sets the code. */
const ownProblem = (socket: TLSSocket): string | null => (socket.authorized ? null : String(socket.authorizationError))

/** Judges a chain by the CA file's certificates although none of them is its root. */
const judgeAsItIs = (socket: TLSSocket, chain: readonly X509Certificate[], check: ServerCheck) =>
  problemAsItIs(chain, check.authorities?.certificates ?? [], check.now) ?? nameProblem(socket, check)
