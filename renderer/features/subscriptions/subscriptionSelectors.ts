import { colourNames, type ColourName, type Subscription, type SubscriptionStatus } from '#shared/model/subscription'
import { subscriptionTo } from '../../model/subscriptionLabels'
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

/** Subscriptions of a connection with their states, in the order of the list on screen. */
export const selectSubscriptions =
  (connectionId: string) =>
  (state: AppState): readonly SubscriptionStatus[] => {
    const profile = state.profiles.find((entry) => entry.profile.id === connectionId)?.profile
    return state.sessions[connectionId]?.subscriptions ?? (profile ? idle(profile.subscriptions) : none)
  }

/** Whether the disk did not take a filter, so that it holds for this run only. */
export const selectIsUnsaved =
  (connectionId: string, subscriptionId: string) =>
  (state: AppState): boolean => {
    const entry = state.profiles.find(({ profile }) => profile.id === connectionId)
    return entry?.unsaved?.subscriptionIds.includes(subscriptionId) ?? false
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
  const known = subscriptionTo(list, filter)?.subscription
  if (known) return { ...known, qos, enabled: true }
  return { id: newId(), filter, qos, colour: nextColour(list), alias: '', enabled: true, muted: false }
}
