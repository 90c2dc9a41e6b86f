import type { Subscription } from '#shared/model/subscription'
import type { AppError } from '#shared/result'
import { defineConnectionState, type Connection } from './app'
import { focusState } from './focus'
import { subscriptionFor, type WantedSubscription } from './newSubscription'
import { subscriptionsOf, subscriptionsState } from './subscriptions'

interface FailedFilter extends WantedSubscription {
  readonly error: AppError
}

/** The subscribe field: what is typed belongs to the person, whatever becomes of the filters that were taken from it. */
export interface SubscribeFieldState {
  /** What stands in the field. */
  readonly draft: string
  /** Filters that the main process did not take, oldest first. */
  readonly failed: readonly FailedFilter[]
  type(filter: string): void
  /**
   * Takes a valid filter from the field, which is empty at once, and subscribes to it. Where that fails the filter stands
   * in `failed`, and in the field again if nothing has been typed since.
   */
  submit(wanted: WantedSubscription): Promise<void>
  dropFailed(filter: string): void
}

export const subscribeFieldState = defineConnectionState<SubscribeFieldState>(
  'subscribeField',
  ({ owner, get, set }) => {
    /** Subscriptions that were sent and do not stand in the list yet. */
    let unlisted: readonly Subscription[] = []
    const dropFailed = (filter: string) =>
      set(({ failed }) => ({ failed: failed.filter((one) => one.filter !== filter) }))
    /** Typed at speed, the next filter comes before the list has the one before it: each gets a colour of its own. */
    const listWithUnlisted = () => {
      const listed = subscriptionsOf(owner)
      const ids = new Set(listed.map(({ subscription }) => subscription.id))
      unlisted = unlisted.filter(({ id }) => !ids.has(id))
      return [...listed, ...unlisted.map((subscription) => ({ subscription, state: { phase: 'inactive' } as const }))]
    }

    return {
      draft: '',
      failed: [],

      type: (filter) => {
        // What is said of a filter that came back goes as soon as it is another one.
        dropFailed(get().draft)
        set({ draft: filter })
      },

      submit: async (wanted) => {
        const { filter } = wanted
        dropFailed(filter)
        if (get().draft === filter) set({ draft: '' })
        const subscription = subscriptionFor(wanted, listWithUnlisted(), () => crypto.randomUUID())
        unlisted = [...unlisted, subscription]
        const error = await owner.get(subscriptionsState).save(subscription)
        if (!error) return
        unlisted = unlisted.filter(({ id }) => id !== subscription.id)
        dropFailed(filter)
        set(({ failed, draft }) => ({
          failed: [...failed, { ...wanted, error }],
          draft: draft === '' ? filter : draft,
        }))
      },

      dropFailed,
    }
  },
  { keepsake: ({ draft }) => ({ draft }) },
)

/** Puts a filter into the subscribe field and the focus there. '' leaves what was typed. */
export const draftFilter = (connection: Connection, filter: string): void => {
  if (filter !== '') connection.get(subscribeFieldState).type(filter)
  connection.app.get(focusState).focus('subscribe')
}
