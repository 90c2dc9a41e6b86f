import { z } from 'zod'
import { topicFilterProblem } from '#shared/mqtt/topicFilter'
import type { AppError } from '#shared/result'
import { qosSchema, type Qos } from './qos'

/** Names of the colours a subscription chip or a connection dot may have; the renderer's tokens give them their values. */
export const colourNames = ['blue', 'green', 'amber', 'red', 'violet', 'teal', 'pink', 'lime'] as const
export const colourSchema = z.enum(colourNames)
export type ColourName = z.infer<typeof colourSchema>

export const subscriptionIdSchema = z.string().min(1).max(64)

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
})
export type Subscription = z.infer<typeof subscriptionSchema>

/** Where a subscription stands with the broker. Owned by the session in the main process. */
export type SubscriptionState =
  | { readonly phase: 'inactive' }
  | { readonly phase: 'requested' }
  | { readonly phase: 'granted'; readonly qos: Qos }
  | { readonly phase: 'refused'; readonly error: AppError }

export interface SubscriptionStatus {
  readonly subscription: Subscription
  readonly state: SubscriptionState
}
