import { X509Certificate } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { handshakeFailure, type HandshakeParts } from './handshakeFailure'
import { alertIn } from './tlsAlert'

/** On P-256, made by openssl, valid for a hundred years. */
const certificate = new X509Certificate(`-----BEGIN CERTIFICATE-----
MIIBfDCCASKgAwIBAgIUUtlMjFbnbCteo9Y+WmSRI5MsrqgwCgYIKoZIzj0EAwIw
GjEYMBYGA1UEAwwPVHJpYWwgYXV0aG9yaXR5MCAXDTI2MTEzMDA2MTczMVoYDzIx
MjYxMTA2MDYxNzMxWjARMQ8wDQYDVQQDDAZ0ZXN0ZXIwWTATBgcqhkjOPQIBBggq
hkjOPQMBBwNCAATUBAYEeWVe/xFy/ABVYeKVuYJmaJ+eVLyaJMIrbEVH1ig951Ry
kZg7NVYfbB/PDjrotw5+DVQbrzoWgyusP4zwo00wSzAJBgNVHRMEAjAAMB0GA1Ud
DgQWBBSqbmq+WHI3e0qX9SRsK3XFX+JlljAfBgNVHSMEGDAWgBSar/tu/KR3YLbv
3ce0dVwrmV8g5zAKBggqhkjOPQQDAgNIADBFAiEA51twietDnfE5502rUdSo8jzv
WlZv9w0CNwU2a4rUzbMCIGqRa71K/yKMwM93PAsWW47/+b7IsKrmD60dS7ZQl2O4
-----END CERTIFICATE-----`)

const parts: HandshakeParts = {
  place: { host: 'broker.example', port: 8883 },
  serverName: 'name.example',
  alpn: ['x-amzn-mqtt-ca'],
  own: { field: 'certificateFile', file: 'client.crt', certificate },
  versions: 'TLS 1.2 – TLS 1.3',
}
const none: HandshakeParts = { ...parts, own: null, alpn: [] }

/** In the words of OpenSSL (Node), and of BoringSSL (Electron). */
const openSsl = (words: string, number?: number) => {
  const end = number === undefined ? '' : `SSL alert number ${number}`
  const message = `4097D30A:error:0A000418:SSL routines:ssl3_read_bytes:${words}:../deps/openssl/ssl/record/rec_layer_s3.c:1590:${end}`
  return Object.assign(new Error(message), { code: `ERR_SSL_${words.toUpperCase().replaceAll(' ', '_')}` })
}
const boringSsl = (words: string, number?: number) => {
  const end = number === undefined ? '' : `SSL alert number ${number}`
  const message = `4096:error:10000418:SSL routines:OPENSSL_internal:${words}:../../third_party/boringssl/src/ssl/tls_record.cc:592:${end}`
  return Object.assign(new Error(message), { code: `ERR_SSL_${words}` })
}

// Number, OpenSSL's words, BoringSSL's words, what it means with a certificate shown, and with none.
const table: readonly (readonly [number, string, string, string, string])[] = [
  [40, 'sslv3 alert handshake failure', 'SSLV3_ALERT_HANDSHAKE_FAILURE', 'tlsHandshakeRefused', 'tlsHandshakeRefused'],
  [
    41,
    'sslv3 alert no certificate',
    'SSLV3_ALERT_NO_CERTIFICATE',
    'tlsClientCertificateRefused unknown',
    'tlsClientCertificateRequired',
  ],
  [
    42,
    'sslv3 alert bad certificate',
    'SSLV3_ALERT_BAD_CERTIFICATE',
    'tlsClientCertificateRefused bad',
    'tlsClientCertificateRequired',
  ],
  [
    43,
    'sslv3 alert unsupported certificate',
    'SSLV3_ALERT_UNSUPPORTED_CERTIFICATE',
    'tlsClientCertificateRefused unsupported',
    'tlsClientCertificateRequired',
  ],
  [
    44,
    'sslv3 alert certificate revoked',
    'SSLV3_ALERT_CERTIFICATE_REVOKED',
    'tlsClientCertificateRefused revoked',
    'tlsClientCertificateRequired',
  ],
  [
    45,
    'sslv3 alert certificate expired',
    'SSLV3_ALERT_CERTIFICATE_EXPIRED',
    'tlsClientCertificateRefused expired',
    'tlsClientCertificateRequired',
  ],
  [
    46,
    'sslv3 alert certificate unknown',
    'SSLV3_ALERT_CERTIFICATE_UNKNOWN',
    'tlsClientCertificateRefused unknown',
    'tlsClientCertificateRequired',
  ],
  [47, 'sslv3 alert illegal parameter', 'SSLV3_ALERT_ILLEGAL_PARAMETER', 'tlsServerAlert', 'tlsServerAlert'],
  [
    48,
    'tlsv1 alert unknown ca',
    'TLSV1_ALERT_UNKNOWN_CA',
    'tlsClientCertificateRefused authority',
    'tlsClientCertificateRequired',
  ],
  [
    49,
    'tlsv1 alert access denied',
    'TLSV1_ALERT_ACCESS_DENIED',
    'tlsClientCertificateRefused access',
    'tlsClientCertificateRequired',
  ],
  [50, 'tlsv1 alert decode error', 'TLSV1_ALERT_DECODE_ERROR', 'tlsServerAlert', 'tlsServerAlert'],
  [51, 'tlsv1 alert decrypt error', 'TLSV1_ALERT_DECRYPT_ERROR', 'tlsClientCertificateRefused key', 'tlsServerAlert'],
  [70, 'tlsv1 alert protocol version', 'TLSV1_ALERT_PROTOCOL_VERSION', 'tlsNotAgreed version', 'tlsNotAgreed version'],
  [
    71,
    'tlsv1 alert insufficient security',
    'TLSV1_ALERT_INSUFFICIENT_SECURITY',
    'tlsNotAgreed strength',
    'tlsNotAgreed strength',
  ],
  [80, 'tlsv1 alert internal error', 'TLSV1_ALERT_INTERNAL_ERROR', 'tlsServerBroke', 'tlsServerBroke'],
  [
    86,
    'tlsv1 alert inappropriate fallback',
    'TLSV1_ALERT_INAPPROPRIATE_FALLBACK',
    'tlsNotAgreed version',
    'tlsNotAgreed version',
  ],
  [90, 'tlsv1 alert user cancelled', 'TLSV1_ALERT_USER_CANCELLED', 'tlsServerAlert', 'tlsServerAlert'],
  [110, 'tlsv1 unsupported extension', 'TLSV1_UNSUPPORTED_EXTENSION', 'tlsServerAlert', 'tlsServerAlert'],
  [112, 'tlsv1 unrecognized name', 'TLSV1_UNRECOGNIZED_NAME', 'tlsNameUnknown', 'tlsNameUnknown'],
  [115, 'tlsv1 alert unknown psk identity', 'TLSV1_UNKNOWN_PSK_IDENTITY', 'tlsServerAlert', 'tlsServerAlert'],
  [
    116,
    'tlsv13 alert certificate required',
    'TLSV1_ALERT_CERTIFICATE_REQUIRED',
    'tlsClientCertificateRefused notTaken',
    'tlsClientCertificateRequired',
  ],
  [
    120,
    'tlsv1 alert no application protocol',
    'TLSV1_ALERT_NO_APPLICATION_PROTOCOL',
    'tlsNoCommonProtocol',
    'tlsNoCommonProtocol',
  ],
]

const told = (error: Error, given: HandshakeParts) => {
  const failure = handshakeFailure(error, given)
  const { code, values = {} } = failure ?? { code: 'none' }
  return values['detail'] === undefined ? code : `${code} ${values['detail']}`
}

describe('an alert', () => {
  it.each(table)(
    '%i is read in the words of both libraries, with its number and without',
    (...[number, open, boring, shown, notShown]) => {
      for (const error of [openSsl(open, number), openSsl(open), boringSsl(boring, number), boringSsl(boring)]) {
        expect(alertIn(error)?.number).toBe(number)
        expect(told(error, parts)).toBe(shown)
        expect(told(error, none)).toBe(notShown)
      }
      // "write EPROTO" hides the code.
      const hidden = Object.assign(new Error(`write EPROTO ${openSsl(open, number).message}`), { code: 'EPROTO' })
      expect(told(hidden, parts)).toBe(shown)
    },
  )

  it('names our certificate, its issuer and its dates, and the field', () => {
    expect(handshakeFailure(boringSsl('TLSV1_ALERT_UNKNOWN_CA', 48), parts)).toMatchObject({
      field: 'tls.certificateFile',
      values: { file: 'client.crt', subject: 'tester', issuer: 'Trial authority', own: 'current', alert: 'unknown_ca' },
    })
  })

  it('that nobody knows is told by its number', () => {
    expect(handshakeFailure(boringSsl('X', 222), parts)).toMatchObject({
      code: 'tlsServerAlert',
      values: { alert: '222' },
    })
  })

  it('names what was offered', () => {
    expect(handshakeFailure(openSsl('tlsv1 alert no application protocol', 120), parts)).toMatchObject({
      values: { names: 'x-amzn-mqtt-ca', count: 1 },
    })
    expect(handshakeFailure(openSsl('tlsv1 unrecognized name', 112), parts)).toMatchObject({
      field: 'tls.serverName',
      values: { serverName: 'name.example' },
    })
  })
})

describe('what our side refuses', () => {
  it.each([
    [openSsl('unsupported protocol'), 'tlsNotAgreed version'],
    [boringSsl('UNSUPPORTED_PROTOCOL'), 'tlsNotAgreed version'],
    [openSsl('dh key too small'), 'tlsNotAgreed strength'],
    [boringSsl('BAD_DH_P_LENGTH'), 'tlsNotAgreed strength'],
    [openSsl('ee key too small'), 'tlsNotAgreed strength'],
    [
      Object.assign(new Error('DH parameter size 512 is less than 1024'), { code: 'ERR_TLS_DH_PARAM_SIZE' }),
      'tlsNotAgreed strength',
    ],
    [openSsl('unsafe legacy renegotiation disabled'), 'tlsNotAgreed renegotiation'],
    [boringSsl('RENEGOTIATION_MISMATCH'), 'tlsNotAgreed renegotiation'],
    [openSsl('wrong signature type'), 'tlsNotAgreed cipher'],
    [boringSsl('WRONG_CIPHER_RETURNED'), 'tlsNotAgreed cipher'],
  ])('%s', (error, expected) => {
    expect(told(error, parts)).toBe(expected)
  })

  it('is not every error', () => {
    for (const code of ['ECONNRESET', 'EPIPE', 'ETIMEDOUT'])
      expect(handshakeFailure(Object.assign(new Error(`read ${code}`), { code }), parts)).toBeNull()
    // A first record that is no TLS is told as that.
    expect(handshakeFailure(openSsl('wrong version number'), parts)).toBeNull()
    expect(handshakeFailure(boringSsl('WRONG_VERSION_NUMBER'), parts)).toBeNull()
  })
})
