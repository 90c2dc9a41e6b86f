import type { BrokerWords } from '#shared/model/brokerWords'
import type { SubscriptionState } from '#shared/model/subscription'
import { reasonText } from '#shared/mqtt/reasonCode'
import type { AppError } from '#shared/result'
import type { FilterAnswer, Transport } from '../transport/transport'

/** So long an UNSUBACK may take before the filter is shown as one that does not go. */
const patienceMs = 5_000

interface Leaving {
  /** The steady time. */
  readonly since: number
  isOverdue: boolean
  refusal: { readonly error: AppError; readonly words?: BrokerWords } | null
}

export interface LeavingFiltersOptions {
  /** The steady time. */
  readonly now: () => number
  readonly onChange: () => void
}

const refusalOf = (answer: NonNullable<FilterAnswer>): Leaving['refusal'] => {
  const { reasonCode, words } = answer
  const name = reasonText('unsuback', reasonCode)
  const reason = words?.reasonString ? `${name} "${words.reasonString}"` : name
  const error: AppError = { code: 'unsubscribeRefused', message: reason, reasonCode, values: { reason } }
  return { error, ...(words && { words }) }
}

/**
 * Filters on their way out: UNSUBSCRIBE was sent, and the server has not said that they are gone. Only the answer to a
 * filter's latest UNSUBSCRIBE settles it.
 */
export const createLeavingFilters = ({ now, onChange }: LeavingFiltersOptions) => {
  const latest = new Map<string, Leaving>()

  const watch = (filter: string, one: Leaving) =>
    setTimeout(() => {
      if (latest.get(filter) !== one || one.refusal) return
      one.isOverdue = true
      onChange()
    }, patienceMs).unref()

  return {
    /** Answers what the server said; null = the connection ended first. */
    unsubscribe: async (opened: Transport, filter: string): Promise<FilterAnswer> => {
      const one: Leaving = { since: now(), isOverdue: false, refusal: null }
      latest.set(filter, one)
      const timer = watch(filter, one)
      const answer = await opened.unsubscribe(filter)
      clearTimeout(timer)
      if (!answer || latest.get(filter) !== one) return answer
      if (answer.reasonCode >= 0x80) one.refusal = refusalOf(answer)
      else latest.delete(filter)
      if (one.refusal || one.isOverdue) onChange()
      return answer
    },
    /** It cannot be asked for: the server has it until the session ends. */
    noteImpossible: (filter: string, error: AppError): void => {
      latest.set(filter, { since: now(), isOverdue: false, refusal: { error } })
      onChange()
    },
    /** How a filter that should be gone stands; null = nothing to tell. */
    stateOf: (filter: string): SubscriptionState | null => {
      const one = latest.get(filter)
      if (one?.refusal) return { phase: 'notTakenBack', ...one.refusal }
      return one?.isOverdue ? { phase: 'leaving', since: one.since } : null
    },
    /** Those with something to tell. */
    overdue: (): string[] =>
      [...latest].flatMap(([filter, { isOverdue, refusal }]) => (isOverdue || refusal ? [filter] : [])),
    /** Those whose UNSUBSCRIBE has no answer. */
    unanswered: (): string[] => [...latest].flatMap(([filter, { refusal }]) => (refusal ? [] : [filter])),
    /** It was granted again. */
    keep: (filter: string): void => void latest.delete(filter),
    isEmpty: (): boolean => latest.size === 0,
    /** The connection ended: the server may still have these. */
    takeAll: (): string[] => {
      const filters = [...latest.keys()]
      latest.clear()
      return filters
    },
  }
}
