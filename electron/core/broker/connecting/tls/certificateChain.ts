import { X509Certificate } from 'node:crypto'
import type { DetailedPeerCertificate, PeerCertificate, TLSSocket } from 'node:tls'

/** RFC 5280 sets no limit. More than this nobody needs, and all of it is shown. */
const longestChain = 10

/**
 * The server's certificate, then the one that signed it, and so on, as far as the server sent them or the trusted
 * authorities hold them. Empty = the server showed none.
 */
export const chainOf = (socket: TLSSocket): readonly X509Certificate[] => {
  const chain = new Map<string, X509Certificate>()
  let next: PeerCertificate | DetailedPeerCertificate | undefined = socket.getPeerCertificate(true)
  // A certificate that signed itself names itself as its issuer.
  while (chain.size < longestChain && hasRaw(next) && !chain.has(next.fingerprint256)) {
    chain.set(next.fingerprint256, new X509Certificate(next.raw))
    next = hasIssuer(next) ? next.issuerCertificate : undefined
  }
  return [...chain.values()]
}

/**
 * The server's own certificate; undefined = it showed none. `getPeerX509Certificate` is not asked: the chain may be empty after it.
 */
export const certificateOf = (socket: TLSSocket): X509Certificate | undefined => chainOf(socket)[0]

const hasIssuer = (
  certificate: PeerCertificate | DetailedPeerCertificate | undefined,
): certificate is DetailedPeerCertificate => certificate !== undefined && 'issuerCertificate' in certificate

// Without a certificate Node answers an empty object, whatever its type says.
const hasRaw = (certificate: PeerCertificate | undefined): certificate is PeerCertificate =>
  (certificate as Partial<PeerCertificate> | undefined)?.raw !== undefined
