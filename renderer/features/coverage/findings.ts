import type { HoldReason, SubscriptionStatus } from '#shared/model/subscription'
import type { AppError } from '#shared/result'
import type { Redundancy } from './filterOverlaps'

/** What a person should know of a subscription, and may want to change. Times are on the steady clock. */
export type Finding =
  | { readonly kind: 'refused'; readonly error: AppError }
  /** `tooLarge`: bytes of the packet, and the most the server takes. */
  | { readonly kind: 'heldBack'; readonly reason: HoldReason; readonly size?: number; readonly limit?: number }
  | { readonly kind: 'redundant'; readonly redundancy: Redundancy }
  /** Granted, and no message came for it yet. */
  | { readonly kind: 'silent'; readonly since: number }

export const findingKinds = ['refused', 'heldBack', 'redundant', 'silent'] as const satisfies readonly Finding['kind'][]
export type FindingKind = (typeof findingKinds)[number]

interface Facts {
  readonly redundancy: Redundancy | null
  /** Messages that came for it in this session. */
  readonly messages: number
}

export const findingsOf = ({ subscription, state }: SubscriptionStatus, { redundancy, messages }: Facts): Finding[] => {
  if (!subscription.enabled) return []
  if (state.phase === 'refused') return [{ kind: 'refused', error: state.error }]
  if (state.phase === 'heldBack') {
    const { phase, ...why } = state
    return [{ kind: phase, ...why }]
  }
  const isSilent = state.phase === 'granted' && messages === 0
  return [
    ...(redundancy ? [{ kind: 'redundant' as const, redundancy }] : []),
    ...(isSilent ? [{ kind: 'silent' as const, since: state.since }] : []),
  ]
}

export type Advice =
  | 'unspecified'
  | 'notAuthorized'
  | 'invalid'
  | 'quota'
  | 'shared'
  | 'identifiers'
  | 'wildcards'
  | 'other'

const adviceByCode: Readonly<Record<number, Advice>> = {
  0x80: 'unspecified',
  0x87: 'notAuthorized',
  0x8f: 'invalid',
  0x97: 'quota',
  0x9e: 'shared',
  0xa1: 'identifiers',
  0xa2: 'wildcards',
}

/** What may help with the reason code of a refused subscription (MQTT 5 §3.9.3). */
export const adviceFor = ({ reasonCode }: AppError): Advice => adviceByCode[reasonCode ?? -1] ?? 'other'
