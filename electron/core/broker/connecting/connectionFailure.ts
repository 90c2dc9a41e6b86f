import type { AppError, ErrorCode } from '#shared/result'

/** Where a connection was to lead: every failure names it. */
export interface Place {
  readonly host: string
  readonly port: number
}

interface SystemError extends Error {
  readonly code?: string | undefined
  readonly errors?: readonly Error[]
  readonly reason?: string
}

const byCode = new Map<string, ErrorCode>([
  ['ENOTFOUND', 'dnsFailed'],
  ['EAI_AGAIN', 'dnsFailed'],
  ['EAI_FAIL', 'dnsFailed'],
  ['EAI_NODATA', 'dnsFailed'],
  ['EAI_NONAME', 'dnsFailed'],
  ['ECONNREFUSED', 'connectionRefused'],
  ['ENETUNREACH', 'networkUnreachable'],
  ['EHOSTUNREACH', 'networkUnreachable'],
  ['ENETDOWN', 'networkUnreachable'],
  ['EADDRNOTAVAIL', 'networkUnreachable'],
  ['EHOSTDOWN', 'networkUnreachable'],
  ['EINVAL', 'networkUnreachable'],
  ['EACCES', 'connectionForbidden'],
  ['EPERM', 'connectionForbidden'],
  ['ETIMEDOUT', 'connectTimeout'],
  ['ECONNRESET', 'connectionReset'],
  ['EPIPE', 'connectionReset'],
  ['ECONNABORTED', 'connectionReset'],
  ['ENETRESET', 'connectionReset'],
  ['ERR_STREAM_PREMATURE_CLOSE', 'connectionClosed'],
  // OpenSSL's and BoringSSL's names for a first record that is no TLS.
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'tlsPlainTextAnswer'],
  ['ERR_SSL_PACKET_LENGTH_TOO_LONG', 'tlsPlainTextAnswer'],
  ['ERR_SSL_HTTP_REQUEST', 'tlsPlainTextAnswer'],
])

// EPROTO hides OpenSSL's reason in the message.
const byMessage: readonly (readonly [RegExp, ErrorCode])[] = [
  [/wrong version number|packet length too long|http request|unknown protocol/i, 'tlsPlainTextAnswer'],
]

/**
 * An error of a socket, of TLS or of a WebSocket as one for people; `values` carries host, port and detail. `seconds` is
 * how long the connection was being made; without it there was one, and its silence is no `connectTimeout`.
 */
export const connectionFailure = (error: SystemError, place: Place, seconds?: number): AppError => {
  const cause = causeOf(error)
  const found = codeOf(cause)
  const code = found === 'connectTimeout' && seconds === undefined ? 'connectionReset' : found
  const values = { ...place, detail: detailOf(cause), ...(code === 'connectTimeout' && { seconds: seconds ?? 0 }) }
  return { code, message: `${cause.message} (${code})`, values }
}

export const connectTimeout = ({ host, port }: Place, seconds: number): AppError => ({
  code: 'connectTimeout',
  message: `No answer from ${host}:${port} within ${seconds} s.`,
  values: { host, port, seconds },
})

const codeOf = (error: SystemError): ErrorCode => {
  const named = byCode.get(error.code ?? '')
  if (named && named !== 'connectionReset') return named
  const told = byMessage.find(([pattern]) => pattern.test(error.message))?.[1]
  if (told) return told
  if (named) return named
  if (error.code?.startsWith('EAI_') === true) return 'dnsFailed'
  return error.code === 'EPROTO' ||
    error.code?.startsWith('ERR_SSL') === true ||
    error.code?.startsWith('ERR_TLS') === true
    ? 'tlsFailed'
    : 'connectionReset'
}

/** What OpenSSL says in the middle of its colons, or the plain message. */
const detailOf = (error: SystemError): string => {
  const told = /:SSL routines:[^:]*:([^:]+):/.exec(error.message)?.[1]
  return told ?? error.reason ?? error.message
}

/**
 * When several addresses were tried (RFC 8305), the first error that is more than silence speaks: an address that was
 * left for the next one counts as timed out too.
 */
const causeOf = (error: SystemError): SystemError => {
  const causes: readonly SystemError[] = error.errors ?? []
  return causes.find(({ code }) => code !== 'ETIMEDOUT') ?? causes[0] ?? error
}

/** Whole seconds, at least 1, since a time of `performance.now`. */
export const secondsSince = (startedAt: number): number =>
  Math.max(1, Math.round((performance.now() - startedAt) / 1_000))
