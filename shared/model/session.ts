import type { Returned, SessionClaim } from './connectionDetails'
import { credentialReasons } from '#shared/mqtt/reasonCode'
import type { AppError } from '#shared/result'
import type { AuthChallenge } from './authentication'
import type { HeldMessage } from './delivery'
import type { ConnectionFailure, ProfileChange } from './failure'
import type { ProfileId } from './profile'
import type { ProtocolVersion, Qos } from './qos'
import type { SubscriptionStatus } from './subscription'
import type { TlsFacts } from './tlsFacts'

/** What the server allows, read off CONNACK (MQTT 5 §3.2.2.3); the protocol's defaults where it says nothing. */
export interface ServerLimits {
  readonly receiveMaximum: number
  readonly maximumQos: Qos
  readonly retainAvailable: boolean
  /** Bytes; null = no limit given. */
  readonly maximumPacketSize: number | null
  readonly topicAliasMaximum: number
  readonly wildcardSubscriptionAvailable: boolean
  readonly subscriptionIdentifiersAvailable: boolean
  readonly sharedSubscriptionAvailable: boolean
  readonly serverKeepaliveSeconds: number | null
  readonly sessionExpirySeconds: number | null
}

/** `since` is in milliseconds since 1970, UTC; `nextTryAt` is a time of the steady clock (clock.ts). */
export type SessionPhase =
  | { readonly phase: 'offline' }
  | { readonly phase: 'connecting'; readonly attempt: number }
  | {
      readonly phase: 'waiting'
      readonly attempt: number
      readonly nextTryAt: number
      readonly reason: ConnectionFailure
    }
  | {
      readonly phase: 'online'
      readonly since: number
      /** Whether the server may hold what was subscribed and sent before. */
      readonly sessionPresent: boolean
      /** What the server said of its Session. */
      readonly session: SessionClaim
      /** Why the connection before ended unasked; null = none did since the person connected. */
      readonly returned: Returned | null
      /** The server's address and port; behind a proxy, which alone knows its address, its host and port. */
      readonly address: string
      /** Address and port of the proxy on the way; null = there is none. */
      readonly proxy: string | null
      readonly clientId: string
      readonly protocolVersion: ProtocolVersion
      readonly keepaliveSeconds: number
      readonly limits: ServerLimits
      /** Round trip of the last PINGREQ/PINGRESP in milliseconds; null until there was one. */
      readonly pingMilliseconds: number | null
      readonly encrypted: boolean
      readonly verified: boolean
      /** What TLS agreed on; null = the connection is not encrypted. */
      readonly tls: TlsFacts | null
      /** Tried instead of what the profile says, and not saved; null = the profile as it is. */
      readonly change: ProfileChange | null
    }
  | { readonly phase: 'failed'; readonly reason: ConnectionFailure }

/** A session as the main process tells of it, online or not. */
export interface SessionStatus {
  readonly connectionId: ProfileId
  readonly state: SessionPhase
  readonly subscriptions: readonly SubscriptionStatus[]
  /** Messages the server closes the connection on; absent = none. */
  readonly heldMessages?: readonly HeldMessage[]
  /** What the server last did against the protocol without ending the connection, and how often; absent = nothing. */
  readonly violation?: SessionViolation
  /** What the server wants to know before it decides; absent = nothing. */
  readonly challenge?: AuthChallenge
  /** When it was told, on the steady clock (clock.ts). */
  readonly at?: number
}

export interface SessionViolation {
  readonly error: AppError
  readonly count: number
}

/** Whether the server did not take the user name and password, or the want of them. */
export const isSignInRefused = ({ code, reasonCode }: AppError): boolean =>
  (code === 'connectRefused' || code === 'authenticationRefused') &&
  reasonCode !== undefined &&
  credentialReasons.has(reasonCode)
