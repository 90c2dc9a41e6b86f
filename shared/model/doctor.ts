import type { ConnectionFailure, ProfileChange } from './failure'
import type { ProfileId } from './profile'

/** The steps of a diagnosis, in their order; `otherWay` = other settings that may lead further. */
export type DoctorStepName =
  | 'settings'
  | 'name'
  | 'tcp'
  | 'proxy'
  | 'tls'
  | 'webSocket'
  | 'connect'
  | 'connack'
  | 'subscribe'
  | 'ping'
  | 'otherWay'

export type DoctorVerdict = 'ok' | 'failed' | 'skipped'

/** What a step tells; the catalogues hold a sentence for each (`doctor.remarks.<id>`). */
export type DoctorRemarkId =
  // tried
  | 'readFiles'
  | 'resolve'
  | 'dial'
  | 'askProxy'
  | 'handshake'
  | 'upgrade'
  | 'sendConnect'
  | 'awaitConnack'
  | 'sendSubscribe'
  | 'sendPing'
  | 'otherSettings'
  // seen
  | 'addresses'
  | 'agreedTls'
  | 'certificate'
  | 'httpAnswer'
  | 'sentBytes'
  | 'accepted'
  | 'granted'
  | 'answered'
  | 'words'
  // concluded
  | 'filesRead'
  | 'nameFound'
  | 'isAddress'
  | 'listens'
  | 'anotherAddress'
  | 'noProxy'
  | 'tunnelStands'
  | 'nameByProxy'
  | 'trusted'
  | 'notVerified'
  | 'expiresSoon'
  | 'clockFits'
  | 'clockBehind'
  | 'clockAhead'
  | 'clockAgrees'
  | 'isWebSocket'
  | 'connectSent'
  | 'connackCame'
  | 'subscribed'
  | 'stands'
  | 'notUsed'
  | 'notReached'
  | 'notAsked'
  | 'noFilters'
  | 'wayAccepted'
  | 'wayWantsCredentials'
  | 'wayCertificate'
  | 'cancelled'

export interface DoctorRemark {
  readonly id: DoctorRemarkId
  /** Fill the placeholders of its words; those from outside are untrusted. No secrets. */
  readonly values: Readonly<Record<string, string | number>>
}

export interface DoctorStep {
  /** From 1. */
  readonly number: number
  readonly step: DoctorStepName
  /** Null = it is under way. */
  readonly verdict: DoctorVerdict | null
  /** Null = it took no time, or is under way. */
  readonly milliseconds: number | null
  readonly tried: DoctorRemark | null
  readonly seen: readonly DoctorRemark[]
  readonly concluded: readonly DoctorRemark[]
  /** Why it failed, and what may help. */
  readonly failure: ConnectionFailure | null
  /** Of another way: what was other than in the settings. */
  readonly change: ProfileChange | null
}

/** What a diagnosis would send, told before it begins. */
export interface DoctorPlan {
  /** Nobody else has it. */
  readonly clientId: string
  /** Of the settings; '' = the broker is to choose one. */
  readonly settingsClientId: string
  readonly hasUsername: boolean
  /** `unknown` = one is wanted, and neither stored nor typed: none is sent. */
  readonly password: 'none' | 'sent' | 'unknown'
  /** Filters of the settings that could be subscribed to. */
  readonly filters: readonly string[]
  /** Shared ones, which would take messages from others, and those beyond the limit. */
  readonly filtersLeftOut: number
  /** An HTTP request goes out besides, to read the server's clock. */
  readonly readsHttpDate: boolean
}

export interface DoctorReport {
  readonly connectionId: ProfileId
  /** `failed` = some step did that the connection needs. */
  readonly outcome: 'running' | 'accepted' | 'failed' | 'cancelled'
  /** Milliseconds since 1970. */
  readonly startedAt: number
  readonly milliseconds: number
  readonly steps: readonly DoctorStep[]
}

/** Filters a diagnosis subscribes to, addresses it dials, and other ways it tries, at most. */
export const doctorLimits = { filters: 20, addresses: 8, otherWays: 10, waySeconds: 3 } as const
