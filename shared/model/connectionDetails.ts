import type { AppError } from '#shared/result'
import type { ConnectionFailure } from './failure'
import type { ProtocolVersion } from './qos'

/**
 * What a server said of its session when it accepted: `resumed` = it took up the earlier one, `none` = it held none,
 * `begunAnew` = it was asked for a clean one, so that whatever it held is gone, `keptAnyway` = it was and says that it
 * holds one all the same, `notSaid` = MQTT 3.1 cannot say.
 */
export type SessionClaim = 'resumed' | 'none' | 'begunAnew' | 'keptAnyway' | 'notSaid'

/** Properties of CONNACK with one value (MQTT 5 §3.2.2.3), in the order they are shown; authentication data is left out. */
export const connackPropertyNames = [
  'sessionExpiryInterval',
  'serverKeepAlive',
  'assignedClientIdentifier',
  'receiveMaximum',
  'maximumQos',
  'retainAvailable',
  'maximumPacketSize',
  'topicAliasMaximum',
  'wildcardSubscriptionAvailable',
  'subscriptionIdentifierAvailable',
  'sharedSubscriptionAvailable',
  'reasonString',
  'responseInformation',
  'serverReference',
  'authenticationMethod',
] as const
export type ConnackPropertyName = (typeof connackPropertyNames)[number]

/** What holds where CONNACK is silent; null = nothing does. Session expiry and keepalive are then as asked. */
export const connackDefaults: Readonly<Record<ConnackPropertyName, number | null>> = {
  sessionExpiryInterval: null,
  serverKeepAlive: null,
  assignedClientIdentifier: null,
  receiveMaximum: 65_535,
  maximumQos: 2,
  retainAvailable: 1,
  maximumPacketSize: null,
  topicAliasMaximum: 0,
  wildcardSubscriptionAvailable: 1,
  subscriptionIdentifierAvailable: 1,
  sharedSubscriptionAvailable: 1,
  reasonString: null,
  responseInformation: null,
  serverReference: null,
  authenticationMethod: null,
}

/** What CONNECT asked for that CONNACK may overrule. */
export interface AskedFor {
  readonly keepaliveSeconds: number
  /** Null before MQTT 5. */
  readonly sessionExpirySeconds: number | null
  /** Empty = the server was to choose one. */
  readonly clientId: string
  readonly cleanStart: boolean
}

/** All of the CONNACK of a connection. */
export interface ConnackFacts {
  readonly protocolVersion: ProtocolVersion
  readonly session: SessionClaim
  readonly asked: AskedFor
  /** The properties that it had. */
  readonly said: Readonly<Partial<Record<ConnackPropertyName, number | string>>>
  /** In wire order. */
  readonly userProperties: readonly (readonly [name: string, value: string])[]
}

/** Durations are measured on the steady clock (clock.ts); null = not known. */
export type HistoryEvent =
  | {
      readonly kind: 'cameUp'
      readonly address: string
      readonly protocolVersion: ProtocolVersion
      readonly clientId: string
      readonly session: SessionClaim
      /** Messages of ours that the session still owed and that were sent again. */
      readonly resentMessages: number
      /** Since the connection before ended unasked; null = none did. */
      readonly awayMs: number | null
    }
  /** It was online, and ended without the person asking for it. */
  | {
      readonly kind: 'ended'
      readonly failure: ConnectionFailure
      readonly upMs: number
      readonly triesAgain: boolean
    }
  /** It was not made: so many tries in a row that ended alike, the last one at `lastAt`. */
  | {
      readonly kind: 'failed'
      readonly failure: ConnectionFailure
      readonly tries: number
      readonly lastAt: number
      readonly triesAgain: boolean
    }
  /** The person ended it, or the wait for it (`upMs` null). */
  | { readonly kind: 'disconnected'; readonly upMs: number | null }

export interface ConnectionEvent {
  /** From 1, in order. */
  readonly number: number
  /** Milliseconds since 1970. */
  readonly at: number
  readonly event: HistoryEvent
}

/** How many entries of its history a connection keeps. */
export const historyLength = 200

/** Everything that is known of a connection, as it was asked for. */
export interface ConnectionDetails {
  /** The latest CONNACK that accepted, also after its connection ended; null = there was none. */
  readonly connack: ConnackFacts | null
  /** Oldest first. */
  readonly history: readonly ConnectionEvent[]
  /** Older entries that made room. */
  readonly forgotten: number
}

/** A connection is back: why the one before ended, and for how long there was none. */
export interface Returned {
  /** Milliseconds since 1970. */
  readonly endedAt: number
  readonly reason: AppError
  readonly awayMs: number
}
