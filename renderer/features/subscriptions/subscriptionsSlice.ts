import { ok, type AppError, type Result } from '#shared/result'
import type { Subscription } from '#shared/model/subscription'
import { subscriptionTo } from '../../model/subscriptionLabels'
import type { SliceCreator } from '../../store/sliceCreator'
import { createFilterSubmission, type FilterSubmission } from './filterSubmission'
import { selectSubscriptions, subscriptionFor } from './subscriptionSelectors'

export interface SubscriptionPlace {
  /** Where a new one goes; default: the end. */
  readonly place?: number
  /** Id of the one that goes, and whose place a new one takes. */
  readonly replaces?: string
}

export interface SubscriptionsSlice extends FilterSubmission {
  /** The subscription that is edited over another view than its line; null = none. */
  readonly editedSubscription: { readonly connectionId: string; readonly subscriptionId: string } | null
  /**
   * Replaces the one with the same id, or adds it where `where` says; null when the main process took it. What the
   * broker says is its state.
   */
  saveSubscription(
    connectionId: string,
    subscription: Subscription,
    where?: SubscriptionPlace,
  ): Promise<AppError | null>
  /**
   * Subscribes to valid filters with QoS 0; those in the list already keep their QoS and are switched on. Stops at the
   * first that the main process does not take.
   */
  subscribeTo(connectionId: string, ...filters: readonly string[]): Promise<AppError | null>
  /**
   * Saves a subscription that was edited. With another filter it is another subscription in the old one's place: counts
   * and chips of what the old filter brought must not become the new one's. Answers the id it was saved under.
   */
  changeSubscription(connectionId: string, changed: Subscription): Promise<Result<string>>
  removeSubscription(connectionId: string, subscriptionId: string): Promise<AppError | null>
  /** Sends a filter that is held back. */
  trySubscription(connectionId: string, subscriptionId: string): Promise<AppError | null>
  /** Switches off every subscription with this filter; what goes wrong becomes a notice. */
  switchOffFilter(connectionId: string, filter: string): Promise<void>
  editSubscription(connectionId: string, subscriptionId: string): void
  endSubscriptionEdit(): void
  /** Puts a filter into the subscribe field of the connection in view and the focus there. '' leaves what was typed. */
  draftFilter(filter: string): void
}

export const createSubscriptionsSlice: SliceCreator<SubscriptionsSlice> = (set, get, tools) => ({
  editedSubscription: null,
  ...createFilterSubmission(set, get, tools),

  saveSubscription: async (connectionId, subscription, where = {}) => {
    const result = await tools.api.invoke('subscription.save', { connectionId, subscription, ...where })
    return result.ok ? null : result.error
  },

  subscribeTo: async (connectionId, ...filters) => {
    // The session's list may come later than the answer: each colour is chosen with those before it in mind.
    let list = selectSubscriptions(connectionId)(get())
    for (const filter of filters) {
      const qos = subscriptionTo(list, filter)?.subscription.qos ?? 0
      const subscription = subscriptionFor({ filter, qos }, list, () => crypto.randomUUID())
      const error = await get().saveSubscription(connectionId, subscription)
      if (error) return error
      list = [...list, { subscription, state: { phase: 'inactive' } }]
    }
    return null
  },

  changeSubscription: async (connectionId, changed) => {
    const list = selectSubscriptions(connectionId)(get())
    const known = list.find(({ subscription }) => subscription.id === changed.id)?.subscription
    const isSame = known?.filter === changed.filter
    const id = isSame ? changed.id : crypto.randomUUID()
    const where = isSame ? {} : { replaces: changed.id }
    const error = await get().saveSubscription(connectionId, { ...changed, id }, where)
    return error ? { ok: false, error } : ok(id)
  },

  removeSubscription: async (connectionId, subscriptionId) => {
    const result = await tools.api.invoke('subscription.remove', { connectionId, subscriptionId })
    return result.ok ? null : result.error
  },

  trySubscription: async (connectionId, subscriptionId) => {
    const result = await tools.api.invoke('subscription.tryAnyway', { connectionId, subscriptionId })
    return result.ok ? null : result.error
  },

  switchOffFilter: async (connectionId, filter) => {
    for (const { subscription } of selectSubscriptions(connectionId)(get())) {
      if (subscription.filter !== filter || !subscription.enabled) continue
      const error = await get().saveSubscription(connectionId, { ...subscription, enabled: false })
      if (error) get().receiveNotice(error)
    }
  },

  editSubscription: (connectionId, subscriptionId) => set({ editedSubscription: { connectionId, subscriptionId } }),
  endSubscriptionEdit: () => set({ editedSubscription: null }),

  draftFilter: (filter) => {
    const { activeConnectionId, changeFilterDraft, focusRequest } = get()
    if (activeConnectionId !== null && filter !== '') changeFilterDraft(activeConnectionId, filter)
    set({ focusRequest: { target: 'subscribe', at: (focusRequest?.at ?? 0) + 1 } })
  },
})
