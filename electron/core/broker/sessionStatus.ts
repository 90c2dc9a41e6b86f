import type { SessionState, SessionStatus } from '#shared/model/session'
import type { SubscriptionStatus } from '#shared/model/subscription'
import type { Online } from './onlineState'

export interface SessionStatusParts {
  readonly profile: { readonly id: string }
  readonly onChange: (status: SessionStatus) => void
}

/** Where a session stands, as the window is told of it. */
export const createSessionStatus = (
  { profile, onChange }: SessionStatusParts,
  subscriptions: () => readonly SubscriptionStatus[],
) => {
  let state: SessionState = { phase: 'offline' }
  const status = (): SessionStatus => ({ connectionId: profile.id, state, subscriptions: [...subscriptions()] })
  const changed = () => onChange(status())
  const enter = (next: SessionState) => {
    state = next
    changed()
  }
  return {
    status,
    /** Tells the window. */
    changed,
    enter,
    online: (): Online | null => (state.phase === 'online' ? state : null),
    isOffline: () => state.phase === 'offline',
    /** Changes what is told of a connection that is online, and tells it; nothing otherwise. */
    amend: (facts: Partial<Online>): void => {
      if (state.phase === 'online') enter({ ...state, ...facts })
    },
  }
}
