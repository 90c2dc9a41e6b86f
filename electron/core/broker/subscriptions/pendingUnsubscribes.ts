// Why it is so: build/docs/decisions/30-the-profile-owns-the-subscription-list.md
import type { BrokerWords } from '#shared/model/brokerWords'
import type { SubscriptionState } from '#shared/model/subscription'
import { reasonText } from '#shared/mqtt/reasonCode'
import type { AppError } from '#shared/result'
import type { FilterReasonCode, Transport } from '../transport/transport'

/** How long an UNSUBACK may take before a person is told that the server has not answered. */
const patienceMs = 5_000

interface PendingUnsubscribe {
  /** The steady time. */
  readonly since: number
  isOverdue: boolean
  refusal: { readonly error: AppError; readonly words?: BrokerWords } | null
}

export interface PendingUnsubscribesOptions {
  /** The steady time. */
  readonly now: () => number
  readonly onChange: () => void
}

/**
 * The UNSUBSCRIBEs that no UNSUBACK has answered with success: until then the server may still have their filters. Only the
 * answer to a filter's latest UNSUBSCRIBE counts.
 */
export interface PendingUnsubscribes {
  /** Answers what the server said; null = the connection ended first. */
  unsubscribe(opened: Transport, filter: string): Promise<FilterReasonCode>
  /** It cannot be asked for: the server has the filter until the session ends. */
  noteImpossible(filter: string, error: AppError): void
  /** The state of a filter that should be gone; null = nothing to tell. */
  stateOf(filter: string): SubscriptionState | null
  /** Those with something to tell. */
  overdue(): string[]
  /** It was granted again. */
  keep(filter: string): void
  isEmpty(): boolean
  /** The connection ended: the server may still have these. They are pending no longer. */
  takeAll(): string[]
}

export const createPendingUnsubscribes = ({ now, onChange }: PendingUnsubscribesOptions): PendingUnsubscribes => {
  const latest = new Map<string, PendingUnsubscribe>()

  const watch = (filter: string, one: PendingUnsubscribe) =>
    setTimeout(() => {
      if (latest.get(filter) !== one || one.refusal) return
      one.isOverdue = true
      onChange()
    }, patienceMs).unref()

  return {
    unsubscribe: async (opened, filter) => {
      const one: PendingUnsubscribe = { since: now(), isOverdue: false, refusal: null }
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
    noteImpossible: (filter, error) => {
      latest.set(filter, { since: now(), isOverdue: false, refusal: { error } })
      onChange()
    },
    stateOf: (filter) => {
      const one = latest.get(filter)
      if (one?.refusal) return { phase: 'unsubscribeRefused', ...one.refusal }
      return one?.isOverdue ? { phase: 'unsubscribing', since: one.since } : null
    },
    overdue: () => [...latest].flatMap(([filter, { isOverdue, refusal }]) => (isOverdue || refusal ? [filter] : [])),
    keep: (filter) => void latest.delete(filter),
    isEmpty: () => latest.size === 0,
    takeAll: () => {
      const filters = [...latest.keys()]
      latest.clear()
      return filters
    },
  }
}

const refusalOf = (answer: NonNullable<FilterReasonCode>): PendingUnsubscribe['refusal'] => {
  const { reasonCode, words } = answer
  const name = reasonText('unsuback', reasonCode)
  const reason = words?.reasonString ? `${name} "${words.reasonString}"` : name
  const error: AppError = { code: 'unsubscribeRefused', message: reason, reasonCode, values: { reason } }
  return { error, ...(words && { words }) }
}
