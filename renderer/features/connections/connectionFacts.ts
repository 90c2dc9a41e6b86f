import { usesTls, usesWebSocket, type Profile } from '#shared/model/profile'
import { changedBy } from '#shared/model/profileChange'
import type { SessionPhase } from '#shared/model/session'
import type { ConnectionFailure, ProfileChange } from '#shared/model/failure'
import type { AppError } from '#shared/result'

/** `mqtt://host:port`, with the path of a WebSocket; an IPv6 address in brackets (RFC 3986 §3.2.2). */
export const addressOf = (profile: Profile, localPort: number | null): string => {
  const { kind, scheme, host, path } = profile
  const port = kind === 'local' && localPort !== null ? localPort : profile.port
  const name = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host
  return `${scheme}://${name}:${String(port)}${usesWebSocket(scheme) ? path : ''}`
}

/** The settings of a change in the words of a profile, e.g. `wss://host:443/mqtt, MQTT 3.1.1`. */
export const changeText = (profile: Profile, change: ProfileChange): string => {
  const { scheme, host, port, path, protocolVersion, clientId } = change
  const changed = changedBy(profile, change)
  const leads = scheme !== undefined || host !== undefined || port !== undefined || path !== undefined
  return [
    ...(leads ? [addressOf({ ...changed, kind: 'remote' }, null)] : []),
    ...(protocolVersion === undefined ? [] : [`MQTT ${protocolVersion}`]),
    ...(clientId === undefined ? [] : [clientId]),
    ...Object.entries(change.tls ?? {}).map(([name, value]) => `${name}: ${String(value)}`),
  ].join(', ')
}

/** Why the connection is not there, or null where there is nothing to explain. */
export const failureOf = (state: SessionPhase, connectError: AppError | null): AppError | null => {
  if (state.phase === 'waiting') return state.reason
  if (state.phase === 'online' || state.phase === 'connecting') return null
  return connectError ?? (state.phase === 'failed' ? state.reason : null)
}

/** What is known of a failure that the session told of; one of the window's own has no more than its sentence. */
export const explanationOf = (state: SessionPhase, failure: AppError): ConnectionFailure | null =>
  (state.phase === 'waiting' || state.phase === 'failed') && state.reason === failure ? state.reason : null

export type SecurityNote = 'verifyOff' | 'nameOff' | 'passwordUnencrypted'

const isLoopback = (host: string): boolean => /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(host)

const tlsNoteOf = ({ verify, verifyName, pins }: Profile['tls']): SecurityNote | null => {
  // A pinned certificate is the very one that was wanted.
  if (pins !== '') return null
  if (!verify) return 'verifyOff'
  return verifyName ? null : 'nameOff'
}

/**
 * What stands for as long as it is so: a certificate nobody checks, or a password in the clear on a network. Traffic
 * that does not leave this computer needs no such warning.
 */
export const securityNoteOf = (profile: Profile, state: SessionPhase): SecurityNote | null => {
  const secure = usesTls(profile.scheme)
  if (secure) return tlsNoteOf(profile.tls)
  const exposed = state.phase === 'online' && !state.encrypted && profile.usePassword && !isLoopback(profile.host)
  return exposed ? 'passwordUnencrypted' : null
}
