import type { ProfileId } from '#shared/model/profile'
import { mostSubscriptions, type Subscription } from '#shared/model/subscription'
import { fail, type Result } from '#shared/result'
import type { Connections } from './connections'

interface SubscriptionChange {
  readonly subscription: Subscription
  /** Where a new one goes. */
  readonly place?: number | undefined
  /** Id of the one that goes, and whose place a new one takes. */
  readonly replaces?: string | undefined
}

/** One after the other as `subscription.save` says, as one change of the list. */
export const saveSubscriptions = (
  connections: Connections,
  id: ProfileId,
  changes: readonly SubscriptionChange[],
): Promise<Result<null>> =>
  change(connections, id, (list) => changes.reduce((before, next) => listWith(next)(before), [...list]))

export const removeSubscriptions = (connections: Connections, id: ProfileId, subscriptionIds: readonly string[]) => {
  const gone = new Set(subscriptionIds)
  return change(connections, id, (list) => list.filter((existing) => !gone.has(existing.id)))
}

type Change = (list: readonly Subscription[]) => Subscription[]

/** The profile owns the list; its session follows. */
const change = async (connections: Connections, id: ProfileId, changed: Change): Promise<Result<null>> => {
  const profile = connections.find(id)
  if (!profile) return fail('notFound', `There is no connection ${id}.`)
  const subscriptions = changed(profile.subscriptions)
  // With more, the profile could not be read again.
  if (subscriptions.length > mostSubscriptions)
    return fail('tooManySubscriptions', 'There are too many filters.', { values: { limit: mostSubscriptions } })
  return connections.update({ ...profile, subscriptions })
}

/** A filter is not listed twice. The listed subscription keeps its id, by which its messages are counted. */
const twinWith = (twin: Subscription, { qos, enabled }: Subscription): Subscription => ({ ...twin, qos, enabled })

const listWith =
  ({ subscription, place, replaces }: SubscriptionChange): Change =>
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
