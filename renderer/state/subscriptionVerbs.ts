import type { Subscription, SubscriptionStatus } from '#shared/model/subscription'
import type { AppError } from '#shared/result'
import { visibleName } from '#shared/text/visibleText'
import { nameOf } from '../model/subscriptionLabels'
import type { Connection } from './app'
import { noticesState } from './notices'
import { subscriptionsOf, subscriptionsState, type PlacedSubscription } from './subscriptions'

/** Saves one; what goes wrong becomes a notice. */
export const saveSubscription = async (connection: Connection, subscription: Subscription): Promise<void> =>
  tell(connection, await connection.get(subscriptionsState).save(subscription))

/** Changes all of them in the same way; what goes wrong becomes a notice. */
export const changeSubscriptions = (
  connection: Connection,
  statuses: readonly SubscriptionStatus[],
  change: Partial<Pick<Subscription, 'enabled' | 'muted' | 'colour'>>,
): void => {
  const listed = statuses.filter(({ isRemoved }) => !isRemoved)
  void saveAll(
    connection,
    listed.map(({ subscription }) => ({ subscription: { ...subscription, ...change } })),
  )
}

/** Removes them; one notice offers to bring all of them back to their places. */
export const removeSubscriptions = async (
  connection: Connection,
  statuses: readonly SubscriptionStatus[],
): Promise<void> => {
  const wanted = new Set(statuses.map(({ subscription }) => subscription.id))
  const removed = subscriptionsOf(connection).flatMap((status, place) =>
    wanted.has(status.subscription.id) && !status.isRemoved ? [{ ...status, place }] : [],
  )
  // For one that is removed already there is nothing left but to send UNSUBSCRIBE again.
  for (const { subscription, isRemoved } of statuses) if (isRemoved) void sendAnyway(connection, subscription.id)
  const [first] = removed
  if (!first) return
  const error = await connection.get(subscriptionsState).remove(removed.map(({ subscription }) => subscription.id))
  if (error) {
    tell(connection, error)
    return
  }
  connection.app.get(noticesState).show({
    text:
      removed.length === 1
        ? { key: 'subscriptions.removed', values: { name: nameOf(first) } }
        : { key: 'subscriptions.removedSeveral', values: { count: removed.length } },
    action: { label: { key: 'subscriptions.undo' }, run: () => void saveAll(connection, removed) },
  })
}

/** Subscribes to another filter in the place of one, with the same name and options; a notice takes it back. */
export const replaceFilter = async (
  connection: Connection,
  subscription: Subscription,
  filter: string,
): Promise<void> => {
  const { change } = connection.get(subscriptionsState)
  const changed = await change({ ...subscription, filter })
  if (!changed.ok) {
    tell(connection, changed.error)
    return
  }
  const undo = async () => {
    const restored = await change({ ...subscription, id: changed.value })
    tell(connection, restored.ok ? null : restored.error)
  }
  connection.app.get(noticesState).show({
    text: {
      key: 'subscriptions.near.taken',
      values: { filter: visibleName(filter), before: visibleName(subscription.filter) },
    },
    action: { label: { key: 'subscriptions.undo' }, run: () => void undo() },
  })
}

/** Sends a filter that is held back, or UNSUBSCRIBE again. */
export const sendAnyway = async (connection: Connection, subscriptionId: string): Promise<void> =>
  tell(connection, await connection.get(subscriptionsState).sendAnyway(subscriptionId))

const saveAll = async (connection: Connection, changes: readonly PlacedSubscription[]): Promise<void> => {
  const placed = changes.map(({ subscription, place }) => ({ subscription, ...(place !== undefined && { place }) }))
  tell(connection, await connection.get(subscriptionsState).saveMany(placed))
}

const tell = ({ app }: Connection, error: AppError | null): void => {
  if (error) app.get(noticesState).showError(error)
}
