import { provesByPassword } from '#shared/model/authentication'
import { parseCorrelationData } from '#shared/model/composing'
import type { UserProperties } from '#shared/model/fieldSchemas'
import { usesTls, usesWebSocket, type Profile } from '#shared/model/profile'
import type { ProtocolVersion } from '#shared/model/qos'
import { largestPacketBytes } from '#shared/model/settings'
import { willPayloadBytes, type WillSettings } from '#shared/model/will'
import type { PublishPropertySet } from '#shared/mqtt/publishProperties'
import type { ConnectBytes } from './connectBytes'
import type { StreamTarget } from './openStream'
import { tlsTarget } from './tls/openTls'
import type { TlsMaterial } from './tls/tlsMaterial'

/** The last will in CONNECT (MQTT 5 §3.1.3.2); `delaySeconds` and `properties` are of MQTT 5 alone. */
export interface Will {
  readonly topic: string
  readonly payload: Buffer
  readonly qos: 0 | 1 | 2
  readonly retain: boolean
  readonly delaySeconds?: number
  readonly properties?: { [Name in keyof PublishPropertySet]?: PublishPropertySet[Name] | undefined }
}

/** Properties of CONNECT (MQTT 5 §3.1.2.11). Absent = not sent. */
export interface ConnectProperties {
  readonly sessionExpiryInterval?: number
  readonly receiveMaximum?: number
  readonly maximumPacketSize?: number
  readonly topicAliasMaximum?: number
  readonly requestResponseInformation?: boolean
  readonly requestProblemInformation?: boolean
  readonly userProperties?: UserProperties
  readonly authenticationMethod?: string
  readonly authenticationData?: Uint8Array
}

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
  readonly will?: Will
  readonly properties?: ConnectProperties
}

const levels: Readonly<Record<ProtocolVersion, 3 | 4 | 5>> = { '3.1': 3, '3.1.1': 4, '5': 5 }

/** The CONNECT a profile asks for. Pure: the same profile and bytes give a new, equal value each time. */
export const connectOptions = (profile: Profile, bytes: ConnectBytes): ConnectOptions => ({
  protocolVersion: levels[profile.protocolVersion],
  protocolId: profile.protocolVersion === '3.1' ? 'MQIsdp' : 'MQTT',
  clientId: profile.clientId,
  clean: profile.cleanStart,
  keepalive: profile.keepaliveSeconds,
  ...credentials(profile, bytes),
  ...(profile.will.enabled && { will: willOf(profile.will, bytes) }),
  ...(profile.protocolVersion === '5' && { properties: propertiesOf(profile) }),
})

/**
 * A server may put several packets into one WebSocket frame (MQTT 5 §6.0), beside the largest that is wanted; and one that
 * is a little too large is skipped. A frame is held until all of it has come, so that there must be an end.
 */
const frameSlackBytes = 2 ** 24

/** Where and how the profile's scheme dials. */
export const streamTarget = (
  profile: Profile,
  material: TlsMaterial,
  maximumPacketSize: number = largestPacketBytes,
): StreamTarget => {
  const { port, scheme, path, tls, protocolVersion, network } = profile
  // A URL's brackets around an IPv6 address are no part of it.
  const host = profile.host.replace(/^\[(.*)\]$/, '$1')
  const isSecure = usesTls(scheme)
  const isWebSocket = usesWebSocket(scheme)
  const subprotocol = protocolVersion === '3.1' ? 'mqttv3.1' : 'mqtt'
  return {
    place: { host, port },
    tcp: { family: network.family, localAddress: network.localAddress },
    proxy: null,
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

const credentials = (
  { username, sendsEmptyUsername, usePassword, protocolVersion, authentication }: Profile,
  { password }: ConnectBytes,
) => {
  // What proves who we are by AUTH need not go over the wire as well.
  const isWithheld = protocolVersion === '5' && provesByPassword(authentication) && !authentication.sendsPassword
  const hasPassword = usePassword && password !== undefined && !isWithheld
  // 3.1.1 §3.1.2.9: no password without a user name; MQTT 5 §3.1.2.9 allows it.
  const hasName = username !== '' || sendsEmptyUsername || (hasPassword && protocolVersion !== '5')
  return { ...(hasName && { username }), ...(hasPassword && { password }) }
}

const willOf = (will: WillSettings, { willPayload }: ConnectBytes): Will => {
  const { topic, qos, retain, delaySeconds, expirySeconds, payloadIndicator, userProperties } = will
  const correlationData = parseCorrelationData(will.correlationData) ?? new Uint8Array()
  return {
    topic,
    payload: willPayload ?? Buffer.from(willPayloadBytes(will) ?? []),
    qos,
    retain,
    ...(delaySeconds !== null && { delaySeconds }),
    properties: {
      ...(payloadIndicator !== 'unsaid' && { payloadFormatIndicator: Number(payloadIndicator) }),
      ...(expirySeconds !== null && { messageExpirySeconds: expirySeconds }),
      ...(will.contentType !== '' && { contentType: will.contentType }),
      ...(will.responseTopic !== '' && { responseTopic: will.responseTopic }),
      ...(will.correlationData !== '' && { correlationData }),
      ...(userProperties.length > 0 && { userProperties }),
    },
  }
}

const propertiesOf = ({ sessionExpirySeconds, connectProperties }: Profile): ConnectProperties => {
  const { receiveMaximum, maximumPacketSize, topicAliasMaximum, userProperties } = connectProperties
  return {
    ...(sessionExpirySeconds > 0 && { sessionExpiryInterval: sessionExpirySeconds }),
    ...(receiveMaximum !== null && { receiveMaximum }),
    ...(maximumPacketSize !== null && { maximumPacketSize }),
    ...(topicAliasMaximum !== null && { topicAliasMaximum }),
    // What the standard says of a request that is not there (§3.1.2.11.6 and .7) need not be sent.
    ...(connectProperties.requestResponseInformation && { requestResponseInformation: true }),
    ...(!connectProperties.requestProblemInformation && { requestProblemInformation: false }),
    ...(userProperties.length > 0 && { userProperties }),
  }
}
