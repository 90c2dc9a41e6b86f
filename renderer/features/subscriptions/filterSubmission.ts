import type { Subscription } from '#shared/model/subscription'
import type { AppError } from '#shared/result'
import type { SliceCreator } from '../../store/sliceCreator'
import { selectSubscriptions, subscriptionFor, type WantedSubscription } from './subscriptionSelectors'

export interface FailedFilter extends WantedSubscription {
  readonly error: AppError
}

/** The subscribe field: what is typed belongs to the person, whatever becomes of the filters that were taken from it. */
export interface FilterSubmission {
  /** What stands in the subscribe field, by connection. */
  readonly filterDrafts: Readonly<Record<string, string>>
  /** Filters that the main process did not take, oldest first, by connection. */
  readonly failedFilters: Readonly<Record<string, readonly FailedFilter[]>>
  changeFilterDraft(connectionId: string, filter: string): void
  /**
   * Takes a valid filter from the field, which is empty at once, and subscribes to it. Where that fails the filter stands
   * in `failedFilters`, and in the field again if nothing has been typed since.
   */
  submitFilter(connectionId: string, wanted: WantedSubscription): Promise<void>
  dropFailedFilter(connectionId: string, filter: string): void
}

/** Subscriptions that were sent and do not stand in the list yet. */
const createUnlisted = () => {
  let sent: readonly { readonly connectionId: string; readonly subscription: Subscription }[] = []
  return {
    of: (connectionId: string, listed: readonly { readonly subscription: Subscription }[]) => {
      const ids = new Set(listed.map(({ subscription }) => subscription.id))
      sent = sent.filter((one) => one.connectionId !== connectionId || !ids.has(one.subscription.id))
      return sent.flatMap(({ connectionId: of, subscription }) =>
        of === connectionId ? [{ subscription, state: { phase: 'inactive' } as const }] : [],
      )
    },
    add: (connectionId: string, subscription: Subscription) => {
      sent = [...sent, { connectionId, subscription }]
    },
    drop: (id: string) => {
      sent = sent.filter(({ subscription }) => subscription.id !== id)
    },
  }
}

export const createFilterSubmission: SliceCreator<FilterSubmission> = (set, get) => {
  const unlisted = createUnlisted()
  const putDraft = (connectionId: string, filter: string) =>
    set((state) => ({ filterDrafts: { ...state.filterDrafts, [connectionId]: filter } }))
  const putFailed = (connectionId: string, make: (list: readonly FailedFilter[]) => readonly FailedFilter[]) =>
    set(({ failedFilters }) => ({
      failedFilters: { ...failedFilters, [connectionId]: make(failedFilters[connectionId] ?? []) },
    }))
  const drop = (connectionId: string, filter: string) =>
    putFailed(connectionId, (list) => list.filter((one) => one.filter !== filter))
  const draftOf = (connectionId: string) => get().filterDrafts[connectionId] ?? ''

  return {
    filterDrafts: {},
    failedFilters: {},

    changeFilterDraft: (connectionId, filter) => {
      // What is said of a filter that came back goes as soon as it is another one.
      drop(connectionId, draftOf(connectionId))
      putDraft(connectionId, filter)
    },

    submitFilter: async (connectionId, wanted) => {
      const { filter } = wanted
      drop(connectionId, filter)
      if (draftOf(connectionId) === filter) putDraft(connectionId, '')
      const listed = selectSubscriptions(connectionId)(get())
      // Typed at speed, the next filter comes before the list has the one before it: each gets a colour of its own.
      const list = [...listed, ...unlisted.of(connectionId, listed)]
      const subscription = subscriptionFor(wanted, list, () => crypto.randomUUID())
      unlisted.add(connectionId, subscription)
      const error = await get().saveSubscription(connectionId, subscription)
      if (!error) return
      unlisted.drop(subscription.id)
      putFailed(connectionId, (failed) => [...failed.filter((one) => one.filter !== filter), { ...wanted, error }])
      if (draftOf(connectionId) === '') putDraft(connectionId, filter)
    },

    dropFailedFilter: drop,
  }
}
