import { usesTls, usesWebSocket, type Profile, type Secrets } from '#shared/model/profile'
import type { ProtocolVersion } from '#shared/model/qos'
import { largestPacketBytes } from '#shared/model/settings'
import { encodeUtf8 } from '#shared/mqtt/utf8'
import type { StreamTarget } from './openStream'
import { tlsTarget } from './tls/openTls'
import type { TlsMaterial } from './tls/tlsMaterial'

/** What goes into CONNECT. */
export interface ConnectOptions {
  /** Protocol Level, MQTT 5 §3.1.2.2. */
  readonly protocolVersion: 3 | 4 | 5
  readonly protocolId: 'MQIsdp' | 'MQTT'
  readonly clientId: string
  readonly clean: boolean
  readonly keepalive: number
  readonly username?: string
  readonly password?: Buffer
  readonly will?: {
    readonly topic: string
    readonly payload: Buffer
    readonly qos: 0 | 1 | 2
    readonly retain: boolean
  }
  readonly properties?: {
    readonly sessionExpiryInterval?: number
    /** Asks for Response Information in CONNACK (§3.1.2.11.6). */
    readonly requestResponseInformation: true
  }
}

const levels: Readonly<Record<ProtocolVersion, 3 | 4 | 5>> = { '3.1': 3, '3.1.1': 4, '5': 5 }

/** The CONNECT a profile asks for. Pure: the same profile and secrets give a new, equal value each time. */
export const connectOptions = (profile: Profile, secrets: Secrets): ConnectOptions => ({
  protocolVersion: levels[profile.protocolVersion],
  protocolId: profile.protocolVersion === '3.1' ? 'MQIsdp' : 'MQTT',
  clientId: profile.clientId,
  clean: profile.cleanStart,
  keepalive: profile.keepaliveSeconds,
  ...credentials(profile, secrets),
  ...willOf(profile),
  ...propertiesOf(profile),
})

/**
 * A server may put several packets into one WebSocket frame (MQTT 5 §6.0), beside the largest that is wanted; and one that
 * is a little too large is skipped. A frame is held until all of it has come, so that there must be an end.
 */
const frameSlackBytes = 2 ** 24

/** Node's default of 250 ms would give up on an address that is only far away. */
const addressMs = 1_000

/** What the profile asks of the socket, whatever the scheme. */
const tcpOptions = (host: string, { port }: Profile): StreamTarget['tcp'] => ({
  host,
  port,
  // RFC 8305: IPv6 and IPv4 are tried in turn.
  autoSelectFamily: true,
  autoSelectFamilyAttemptTimeout: addressMs,
  // Paused, a plain socket then stops reading at once; by default it would fill a buffer first, packet by packet.
  readableHighWaterMark: 1,
})

/** Where and how the profile's scheme dials. */
export const streamTarget = (
  profile: Profile,
  material: TlsMaterial,
  maximumPacketSize: number = largestPacketBytes,
): StreamTarget => {
  const { port, scheme, path, tls, protocolVersion } = profile
  // A URL's brackets around an IPv6 address are no part of it.
  const host = profile.host.replace(/^\[(.*)\]$/, '$1')
  const isSecure = usesTls(scheme)
  const isWebSocket = usesWebSocket(scheme)
  const subprotocol = protocolVersion === '3.1' ? 'mqttv3.1' : 'mqtt'
  return {
    place: { host, port },
    tcp: tcpOptions(host, profile),
    tls: isSecure ? tlsTarget(tls, material) : null,
    webSocket: isWebSocket ? { path, subprotocol, maximumBytes: maximumPacketSize + frameSlackBytes } : null,
  }
}

/**
 * Whether the session outlives the connection and the next connect takes it up again: 3.1.1 §3.1.2.4; MQTT 5 §3.1.2.4
 * and §3.1.2.11.2, where it also needs a session expiry above 0.
 */
export const keepsSession = ({ cleanStart, protocolVersion, sessionExpirySeconds }: Profile): boolean =>
  !cleanStart && (protocolVersion !== '5' || sessionExpirySeconds > 0)

/** Whether two profiles lead to the same session of the same server. */
export const isSameSession = (one: Profile, other: Profile): boolean =>
  one.scheme === other.scheme && one.host === other.host && one.port === other.port && one.clientId === other.clientId

const credentials = ({ username, usePassword, protocolVersion }: Profile, { password }: Secrets) => {
  const hasPassword = usePassword && password !== undefined
  // 3.1.1 §3.1.2.9: no password without a user name; MQTT 5 §3.1.2.9 allows it.
  const hasName = username !== '' || (hasPassword && protocolVersion !== '5')
  return { ...(hasName && { username }), ...(hasPassword && { password: Buffer.from(encodeUtf8(password)) }) }
}

const willOf = ({ will: { enabled, topic, payload, qos, retain } }: Profile) =>
  enabled ? { will: { topic, payload: Buffer.from(encodeUtf8(payload)), qos, retain } } : {}

const propertiesOf = ({ protocolVersion, sessionExpirySeconds }: Profile) =>
  protocolVersion === '5'
    ? {
        properties: {
          ...(sessionExpirySeconds > 0 && { sessionExpiryInterval: sessionExpirySeconds }),
          requestResponseInformation: true as const,
        },
      }
    : {}
