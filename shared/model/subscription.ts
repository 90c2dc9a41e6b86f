import { z } from 'zod'
import { colourSchema } from './colour'
import { topicFilterProblem } from '#shared/mqtt/topicFilter'
import type { AppError } from '#shared/result'
import type { BrokerWords } from './brokerWords'
import { qosSchema, type Qos } from './qos'

/** Names of the colours a subscription chip or a connection dot may have; the renderer's tokens give them their values. */

export const subscriptionIdSchema = z.string().min(1).max(64)

const ownPrefix = 'own-'

/** Of a filter that the application itself wants, which is in no list of the person. */
export const ownSubscriptionId = (number: number): string => `${ownPrefix}${number}`
export const isOwnSubscription = (id: string): boolean => id.startsWith(ownPrefix)

/** Filters of one connection. */
export const mostSubscriptions = 10_000

/** What a server does with retained messages when it is sent a SUBSCRIBE: 0 sends them, 1 only to a new subscription, 2 never. */
export const retainHandlings = [0, 1, 2] as const
const retainHandlingSchema = z.union([z.literal(0), z.literal(1), z.literal(2)])
export type RetainHandling = z.infer<typeof retainHandlingSchema>

/** The options of MQTT 5 (§3.8.3.1); earlier versions know the QoS only. */
const subscriptionOptionsSchema = z.object({
  noLocal: z.boolean(),
  retainAsPublished: z.boolean(),
  retainHandling: retainHandlingSchema,
})
export type SubscriptionOptions = z.infer<typeof subscriptionOptionsSchema>

/** What earlier versions of MQTT do. */
export const defaultSubscriptionOptions: SubscriptionOptions = {
  noLocal: false,
  retainAsPublished: false,
  retainHandling: 0,
}

/** A filter a connection wants. `enabled: false` keeps it in the list without sending it; `muted` receives but hides. */
export const subscriptionSchema = z.object({
  id: subscriptionIdSchema,
  filter: z.string().superRefine((filter, context) => {
    const problem = topicFilterProblem(filter)
    if (problem) context.addIssue({ code: 'custom', message: problem.code })
  }),
  qos: qosSchema,
  colour: colourSchema,
  alias: z.string().max(200),
  enabled: z.boolean(),
  muted: z.boolean(),
  /** Absent = `defaultSubscriptionOptions`. */
  options: subscriptionOptionsSchema.optional(),
})
export type Subscription = z.infer<typeof subscriptionSchema>

/**
 * Why a filter is not sent: the server said it would not take such a one, sending it breaks the protocol, or the server
 * closes the connection on it.
 */
export type HoldReason = 'wildcard' | 'shared' | 'noLocalShared' | 'tooLarge' | 'closesConnection'

/** Where a subscription stands with the broker. Owned by the session in the main process. Times are steady (clock.ts). */
export type SubscriptionState =
  | { readonly phase: 'inactive' }
  /** `since` = when SUBSCRIBE was written; absent = it waits for its turn. */
  | { readonly phase: 'requested'; readonly since?: number }
  /** `since` = when the server granted it on this connection; `words` = what it added. */
  | { readonly phase: 'granted'; readonly qos: Qos; readonly since: number; readonly words?: BrokerWords }
  /** `tooLarge`: bytes of the packet, and the most the server takes. */
  | { readonly phase: 'heldBack'; readonly reason: HoldReason; readonly size?: number; readonly limit?: number }
  | { readonly phase: 'refused'; readonly error: AppError; readonly words?: BrokerWords }
  /** It is off or removed, and UNSUBACK has not come (MQTT 5 §3.11): messages may still come. */
  | { readonly phase: 'unsubscribing'; readonly since: number }
  /** It is off or removed, and the server refused UNSUBSCRIBE: messages may still come. */
  | { readonly phase: 'unsubscribeRefused'; readonly error: AppError; readonly words?: BrokerWords }

export interface SubscriptionStatus {
  readonly subscription: Subscription
  /** The subscription identifier its filter was last sent with; absent = it was sent without one, or not yet. */
  readonly identifier?: number
  readonly state: SubscriptionState
  /** It was removed from the list, and stands in it while the server may still have it. */
  readonly isRemoved?: true
}

/** Whether the server may still have it although it is off or removed. */
export const isStillThere = ({ state }: SubscriptionStatus): boolean =>
  state.phase === 'unsubscribing' || state.phase === 'unsubscribeRefused'

/** Whether messages may come for it: it is switched on, not refused by the server, and not held back. */
export const isInForce = (status: SubscriptionStatus): boolean => {
  const { subscription, state } = status
  if (isStillThere(status)) return true
  return subscription.enabled && state.phase !== 'refused' && state.phase !== 'heldBack'
}

/**
 * What is sent for each filter: of enabled subscriptions with equal filters, the first of those with the highest QoS. Its
 * options hold for all of them.
 */
export const sentSubscriptions = (list: readonly Subscription[]): ReadonlyMap<string, Subscription> => {
  const sent = new Map<string, Subscription>()
  for (const subscription of list) {
    const known = sent.get(subscription.filter)
    if (!subscription.enabled || (known && known.qos >= subscription.qos)) continue
    sent.set(subscription.filter, subscription)
  }
  return sent
}
