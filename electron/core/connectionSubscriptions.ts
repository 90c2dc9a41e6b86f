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
}

/** Replaces the one with the same id in its place, or adds it at `place`, by default the end. */
export const saveSubscription = (
  connections: Connections,
  { connectionId, subscription, place }: SubscriptionToSave,
): Promise<Result<null>> =>
  change(connections, connectionId, (list) =>
    list.some((existing) => existing.id === subscription.id)
      ? list.map((existing) => (existing.id === subscription.id ? subscription : existing))
      : list.toSpliced(place ?? list.length, 0, subscription),
  )

export const removeSubscription = (connections: Connections, id: ProfileId, subscriptionId: string) =>
  change(connections, id, (list) => list.filter((existing) => existing.id !== subscriptionId))
