import type { Profile } from '#shared/model/profile'
import type { AppError, ErrorCode } from '#shared/result'

/** What another try can change: the network and a server that is down or busy. */
const healingCodes: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'dnsFailed',
  'connectionRefused',
  'networkUnreachable',
  'connectTimeout',
  'connectionReset',
  'connectionClosed',
  'keepaliveTimeout',
])

// 3.1.1 §3.2.2.3: 3 is "server unavailable". MQTT 5 §3.2.2.2 and §3.14.2.1: unspecified, implementation specific, server
// unavailable, busy, shutting down, keep alive timeout, quota, rate, administrative action, maximum connect time.
const healingReasons: ReadonlySet<number> = new Set([
  0x00, 0x03, 0x80, 0x83, 0x88, 0x89, 0x8b, 0x8d, 0x96, 0x97, 0x98, 0x9f, 0xa0,
])

/** HTTP: 429 "Too Many Requests" and the server's own errors pass; 0 = it hung up, as one that restarts does. */
const isPassingStatus = (status: string | number | undefined): boolean =>
  typeof status === 'number' && (status === 0 || status === 429 || (status >= 500 && status <= 599))

/** Whether trying again without a change by a person makes sense. */
export const mayHeal = ({ code, reasonCode, values }: AppError): boolean => {
  if (code === 'connectRefused' || code === 'serverDisconnected') return healingReasons.has(reasonCode ?? 0)
  if (code === 'webSocketRejected') return isPassingStatus(values?.['status'])
  return healingCodes.has(code)
}

/**
 * Milliseconds until the next try, or null = no more. `failures` counts from 1 without a break; the wait doubles from
 * the initial to the maximum and is shortened by up to a quarter, so that many clients do not come back at once.
 */
export const nextDelayMs = (
  { enabled, initialSeconds, maximumSeconds, maximumAttempts }: Profile['reconnect'],
  failures: number,
  random: () => number,
): number | null => {
  if (!enabled || (maximumAttempts > 0 && failures > maximumAttempts)) return null
  const seconds = Math.min(maximumSeconds, initialSeconds * 2 ** Math.min(failures - 1, 30))
  return Math.round(seconds * 1_000 * (1 - random() / 4))
}
