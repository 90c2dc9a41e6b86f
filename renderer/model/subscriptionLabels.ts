import { isInForce, type SubscriptionState, type SubscriptionStatus } from '#shared/model/subscription'
import { visibleName } from '#shared/text/visibleText'

/** What a person calls it: the alias, or else the filter. Safe for attributes. */
export const nameOf = ({ subscription }: SubscriptionStatus): string =>
  visibleName(subscription.alias === '' ? subscription.filter : subscription.alias)

export type SubscriptionLabel =
  | {
      readonly kind:
        | 'disabled'
        | 'offline'
        | 'requested'
        | 'refused'
        | 'heldBack'
        | 'unsubscribing'
        | 'unsubscribeRefused'
    }
  | { readonly kind: 'granted' | 'downgraded'; readonly granted: number; readonly requested: number }

/** What to say about a subscription's state: a granted QoS below the wanted one is said as such. */
export const subscriptionLabelOf = ({ subscription, state }: SubscriptionStatus): SubscriptionLabel => {
  if (!subscription.enabled && !isUnsubscribing(state)) return { kind: 'disabled' }
  switch (state.phase) {
    case 'inactive':
      return { kind: 'offline' }
    case 'requested':
    case 'heldBack':
    case 'refused':
    case 'unsubscribing':
    case 'unsubscribeRefused':
      return { kind: state.phase }
    case 'granted':
      return {
        kind: state.qos < subscription.qos ? 'downgraded' : 'granted',
        granted: state.qos,
        requested: subscription.qos,
      }
  }
}

/** The label in the page's `data-state`, which has words of its own for two of them. */
export const stateAttributeOf = (kind: SubscriptionLabel['kind']): string =>
  kind === 'unsubscribing' ? 'leaving' : kind === 'unsubscribeRefused' ? 'notTakenBack' : kind

/** Of those to a filter the one that brings its messages; else one that is switched on, else the first. */
export const subscriptionTo = (list: readonly SubscriptionStatus[], filter: string): SubscriptionStatus | null => {
  const twins = list.filter(({ subscription }) => subscription.filter === filter)
  return twins.find(isInForce) ?? twins.find(({ subscription }) => subscription.enabled) ?? twins[0] ?? null
}

/** How a filter stands in the list of subscriptions; `none` = it is not in it. */
export type FilterStanding = 'none' | Exclude<SubscriptionLabel['kind'], 'unsubscribing' | 'unsubscribeRefused'>

export const filterStandingOf = (list: readonly SubscriptionStatus[], filter: string): FilterStanding => {
  const status = subscriptionTo(list, filter)
  if (!status) return 'none'
  const { kind } = subscriptionLabelOf(status)
  // The person switched it off or removed it, so it can be subscribed to again.
  return kind === 'unsubscribing' || kind === 'unsubscribeRefused' ? 'disabled' : kind
}

const isUnsubscribing = ({ phase }: SubscriptionState) => phase === 'unsubscribing' || phase === 'unsubscribeRefused'
