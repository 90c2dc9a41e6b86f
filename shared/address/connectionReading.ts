import type { Profile } from '#shared/model/profile'
import type { Qos } from '#shared/model/qos'

/** What a pasted text says of a connection. Nothing in it is lost: what stands in none of the others is in `left`. */
export interface ConnectionReading {
  readonly kind: 'address' | 'command'
  /** The text as it may be shown: without passwords. */
  readonly source: string
  readonly settings: ReadSettings
  readonly password: string | null
  readonly filters: readonly ReadFilter[]
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
    'will.enabled': boolean
    'will.topic': string
    'will.payload': string
    'will.qos': Qos
    'will.retain': boolean
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

/** The catalogue `profile.paste.left` says each. */
export type LeftoverReason =
  /** It is about what the command prints. */
  | 'output'
  /** It is of the message that the command publishes. */
  | 'message'
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
