import { colourNames, type ColourName } from '#shared/model/colour'
import type { Qos } from '#shared/model/qos'
import type { Subscription, SubscriptionStatus } from '#shared/model/subscription'
import { subscriptionTo } from '../model/subscriptionLabels'

export interface WantedSubscription {
  readonly filter: string
  readonly qos: Subscription['qos']
  /** Absent = the default, or those it has already. */
  readonly options?: Subscription['options']
}

/** A filter that is in the list already is asked for again with the new QoS, never listed twice. */
export const subscriptionFor = (
  { filter, qos, options }: WantedSubscription,
  list: readonly SubscriptionStatus[],
  newId: () => string,
): Subscription => {
  const known = subscriptionTo(list, filter)?.subscription
  if (known) return { ...known, qos, enabled: true, ...(options && { options }) }
  const colour = nextColour(list)
  return { id: newId(), filter, qos, colour, alias: '', enabled: true, muted: false, ...(options && { options }) }
}

/** New subscriptions to filters that are not in the list, each with the colour that differs most from those before it. */
export const newSubscriptions = (
  filters: readonly string[],
  {
    qos,
    list,
    newId,
  }: { readonly qos: Qos; readonly list: readonly SubscriptionStatus[]; readonly newId: () => string },
): readonly Subscription[] => {
  const uses = new Map(colourNames.map((colour) => [colour, 0]))
  for (const { subscription } of list) uses.set(subscription.colour, (uses.get(subscription.colour) ?? 0) + 1)
  return filters.map((filter) => {
    const [colour, count] = [...uses].reduce((least, one) => (one[1] < least[1] ? one : least))
    uses.set(colour, count + 1)
    return { id: newId(), filter, qos, colour, alias: '', enabled: true, muted: false }
  })
}

/** The colour that fewest subscriptions have, in the order of the palette: each new one differs while it can. */
export const nextColour = (list: readonly SubscriptionStatus[]): ColourName => {
  const uses = (colour: ColourName) => list.filter(({ subscription }) => subscription.colour === colour).length
  return colourNames.reduce<ColourName>((best, colour) => (uses(colour) < uses(best) ? colour : best), 'blue')
}
