import type { SubscriptionStatus } from '#shared/model/subscription'
import { visibleText } from '../ui/visibleText'

/** What a person calls it: the alias, or else the filter. Safe for attributes. */
export const nameOf = ({ subscription }: SubscriptionStatus): string =>
  visibleText(subscription.alias === '' ? subscription.filter : subscription.alias)

export type StateLabel =
  | { readonly kind: 'disabled' | 'offline' | 'requested' | 'refused' | 'heldBack' }
  | { readonly kind: 'granted' | 'downgraded'; readonly granted: number; readonly requested: number }

/** What to say about a subscription's state: a granted QoS below the wanted one is said as such. */
export const stateLabelOf = ({ subscription, state }: SubscriptionStatus): StateLabel => {
  if (!subscription.enabled) return { kind: 'disabled' }
  switch (state.phase) {
    case 'inactive':
      return { kind: 'offline' }
    case 'requested':
    case 'heldBack':
    case 'refused':
      return { kind: state.phase }
    case 'granted':
      return {
        kind: state.qos < subscription.qos ? 'downgraded' : 'granted',
        granted: state.qos,
        requested: subscription.qos,
      }
  }
}
