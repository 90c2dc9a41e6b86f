import type { AppError, ErrorCode } from '#shared/result'
import type { Place } from '../connectionFailure'
import { datesOf, stateOf } from './certificateDates'
import { calledOf } from './certificateNames'
import { alertIn, type TlsAlert } from './tlsAlert'
import type { OwnCertificate } from './tlsMaterial'

/** What a handshake was made with. */
export interface HandshakeParts {
  readonly place: Place
  /** What the server was asked for by name. */
  readonly serverName: string
  readonly alpn: readonly string[]
  readonly own: OwnCertificate | null
  /** What we allow, as in `TLS 1.2 – TLS 1.3`. */
  readonly versions: string
}

type Told = { readonly code: ErrorCode; readonly values?: AppError['values']; readonly field?: string }
type Reading = (parts: HandshakeParts, alert: TlsAlert) => Told

/** The alert is about the certificate we showed, or about our showing none. */
const aboutOurs =
  (detail: string): Reading =>
  ({ own }, { name }) =>
    own
      ? {
          code: 'tlsClientCertificateRefused',
          field: `tls.${own.field}`,
          values: { ...ownFacts(own, Date.now()), detail, alert: name },
        }
      : { code: 'tlsClientCertificateRequired', field: 'tls.certificateFile' }

const aboutProtocols: Reading = ({ alpn }) => ({
  code: 'tlsNoCommonProtocol',
  field: 'tls.alpn',
  values: { names: alpn.join(', '), count: alpn.length },
})

const notAgreed =
  (detail: string): Reading =>
  ({ versions }) => ({
    code: 'tlsNotAgreed',
    field: detail === 'version' ? 'tls.minimumVersion' : 'tls.ciphers',
    values: { detail, versions },
  })

/** The failure each alert stands for. Java's servers send certificate_unknown for any fault of our certificate. */
const readings = new Map<number, Reading>([
  [40, ({ own }) => ({ code: 'tlsHandshakeRefused', values: { own: own ? 'shown' : 'none', file: own?.file ?? '' } })],
  [41, aboutOurs('unknown')],
  [42, aboutOurs('bad')],
  [43, aboutOurs('unsupported')],
  [44, aboutOurs('revoked')],
  [45, aboutOurs('expired')],
  [46, aboutOurs('unknown')],
  [48, aboutOurs('authority')],
  [49, aboutOurs('access')],
  [
    51,
    ({ own, ...parts }, alert) =>
      own ? aboutOurs('key')({ own, ...parts }, alert) : anyAlert({ own, ...parts }, alert),
  ],
  [70, notAgreed('version')],
  [71, notAgreed('strength')],
  [80, () => ({ code: 'tlsServerBroke' })],
  [86, notAgreed('version')],
  [112, ({ serverName }) => ({ code: 'tlsNameUnknown', field: 'tls.serverName', values: { serverName } })],
  [
    116,
    ({ own, ...parts }, alert) =>
      own ? aboutOurs('notTaken')({ own, ...parts }, alert) : aboutOurs('')({ own, ...parts }, alert),
  ],
  [120, aboutProtocols],
])
const anyAlert: Reading = (_parts, { name }) => ({
  code: 'tlsServerAlert',
  values: { alert: name.replaceAll('_', ' ') },
})

// Patterns of OpenSSL's and BoringSSL's messages where our side refused.
const ourReasons: readonly (readonly [RegExp, string])[] = [
  [/unsupported.protocol|no.protocols.available|unknown.protocol|wrong.ssl.version/i, 'version'],
  [
    /no.shared.cipher|no.ciphers|wrong.cipher|unknown.cipher|no_common_signature|no.suitable|wrong.signature/i,
    'cipher',
  ],
  [/key.too.small|too.weak|too.short|ERR_TLS_DH_PARAM_SIZE|bad_dh|dh.p.length|legacy.sigalg/i, 'strength'],
  [/legacy.renegotiation|renegotiation.mismatch/i, 'renegotiation'],
]

interface TlsError extends Error {
  readonly code?: string | undefined
}

/** The failure of a handshake by an error of TLS itself; null = the error is of another kind. */
export const handshakeFailure = (error: TlsError, parts: HandshakeParts): AppError | null => {
  const alert = alertIn(error)
  const told = `${error.code ?? ''} ${error.message}`
  const detail = ourReasons.find(([pattern]) => pattern.test(told))?.[1]
  const found = alert
    ? (readings.get(alert.number) ?? anyAlert)(parts, alert)
    : detail !== undefined && /SSL|TLS/i.test(told)
      ? notAgreed(detail)(parts, { number: 0, name: '' })
      : null
  if (!found) return null
  const { code, values, field } = found
  return {
    code,
    message: `${error.message} (${code})`,
    ...(field !== undefined && { field }),
    values: { ...parts.place, ...values },
  }
}

/** Facts of our certificate, from its file. */
const ownFacts = ({ file, certificate }: OwnCertificate, now: number): Readonly<Record<string, string>> => ({
  file,
  subject: calledOf(certificate.subject),
  issuer: calledOf(certificate.issuer),
  own: stateOf(certificate, now),
  ...datesOf(certificate, now),
})
