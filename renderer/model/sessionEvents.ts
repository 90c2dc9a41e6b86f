import type { Returned, SessionClaim } from '#shared/model/connectionDetails'
import type { ConnectionFailure } from '#shared/model/failure'
import type { Qos } from '#shared/model/qos'
import type { SessionPhase, SessionStatus } from '#shared/model/session'
import type { SubscriptionStatus } from '#shared/model/subscription'
import type { AppError } from '#shared/result'

/** What became of a connection or of its subscriptions. */
export type SessionNews =
  | {
      readonly kind: 'online'
      readonly address: string
      readonly session: SessionClaim
      /** Why there was none, and for how long; null = the person connected. */
      readonly returned: Returned | null
    }
  | { readonly kind: 'lost'; readonly reason: ConnectionFailure; readonly triesAgain: boolean }
  /** So many tries in a row that ended alike. */
  | {
      readonly kind: 'failed'
      readonly reason: ConnectionFailure
      readonly tries: number
      readonly triesAgain: boolean
    }
  | { readonly kind: 'disconnected' }
  | { readonly kind: 'granted'; readonly filters: readonly GrantedFilter[] }
  | { readonly kind: 'refused'; readonly filter: string; readonly error: AppError }
  /** It stood in a recording that was opened: what was noted then, by its name. */
  | { readonly kind: 'recorded'; readonly name: string; readonly detail: string }

export interface GrantedFilter {
  readonly filter: string
  readonly asked: Qos
  readonly granted: Qos
}

export interface SessionEvent {
  /** From 1, in order. */
  readonly number: number
  /** On the steady clock. */
  readonly at: number
  readonly news: SessionNews
}

/** What a status says that the one before it did not say. */
export const newsBetween = (before: SessionStatus | null, after: SessionStatus): readonly SessionNews[] => {
  const connection = connectionNews(before?.state ?? { phase: 'offline' }, after.state)
  return [...(connection ? [connection] : []), ...subscriptionNews(before, after)]
}

/** Filters that are granted within this time are one event: a list of many is granted packet by packet. */
const grantedTogetherMs = 100

/** The event with news that came after it, where both are better told as one; null = they are not. */
export const joinedNews = (event: SessionEvent, news: SessionNews, at: number): SessionNews | null => {
  const { news: before } = event
  if (before.kind === 'failed' && news.kind === 'failed' && isSameFailure(before.reason, news.reason))
    return { ...news, tries: before.tries + 1 }
  if (before.kind === 'granted' && news.kind === 'granted' && at - event.at <= grantedTogetherMs)
    return { kind: 'granted', filters: [...before.filters, ...news.filters] }
  return null
}

const connectionNews = (before: SessionPhase, after: SessionPhase): SessionNews | null => {
  const wasOnline = before.phase === 'online'
  switch (after.phase) {
    case 'online': {
      const { address, session, returned } = after
      return wasOnline ? null : { kind: 'online', address, session, returned }
    }
    case 'waiting':
    case 'failed': {
      if (before.phase === after.phase) return null
      const triesAgain = after.phase === 'waiting'
      const { reason } = after
      return wasOnline ? { kind: 'lost', reason, triesAgain } : { kind: 'failed', reason, tries: 1, triesAgain }
    }
    case 'offline':
      return before.phase === 'offline' || before.phase === 'failed' ? null : { kind: 'disconnected' }
    case 'connecting':
      return null
  }
}

const subscriptionNews = (before: SessionStatus | null, after: SessionStatus): readonly SessionNews[] => {
  const known = new Map(before?.subscriptions.map((status) => [status.subscription.id, status]))
  const granted: GrantedFilter[] = []
  const refused: SessionNews[] = []
  for (const status of after.subscriptions) {
    const { state, subscription } = status
    if (isSaidAlready(known.get(subscription.id), status)) continue
    const { filter, qos } = subscription
    if (state.phase === 'granted') granted.push({ filter, asked: qos, granted: state.qos })
    else if (state.phase === 'refused') refused.push({ kind: 'refused', filter, error: state.error })
  }
  return [...(granted.length > 0 ? [{ kind: 'granted', filters: granted } as const] : []), ...refused]
}

const isSaidAlready = (before: SubscriptionStatus | undefined, after: SubscriptionStatus): boolean => {
  if (before?.state.phase !== after.state.phase) return false
  return before.state.phase !== 'granted' || after.state.phase !== 'granted' || before.state.since === after.state.since
}

const isSameFailure = (one: ConnectionFailure, other: ConnectionFailure): boolean =>
  one.code === other.code && one.stage === other.stage && one.technical === other.technical
