import type { X509Certificate } from 'node:crypto'
import type { TLSSocket } from 'node:tls'
import type { CertificateFacts, TlsFacts } from '#shared/model/tlsFacts'
import { chainOf } from './certificateChain'
import { altNamesOf, lineOf } from './certificateNames'

const mostNames = 50

/** What was negotiated on a connected socket; `judged` is the result of its verification. */
export const tlsFactsOf = (
  socket: TLSSocket,
  ownCertificate: X509Certificate | undefined,
  judged: Pick<TlsFacts, 'serverName' | 'isAnyName' | 'keyLogFile' | 'trustedBy' | 'problem'>,
): TlsFacts => ({
  version: socket.getProtocol() ?? '',
  cipher: socket.getCipher().standardName,
  alpn: typeof socket.alpnProtocol === 'string' ? socket.alpnProtocol : null,
  chain: chainOf(socket).map(certificateFacts),
  own: ownCertificate ? certificateFacts(ownCertificate) : null,
  ...judged,
})

const certificateFacts = (certificate: X509Certificate): CertificateFacts => {
  const names = altNamesOf(certificate).map(({ kind, name }) => `${kind}:${name}`)
  return {
    subject: lineOf(certificate.subject),
    issuer: lineOf(certificate.issuer),
    validFrom: Date.parse(certificate.validFrom),
    validTo: Date.parse(certificate.validTo),
    names: names.slice(0, mostNames),
    furtherNames: Math.max(0, names.length - mostNames),
    fingerprint: certificate.fingerprint256,
    isAuthority: certificate.ca,
  }
}
