import { ok, type AppError, type Result } from '#shared/result'
import type { Subscription, SubscriptionStatus } from '#shared/model/subscription'
import { subscriptionTo } from '../model/subscriptionLabels'
import { defineConnectionState, type Connection } from './app'
import { subscriptionFor } from './newSubscription'
import { noticesState } from './notices'
import { profilesState, selectEntry } from './profiles'
import { sessionState } from './session'

interface SubscriptionPlace {
  /** Where a new one goes; default: the end. */
  readonly place?: number
  /** Id of the one that goes, and whose place a new one takes. */
  readonly replaces?: string
}

export interface PlacedSubscription {
  readonly subscription: Subscription
  readonly place?: number
}

/** What is done with a connection's subscriptions. The list itself is the session's, or the profile's before there is one. */
export interface SubscriptionsState {
  /** The subscription that is edited over another view than its line; null = none. */
  readonly editedId: string | null
  /**
   * Replaces the one with the same id, or adds it where `where` says; null when the main process took it. What the
   * broker says is its state.
   */
  save(subscription: Subscription, where?: SubscriptionPlace): Promise<AppError | null>
  /**
   * Subscribes to valid filters with QoS 0; those in the list already keep their QoS and are switched on. Stops at the
   * first that the main process does not take.
   */
  subscribeTo(...filters: readonly string[]): Promise<AppError | null>
  /**
   * Saves a subscription that was edited. With another filter it is another subscription in the old one's place: counts
   * and chips of what the old filter brought must not become the new one's. Answers the id it was saved under.
   */
  change(changed: Subscription): Promise<Result<string>>
  /** Saves changed ones, and new ones at the places given, as one change; null when the main process took it. */
  saveMany(changes: readonly PlacedSubscription[]): Promise<AppError | null>
  remove(subscriptionIds: readonly string[]): Promise<AppError | null>
  /** Sends a filter that is held back. */
  sendAnyway(subscriptionId: string): Promise<AppError | null>
  /** Switches off every subscription with this filter; what goes wrong becomes a notice. */
  switchOff(filter: string): Promise<void>
  edit(subscriptionId: string): void
  endEdit(): void
}

export const subscriptionsState = defineConnectionState<SubscriptionsState>('subscriptions', ({ owner, get, set }) => {
  const { id: connectionId, app } = owner
  const errorOf = (result: Result<null>) => (result.ok ? null : result.error)
  return {
    editedId: null,

    save: async (subscription, where = {}) =>
      errorOf(await app.api.invoke('subscription.save', { connectionId, subscription, ...where })),

    subscribeTo: async (...filters) => {
      // The session's list may come later than the answer: each colour is chosen with those before it in mind.
      let list = subscriptionsOf(owner)
      for (const filter of filters) {
        const qos = subscriptionTo(list, filter)?.subscription.qos ?? 0
        const subscription = subscriptionFor({ filter, qos }, list, () => crypto.randomUUID())
        const error = await get().save(subscription)
        if (error) return error
        list = [...list, { subscription, state: { phase: 'inactive' } }]
      }
      return null
    },

    change: async (changed) => {
      const known = subscriptionsOf(owner).find(({ subscription }) => subscription.id === changed.id)?.subscription
      const isSame = known?.filter === changed.filter
      const id = isSame ? changed.id : crypto.randomUUID()
      const where = isSame ? {} : { replaces: changed.id }
      const error = await get().save({ ...changed, id }, where)
      return error ? { ok: false, error } : ok(id)
    },

    saveMany: async (changes) =>
      errorOf(await app.api.invoke('subscription.saveMany', { connectionId, changes: [...changes] })),

    remove: async (subscriptionIds) =>
      errorOf(await app.api.invoke('subscription.remove', { connectionId, subscriptionIds: [...subscriptionIds] })),

    sendAnyway: async (subscriptionId) =>
      errorOf(await app.api.invoke('subscription.sendAnyway', { connectionId, subscriptionId })),

    switchOff: async (filter) => {
      for (const { subscription } of subscriptionsOf(owner)) {
        if (subscription.filter !== filter || !subscription.enabled) continue
        const error = await get().save({ ...subscription, enabled: false })
        if (error) app.get(noticesState).showError(error)
      }
    },

    edit: (editedId) => set({ editedId }),
    endEdit: () => set({ editedId: null }),
  }
})

/** Subscriptions of a connection with their states, in the order of the list on screen. */
export const subscriptionsOf = (connection: Connection): readonly SubscriptionStatus[] => {
  const { status } = connection.get(sessionState)
  if (status) return status.subscriptions
  const planned = selectEntry(connection.id)(connection.app.get(profilesState))?.profile.subscriptions
  return planned ? notSent(planned) : none
}

const none: readonly SubscriptionStatus[] = []
const notSentLists = new WeakMap<readonly Subscription[], readonly SubscriptionStatus[]>()

/** Before the first connect there is no session: what the profile wants, not sent to anyone. The same list for the same. */
export const notSent = (planned: readonly Subscription[]): readonly SubscriptionStatus[] => {
  const known = notSentLists.get(planned)
  if (known) return known
  const made = planned.map((subscription) => ({ subscription, state: { phase: 'inactive' } as const }))
  notSentLists.set(planned, made)
  return made
}
