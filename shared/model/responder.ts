import { z } from 'zod'
import type { AppError } from '#shared/result'
import { topicFilterProblem } from '#shared/mqtt/topicFilter'
import { profileIdSchema } from './profile'
import { composedMessageSchema } from './publish'

export const responderLimits = {
  rules: 1_000,
  /** Answers a second, of one rule. */
  perSecond: { least: 1, most: 10_000, first: 100 },
} as const

/** Which requests that come on a connection are answered, and with what. */
export const responderRuleSchema = z.object({
  id: z.string().min(1).max(64),
  connectionId: profileIdSchema,
  filter: z.string().superRefine((filter, context) => {
    const problem = topicFilterProblem(filter)
    if (problem) context.addIssue({ code: 'custom', message: problem.code })
  }),
  /**
   * A template, in which `request` has the topic, payload and JSON of the request. Its topic stands for the response topic of a
   * request that names none; '' = such a message is no request.
   */
  answer: composedMessageSchema,
  /** Requests beyond so many answers a second are counted and not answered. */
  perSecond: z.number().int().min(responderLimits.perSecond.least).max(responderLimits.perSecond.most),
})
export type ResponderRule = z.infer<typeof responderRuleSchema>

export const responderKeySchema = z.object({ connectionId: profileIdSchema, ruleId: z.string().min(1).max(64) })
export type ResponderKey = z.infer<typeof responderKeySchema>

/** `waiting`: it is on, and there is no connection or the broker has not granted its filter yet. */
type ResponderPhase = 'off' | 'waiting' | 'on' | 'refused'

/** What a rule does since it was switched on. */
export interface ResponderStatus extends ResponderKey {
  readonly phase: ResponderPhase
  readonly counts: ResponderCounts
  /** Why the broker refused the filter, or the first of the answers that were not sent; null = all is well. */
  readonly error: AppError | null
}

interface ResponderCounts {
  /** Messages under its filter. */
  readonly heard: number
  readonly answered: number
  /** More than its answers a second. */
  readonly limited: number
  /** They name no response topic, or are answers themselves. */
  readonly unanswerable: number
  /** Their answers could not be made or sent. */
  readonly failed: number
}
