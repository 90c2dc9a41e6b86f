import type { AuthChallenge } from '#shared/model/authentication'
import type { HeldMessage } from '#shared/model/delivery'
import type { SessionPhase, SessionStatus, SessionViolation } from '#shared/model/session'
import type { SubscriptionStatus } from '#shared/model/subscription'
import type { SteadyClock } from '../../steadyClock'
import type { AppError } from '#shared/result'
import type { Online } from './onlineState'

export interface SessionStatusParts {
  readonly profile: { readonly id: string }
  readonly onChange: (status: SessionStatus) => void
  readonly clock: Pick<SteadyClock, 'now'>
}

/** What is told of a session besides its state. */
export interface SessionFacts {
  readonly subscriptions: readonly SubscriptionStatus[]
  readonly heldMessages: readonly HeldMessage[]
  readonly challenge: AuthChallenge | null
}

/** The state of a session, as the window is told of it. */
export interface SessionStatusKeeper {
  status(): SessionStatus
  /** Tells the window. */
  changed(): void
  enter(next: SessionPhase): void
  online(): Online | null
  /** Whether the next connection is one the person asked for, not a reconnect. */
  startsAnew(): boolean
  /** How long it has been online; null = it is not. */
  onlineMs(): number | null
  /** Counts a violation. The window is told once a second, because a server may commit thousands. */
  noteViolation(error: AppError): void
  isOffline(): boolean
  /** Changes facts of a connection that is online and tells the window; does nothing otherwise. */
  amend(facts: Partial<Online>): void
}

export const createSessionStatus = (
  { profile, onChange, clock }: SessionStatusParts,
  facts: () => SessionFacts,
  onEnter: (before: SessionPhase, after: SessionPhase) => void,
): SessionStatusKeeper => {
  let state: SessionPhase = { phase: 'offline' }
  let startsAnew = true
  let onlineAt = 0
  let violation: SessionViolation | null = null
  let isTellingViolation = false
  const status = (): SessionStatus => {
    const { subscriptions, heldMessages, challenge } = facts()
    return {
      connectionId: profile.id,
      state,
      subscriptions: [...subscriptions],
      ...(heldMessages.length > 0 && { heldMessages }),
      ...(violation && { violation }),
      ...(challenge && { challenge }),
      at: clock.now(),
    }
  }
  const changed = () => onChange(status())
  const enter = (next: SessionPhase) => {
    const before = state
    if (next.phase === 'offline' || next.phase === 'failed') startsAnew = true
    else if (next.phase === 'online') startsAnew = false
    if (next.phase === 'online' && state.phase !== 'online') onlineAt = clock.now()
    state = next
    onEnter(before, next)
    changed()
  }
  return {
    status,
    changed,
    enter,
    online: () => (state.phase === 'online' ? state : null),
    startsAnew: () => startsAnew,
    onlineMs: () => (state.phase === 'online' ? clock.now() - onlineAt : null),
    noteViolation: (error) => {
      violation = { error, count: (violation?.count ?? 0) + 1 }
      if (isTellingViolation) return
      isTellingViolation = true
      const tell = () => {
        isTellingViolation = false
        changed()
      }
      setTimeout(tell, violation.count === 1 ? 0 : 1_000).unref()
    },
    isOffline: () => state.phase === 'offline',
    amend: (facts) => {
      if (state.phase === 'online') enter({ ...state, ...facts })
    },
  }
}
