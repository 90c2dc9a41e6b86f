import type { Batch, SubscriptionTotals, UnkeptTopics } from '#shared/model/frame'
import type { SliceCreator } from './sliceCreator'
import { without } from '../model/without'
import { createClearing, type ClearedLog } from './clearing'
import { windowCounts, type ConnectionCounters } from './connectionCounters'

export interface MessagesSlice {
  /**
   * Goes up with every batch that brings something for the connection in view: whoever reads the mutable models selects
   * it. What comes for others is stored and counted, and draws nothing.
   */
  readonly dataRevision: number
  readonly counters: Readonly<Record<string, ConnectionCounters>>
  readonly subscriptionTotals: Readonly<Record<string, Readonly<Record<string, SubscriptionTotals>>>>
  /** By connection; topics that are not in its tree because of the limit. Absent = none. */
  readonly unkeptTopics: Readonly<Record<string, UnkeptTopics>>
  /** One store update for everything that came. */
  receiveBatch(batch: Batch): void
  /** What the latest clear of a connection took away, by connection, while it can be undone. */
  readonly clearedLogs: Readonly<Record<string, ClearedLog>>
  /** Empties log and tree of a connection; totals go on. It can be undone for a while, and until the next clear. */
  clearMessages(connectionId: string): void
  undoClear(connectionId: string): void
  /** Counts anew what the logs hold, after evictions that came with no batch. */
  recountKept(): void
  /** The connection is gone: everything received of it goes, also what is still under way. */
  forgetMessages(connectionId: string): void
  /** There is a session again, with numbers of its own. */
  expectMessages(connectionId: string): void
}

const byId = (list: readonly SubscriptionTotals[]) => Object.fromEntries(list.map((one) => [one.subscriptionId, one]))

const isSameUnkept = (one: UnkeptTopics | undefined, other: UnkeptTopics) =>
  one?.topics === other.topics && one.isExact === other.isExact && one.messages === other.messages

/** The same object as long as it says the same. */
const withUnkept = (known: MessagesSlice['unkeptTopics'], connectionId: string, unkept: UnkeptTopics) => {
  if (unkept.messages === 0) return known[connectionId] ? without(known, connectionId) : known
  return isSameUnkept(known[connectionId], unkept) ? known : { ...known, [connectionId]: unkept }
}

const concerns = ({ frames, connections }: Batch, inView: string | null) =>
  frames.some(({ connectionId }) => connectionId === inView) ||
  connections.some(({ connectionId }) => connectionId === inView)

export const createMessagesSlice: SliceCreator<MessagesSlice> = (set, get, { api, models }) => {
  const clearing = createClearing(set, get, { api, models })
  return {
    dataRevision: 0,
    clearedLogs: {},
    counters: {},
    subscriptionTotals: {},
    unkeptTopics: {},

    receiveBatch: (batch) => {
      const counters = { ...get().counters }
      const subscriptionTotals = { ...get().subscriptionTotals }
      let { unkeptTopics } = get()
      for (const frame of batch.frames) models.apply(frame)
      for (const { connectionId, totals, subscriptions, deliveries, session, unkept } of batch.connections) {
        if (models.isRemoved(connectionId)) continue
        models.enterSession(connectionId, session)
        unkeptTopics = withUnkept(unkeptTopics, connectionId, unkept)
        const model = models.of(connectionId)
        models.applyDeliveries(connectionId, deliveries)
        if (deliveries.length > 0) get().receiveDeliveries(connectionId, deliveries)
        model.skipped.follow(totals.dropped + model.earlier.refused + model.log.refusedCount(), models.clock.now())
        counters[connectionId] = { ...totals, ...windowCounts(model) }
        subscriptionTotals[connectionId] = byId(subscriptions)
      }
      set(({ dataRevision, activeConnectionId }) => ({
        ...{ counters, subscriptionTotals, unkeptTopics },
        dataRevision: concerns(batch, activeConnectionId) ? dataRevision + 1 : dataRevision,
      }))
    },

    clearMessages: clearing.clear,
    undoClear: clearing.undo,

    recountKept: () => {
      const recounted = Object.entries(get().counters).map(
        ([connectionId, before]) => [connectionId, { ...before, ...windowCounts(models.of(connectionId)) }] as const,
      )
      set((state) => ({ counters: Object.fromEntries(recounted), dataRevision: state.dataRevision + 1 }))
    },

    forgetMessages: (connectionId) => {
      clearing.stopTimer(connectionId)
      models.remove(connectionId)
      set((state) => ({
        clearedLogs: without(state.clearedLogs, connectionId),
        counters: without(state.counters, connectionId),
        subscriptionTotals: without(state.subscriptionTotals, connectionId),
        unkeptTopics: without(state.unkeptTopics, connectionId),
        dataRevision: state.dataRevision + 1,
      }))
    },

    expectMessages: (connectionId) => models.readmit(connectionId),
  }
}
