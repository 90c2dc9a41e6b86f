import type { ProfileId } from '#shared/model/profile'
import type { Subscription } from '#shared/model/subscription'
import { fail, type Result } from '#shared/result'
import type { Connections } from './connections'

export interface SubscriptionToSave {
  readonly connectionId: ProfileId
  readonly subscription: Subscription
  /** Where a new one goes. */
  readonly place?: number | undefined
  /** Id of the one that goes, and whose place a new one takes. */
  readonly replaces?: string | undefined
}

/** As `subscription.save` says. */
export const saveSubscription = (connections: Connections, wanted: SubscriptionToSave): Promise<Result<null>> =>
  change(connections, wanted.connectionId, listWith(wanted))

export const removeSubscription = (connections: Connections, id: ProfileId, subscriptionId: string) =>
  change(connections, id, (list) => list.filter((existing) => existing.id !== subscriptionId))

type Change = (list: readonly Subscription[]) => Subscription[]

/** The profile owns the list; its session follows. */
const change = async (connections: Connections, id: ProfileId, changed: Change): Promise<Result<null>> => {
  const profile = connections.find(id)
  if (!profile) return fail('notFound', `There is no connection ${id}.`)
  return connections.update({ ...profile, subscriptions: changed(profile.subscriptions) })
}

/** A filter is not listed twice. The listed subscription keeps its id, by which its messages are counted. */
const twinWith = (twin: Subscription, { qos, enabled }: Subscription): Subscription => ({ ...twin, qos, enabled })

const listWith =
  ({ subscription, place, replaces }: SubscriptionToSave): Change =>
  (list) => {
    const known = list.find(({ id }) => id === subscription.id)
    const twin = list.find(({ id, filter }) => filter === subscription.filter && id !== replaces)
    const kept = known ? subscription : twin && twinWith(twin, subscription)
    if (kept)
      return list
        .filter(({ id }) => id === kept.id || id !== replaces)
        .map((existing) => (existing.id === kept.id ? kept : existing))
    const replaced = list.findIndex(({ id }) => id === replaces)
    return replaced < 0 ? list.toSpliced(place ?? list.length, 0, subscription) : list.with(replaced, subscription)
  }
