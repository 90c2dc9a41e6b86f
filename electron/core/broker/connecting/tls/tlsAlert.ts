/** Alerts by number: RFC 8446 §6, RFC 5246 §7.2, RFC 6066 §9, RFC 7301 §3.2, RFC 4279 §6, and older ones. */
const alerts = new Map<number, string>([
  [0, 'close_notify'],
  [10, 'unexpected_message'],
  [20, 'bad_record_mac'],
  [21, 'decryption_failed'],
  [22, 'record_overflow'],
  [30, 'decompression_failure'],
  [40, 'handshake_failure'],
  [41, 'no_certificate'],
  [42, 'bad_certificate'],
  [43, 'unsupported_certificate'],
  [44, 'certificate_revoked'],
  [45, 'certificate_expired'],
  [46, 'certificate_unknown'],
  [47, 'illegal_parameter'],
  [48, 'unknown_ca'],
  [49, 'access_denied'],
  [50, 'decode_error'],
  [51, 'decrypt_error'],
  [60, 'export_restriction'],
  [70, 'protocol_version'],
  [71, 'insufficient_security'],
  [80, 'internal_error'],
  [86, 'inappropriate_fallback'],
  [90, 'user_canceled'],
  [100, 'no_renegotiation'],
  [109, 'missing_extension'],
  [110, 'unsupported_extension'],
  [111, 'certificate_unobtainable'],
  [112, 'unrecognized_name'],
  [113, 'bad_certificate_status_response'],
  [114, 'bad_certificate_hash_value'],
  [115, 'unknown_psk_identity'],
  [116, 'certificate_required'],
  [120, 'no_application_protocol'],
])

/** A TLS alert with its name in the RFC. */
export interface TlsAlert {
  readonly number: number
  readonly name: string
}

const bySpelling = new Map([...alerts].map(([number, name]) => [name.replaceAll('_', ''), number]))
bySpelling.set('usercancelled', 90)

// OpenSSL writes "tlsv1 alert unknown ca" and "sslv3 alert certificate expired", but "tlsv1 unrecognized name" and
// "tlsv13 alert certificate required"; its codes and all of BoringSSL have capitals and underscores.
const spelledPattern = /\b(?:ERR_SSL_)?(?:SSLV3|TLSV1|TLSV13|TLSV1_3)[ _](?:ALERT[ _])?([A-Z]+(?:[ _][A-Z]+)*)/gi

/** The alert in the message of OpenSSL or BoringSSL; null = there was none, because our side ended the handshake. */
export const alertIn = ({
  code = '',
  message,
}: {
  readonly code?: string | undefined
  readonly message: string
}): TlsAlert | null => {
  const told = `${code} ${message}`
  const numbered = /SSL alert number (\d{1,3})\b/.exec(told)?.[1]
  const spelled = [...told.matchAll(spelledPattern)]
    .map(([, words = '']) => knownIn(words))
    .find((one) => one !== undefined)
  const number = numbered === undefined ? spelled : Number(numbered)
  return number === undefined ? null : { number, name: alerts.get(number) ?? `${number}` }
}

const knownIn = (words: string): number | undefined => {
  const parts = words.toLowerCase().split(/[ _]/)
  // Words behind the name belong to the message, not to the name.
  for (let count = parts.length; count > 0; count -= 1) {
    const number = bySpelling.get(parts.slice(0, count).join(''))
    if (number !== undefined) return number
  }
  return undefined
}
