import { colourNames, type ColourName, type Subscription, type SubscriptionStatus } from '#shared/model/subscription'
import type { AppState } from '../../store/appStore'

const none: readonly SubscriptionStatus[] = []
const idleLists = new WeakMap<readonly Subscription[], readonly SubscriptionStatus[]>()

/** Before the first connect there is no session yet: what the profile wants, not sent to anyone. */
const idle = (subscriptions: readonly Subscription[]): readonly SubscriptionStatus[] => {
  const known = idleLists.get(subscriptions)
  if (known) return known
  const made = subscriptions.map((subscription) => ({ subscription, state: { phase: 'inactive' } as const }))
  idleLists.set(subscriptions, made)
  return made
}

interface Placed {
  readonly order: readonly string[]
  readonly list: readonly SubscriptionStatus[]
}
const placedLists = new WeakMap<readonly SubscriptionStatus[], Placed>()

/** The listed ids stand in their order, others behind them: they were added later. */
export const inOrder = (list: readonly SubscriptionStatus[], order: readonly string[]): SubscriptionStatus[] => {
  const placeOf = ({ subscription }: SubscriptionStatus) => {
    const place = order.indexOf(subscription.id)
    return place < 0 ? order.length : place
  }
  return [...list].sort((left, right) => placeOf(left) - placeOf(right))
}

const placed = (list: readonly SubscriptionStatus[], order: readonly string[]): readonly SubscriptionStatus[] => {
  const known = placedLists.get(list)
  if (known?.order === order) return known.list
  const made = inOrder(list, order)
  placedLists.set(list, { order, list: made })
  return made
}

/** Subscriptions of a connection with their states, in the order of the list on screen. */
export const selectSubscriptions =
  (connectionId: string) =>
  (state: AppState): readonly SubscriptionStatus[] => {
    const profile = state.profiles.find((entry) => entry.profile.id === connectionId)?.profile
    const list = state.sessions[connectionId]?.subscriptions ?? (profile ? idle(profile.subscriptions) : none)
    const order = state.subscriptionOrder[connectionId]
    return order ? placed(list, order) : list
  }

/** The colour that fewest subscriptions have, in the order of the palette: each new one differs while it can. */
export const nextColour = (list: readonly SubscriptionStatus[]): ColourName => {
  const uses = (colour: ColourName) => list.filter(({ subscription }) => subscription.colour === colour).length
  return colourNames.reduce<ColourName>((best, colour) => (uses(colour) < uses(best) ? colour : best), 'blue')
}

export interface WantedSubscription {
  readonly filter: string
  readonly qos: Subscription['qos']
}

/** A filter that is in the list already is asked for again with the new QoS, never listed twice. */
export const subscriptionFor = (
  { filter, qos }: WantedSubscription,
  list: readonly SubscriptionStatus[],
  newId: () => string,
): Subscription => {
  const known = list.find(({ subscription }) => subscription.filter === filter)?.subscription
  if (known) return { ...known, qos, enabled: true }
  return { id: newId(), filter, qos, colour: nextColour(list), alias: '', enabled: true, muted: false }
}
