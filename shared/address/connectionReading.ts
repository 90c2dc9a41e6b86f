import type { ProxyKind } from '#shared/model/network'
import type { UserProperties } from '#shared/model/fieldSchemas'
import type { Profile } from '#shared/model/profile'
import type { ComposedMessage } from '#shared/model/publish'
import type { Qos } from '#shared/model/qos'

/**
 * What a pasted text says of a connection, and of a message where it publishes one. Nothing in it is lost: what stands in none
 * of the others is in `left`.
 */
export interface ConnectionReading {
  readonly kind: 'address' | 'command'
  /** The text as it may be shown: without passwords. */
  readonly source: string
  readonly settings: ReadSettings
  readonly password: string | null
  /** Of the proxy; absent = none is said. */
  readonly proxyPassword?: string
  readonly filters: readonly ReadFilter[]
  /** What the command publishes; null = it publishes nothing. */
  readonly message: ComposedMessage | null
  readonly left: readonly Leftover[]
}

/** By dotted path into the profile. */
export type ReadSettings = Partial<
  Pick<
    Profile,
    | 'scheme'
    | 'host'
    | 'port'
    | 'path'
    | 'protocolVersion'
    | 'clientId'
    | 'username'
    | 'keepaliveSeconds'
    | 'cleanStart'
    | 'sessionExpirySeconds'
  > & {
    'tls.caFile': string
    'tls.certificateFile': string
    'tls.keyFile': string
    'tls.alpn': string
    'tls.verify': boolean
    'network.proxy.kind': ProxyKind
    'network.proxy.host': string
    'network.proxy.port': number
    'network.proxy.username': string
    'will.enabled': boolean
    'will.topic': string
    'will.payload': string
    'will.qos': Qos
    'will.retain': boolean
    'will.delaySeconds': number
    'will.expirySeconds': number
    'will.payloadIndicator': '0' | '1'
    'will.contentType': string
    'will.responseTopic': string
    'will.correlationData': string
    'will.userProperties': UserProperties
    'connectProperties.receiveMaximum': number
    'connectProperties.maximumPacketSize': number
    'connectProperties.topicAliasMaximum': number
    'connectProperties.requestResponseInformation': boolean
    'connectProperties.requestProblemInformation': boolean
    'connectProperties.userProperties': UserProperties
  }
>

export interface ReadFilter {
  readonly filter: string
  readonly qos: Qos
}

/** A part of the text that no setting came of, as it may be shown, and why. */
export interface Leftover {
  readonly text: string
  readonly why: LeftoverReason
}

/** The catalogue `mosquitto.left` says each. */
export type LeftoverReason =
  /** It is about what the command prints. */
  | 'output'
  /** A message, in a command that publishes none. */
  | 'message'
  /** The payload is in a file, which a person has to choose before it is read. */
  | 'file'
  /** The payload would be read from the terminal. */
  | 'standardInput'
  /** A message is repeated at the button that sends it. */
  | 'repeat'
  /** There is no such setting here. */
  | 'noSetting'
  /** Client and broker agree on the version of TLS. */
  | 'tlsVersion'
  | 'unknown'
  | 'invalid'
  | 'noValue'
  /** Only a shell knows what stands there. */
  | 'variable'
  /** It does not belong to the command. */
  | 'behind'
  /** It takes MQTT 5. */
  | 'needsVersion5'
  | 'needsWillTopic'
  /** A later one took its place. */
  | 'repeated'
  /** Only WebSocket has paths. */
  | 'path'
