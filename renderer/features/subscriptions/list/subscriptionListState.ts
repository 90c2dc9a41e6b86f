import { defineConnectionState, type Connection } from '../../../state/app'
import { messagesSinceClear, messagesState } from '../../../state/messages'

/** How the list of a connection's subscriptions is looked at. */
export interface SubscriptionListState {
  readonly search: string
  /** Rows that were chosen together, for what is done to several subscriptions at once; by id, also of some that are gone. */
  readonly ids: ReadonlySet<string>
  /** Messages by id when the list was sorted by them last: the rows keep that order while messages come. */
  readonly counted: ReadonlyMap<string, number>
  /** Nothing stays chosen that a person may not see any more. */
  searchFor(search: string): void
  toggle(id: string): void
  /** These and no others. */
  mark(ids: readonly string[]): void
  clear(): void
  count(): void
}

const none: ReadonlySet<string> = new Set()

export const subscriptionListState = defineConnectionState<SubscriptionListState>(
  'subscriptionList',
  ({ owner, get, set }) => {
    const clear = () => {
      if (get().ids.size > 0) set({ ids: none })
    }
    return {
      search: '',
      ids: none,
      counted: countsOf(owner),
      searchFor: (search) => set({ search, ids: none }),
      toggle: (id) =>
        set(({ ids }) => ({
          ids: ids.has(id) ? new Set([...ids].filter((one) => one !== id)) : new Set([...ids, id]),
        })),
      mark: (ids) => set({ ids: new Set(ids) }),
      clear,
      count: () => set({ counted: countsOf(owner) }),
    }
  },
)

const countsOf = (connection: Connection): ReadonlyMap<string, number> => {
  const messages = connection.get(messagesState)
  return new Map(Object.keys(messages.subscriptionTotals).map((id) => [id, messagesSinceClear(messages, id)]))
}
