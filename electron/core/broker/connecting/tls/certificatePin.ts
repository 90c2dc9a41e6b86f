import { createHash, type X509Certificate } from 'node:crypto'
import type { CertificatePin } from '#shared/model/certificatePins'
import type { AppError } from '#shared/result'
import type { Place } from '../connectionFailure'

/** SHA-256 of a certificate's public key, as pairs of hexadecimal digits. */
const keyFingerprint = (certificate: X509Certificate): string =>
  pairs(
    createHash('sha256')
      .update(certificate.publicKey.export({ type: 'spki', format: 'der' }))
      .digest('hex'),
  )

/** Why the certificate that a server shows is none of those pinned; null = it is one, or none are. */
export const pinProblem = (
  certificate: X509Certificate | undefined,
  pins: readonly CertificatePin[],
  place: Place,
): AppError | null => {
  if (pins.length === 0) return null
  const shown = certificate ? [certificate.fingerprint256, keyFingerprint(certificate)] : []
  if (shown.some((print) => pins.includes(print.replaceAll(':', '').toLowerCase()))) return null
  const [whole = '', key = ''] = shown
  const wanted = pins.map(pairs).join(', ')
  return {
    code: 'tlsPinMismatch',
    message: `The server's certificate is not the one that is pinned: SHA-256 ${whole}, of its public key ${key}; pinned ${wanted}`,
    field: 'tls.pins',
    values: { ...place, certificate: whole, key, pins: wanted, count: pins.length },
  }
}

const pairs = (hex: string): string => (hex.toUpperCase().match(/../g) ?? []).join(':')
