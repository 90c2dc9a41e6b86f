import type { AppError } from '#shared/result'
import type { Subscription } from '#shared/model/subscription'
import type { SliceCreator } from '../../store/sliceCreator'
import { selectSubscriptions } from './subscriptionSelectors'

export interface SubscriptionsSlice {
  /** What stands in the subscribe field, by connection. */
  readonly filterDrafts: Readonly<Record<string, string>>
  /** Ids in the order they had when one was removed, so that an undo puts it back where it was. */
  readonly subscriptionOrder: Readonly<Record<string, readonly string[]>>
  /** Adds, or replaces the one with the same id; null when the main process took it. What the broker says is its state. */
  saveSubscription(connectionId: string, subscription: Subscription): Promise<AppError | null>
  removeSubscription(connectionId: string, subscriptionId: string): Promise<AppError | null>
  changeFilterDraft(connectionId: string, filter: string): void
  /** Puts a filter into the subscribe field of the connection in view and the focus there. '' leaves what was typed. */
  draftFilter(filter: string): void
}

export const createSubscriptionsSlice: SliceCreator<SubscriptionsSlice> = (set, get, { api }) => ({
  filterDrafts: {},
  subscriptionOrder: {},

  saveSubscription: async (connectionId, subscription) => {
    const result = await api.invoke('subscription.save', { connectionId, subscription })
    return result.ok ? null : result.error
  },

  removeSubscription: async (connectionId, subscriptionId) => {
    const order = selectSubscriptions(connectionId)(get()).map(({ subscription }) => subscription.id)
    const result = await api.invoke('subscription.remove', { connectionId, subscriptionId })
    if (!result.ok) return result.error
    set((state) => ({ subscriptionOrder: { ...state.subscriptionOrder, [connectionId]: order } }))
    return null
  },

  changeFilterDraft: (connectionId, filter) =>
    set((state) => ({ filterDrafts: { ...state.filterDrafts, [connectionId]: filter } })),

  draftFilter: (filter) => {
    const { activeConnectionId, changeFilterDraft, focusRequest } = get()
    if (activeConnectionId !== null && filter !== '') changeFilterDraft(activeConnectionId, filter)
    set({ focusRequest: { target: 'subscribe', at: (focusRequest?.at ?? 0) + 1 } })
  },
})
