import { isStillThere, type SubscriptionStatus } from '#shared/model/subscription'

/** What a person can still do for a filter that the broker has not got, or has not let go of. */
export const remedyOf = (status: SubscriptionStatus): 'sendAnyway' | 'unsubscribeAgain' | null => {
  const { state, subscription } = status
  if (isStillThere(status)) return 'unsubscribeAgain'
  return state.phase === 'heldBack' && state.reason !== 'tooLarge' && subscription.enabled ? 'sendAnyway' : null
}
