import type { ConnectionNews, SubscriptionTotals, UnkeptTopics } from '#shared/model/frame'
import { createClearing, type ClearedLog, type CountedBefore } from './clearing'
import { noCounters, windowCounts, type ConnectionCounters } from './connectionCounters'
import { defineConnectionState } from './app'

/** What came and went on a connection. The messages themselves are in its model. */
export interface MessagesState {
  /** Goes up whenever the model has changed: a component that reads the model selects this. */
  readonly revision: number
  readonly counters: ConnectionCounters
  /** By the subscription's id; absent = no message was counted for it. */
  readonly subscriptionTotals: Readonly<Record<string, SubscriptionTotals>>
  /** What of them was counted before log and tree were emptied: the main process counts on. */
  readonly countedBefore: CountedBefore
  /** Topics that are not in the tree because of the limit; null = none. */
  readonly unkeptTopics: UnkeptTopics | null
  /** Where the shown log ends while it is paused: a row number. Null = it is not. Counting goes on. */
  readonly pausedAt: number | null
  /** What the latest clear took away, while it can be undone. */
  readonly cleared: ClearedLog | null
  /** How often log and tree were emptied, with something in them or not. */
  readonly clears: number
  /** The frames of the batch are in the model already. */
  receive(news: ConnectionNews): void
  /** Empties log and tree; totals go on. It can be undone for a while, and until the next clear. */
  clear(): void
  undoClear(): void
  /** Counts anew what the log holds, after evictions that came with no batch. */
  recount(): void
  /** The model was changed by other means than a batch. */
  touch(): void
  togglePause(): void
}

export const messagesState = defineConnectionState<MessagesState>('messages', (parts) => {
  const { owner: connection, get, set } = parts
  const recount = () =>
    set(({ counters, revision }) => ({
      counters: { ...counters, ...windowCounts(connection.model) },
      revision: revision + 1,
    }))
  return {
    revision: 0,
    counters: noCounters,
    subscriptionTotals: {},
    countedBefore: {},
    unkeptTopics: null,
    pausedAt: null,
    cleared: null,
    clears: 0,
    ...createClearing(parts),
    recount,

    receive: ({ totals, subscriptions, deliveries, serverSession, unkept }) => {
      const { model, app } = connection
      model.enterServerSession(serverSession)
      model.applyDeliveries(deliveries)
      const counters = { ...totals, ...windowCounts(model) }
      model.skipped.follow(counters.dropped + counters.damaged, app.models.clock.now())
      set(({ revision, unkeptTopics }) => ({
        revision: revision + 1,
        counters,
        subscriptionTotals: Object.fromEntries(subscriptions.map((one) => [one.subscriptionId, one])),
        unkeptTopics: unkept.messages === 0 ? null : isSameUnkept(unkeptTopics, unkept) ? unkeptTopics : unkept,
      }))
    },

    touch: () => set(({ revision }) => ({ revision: revision + 1 })),
    togglePause: () => set({ pausedAt: get().pausedAt === null ? connection.model.log.endRow() : null }),
  }
})

/** How many messages a subscription has had since log and tree were emptied, or else in all. */
export const messagesSinceClear = ({ subscriptionTotals, countedBefore }: MessagesState, id: string): number =>
  Math.max(0, (subscriptionTotals[id]?.messages ?? 0) - (countedBefore[id] ?? 0))

const isSameUnkept = (one: UnkeptTopics | null, other: UnkeptTopics) =>
  one?.topics === other.topics && one.isExact === other.isExact && one.messages === other.messages
