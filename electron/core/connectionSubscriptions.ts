import type { ProfileId } from '#shared/model/profile'
import type { Subscription } from '#shared/model/subscription'
import { fail, type Result } from '#shared/result'
import type { Connections } from './connections'

type Change = (list: readonly Subscription[]) => Subscription[]

/** The profile owns the list; its session follows. */
const change = async (connections: Connections, id: ProfileId, changed: Change): Promise<Result<null>> => {
  const profile = connections.find(id)
  if (!profile) return fail('notFound', `There is no connection ${id}.`)
  return connections.update({ ...profile, subscriptions: changed(profile.subscriptions) })
}

export interface SubscriptionToSave {
  readonly connectionId: ProfileId
  readonly subscription: Subscription
  /** Where a new one goes. */
  readonly place?: number | undefined
  /** Id of the one that goes, and whose place a new one takes. */
  readonly replaces?: string | undefined
}

const listWith =
  ({ subscription, place, replaces }: SubscriptionToSave): Change =>
  (list) => {
    const isKnown = list.some(({ id }) => id === subscription.id)
    const replaced = list.findIndex(({ id }) => id === replaces)
    if (!isKnown && replaced >= 0) return list.with(replaced, subscription)
    if (!isKnown) return list.toSpliced(place ?? list.length, 0, subscription)
    return list
      .filter(({ id }) => id === subscription.id || id !== replaces)
      .map((existing) => (existing.id === subscription.id ? subscription : existing))
  }

/** As `subscription.save` says. */
export const saveSubscription = (connections: Connections, wanted: SubscriptionToSave): Promise<Result<null>> =>
  change(connections, wanted.connectionId, listWith(wanted))

export const removeSubscription = (connections: Connections, id: ProfileId, subscriptionId: string) =>
  change(connections, id, (list) => list.filter((existing) => existing.id !== subscriptionId))
