import type { Batch, SubscriptionTotals } from '#shared/model/frame'
import type { SliceCreator } from './sliceCreator'
import { without } from '../model/without'
import { createClearing, type ClearedLog } from './clearing'
import { windowCounts, type ConnectionCounters } from './connectionCounters'

export interface MessagesSlice {
  /** Goes up with every batch: whoever reads the mutable models selects it. */
  readonly dataRevision: number
  readonly counters: Readonly<Record<string, ConnectionCounters>>
  readonly subscriptionTotals: Readonly<Record<string, Readonly<Record<string, SubscriptionTotals>>>>
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

export const createMessagesSlice: SliceCreator<MessagesSlice> = (set, get, { api, models }) => {
  const clearing = createClearing(set, get, { api, models })
  return {
    dataRevision: 0,
    clearedLogs: {},
    counters: {},
    subscriptionTotals: {},

    receiveBatch: (batch) => {
      const counters = { ...get().counters }
      const subscriptionTotals = { ...get().subscriptionTotals }
      for (const frame of batch.frames) models.apply(frame)
      for (const { connectionId, totals, subscriptions, deliveries } of batch.connections) {
        if (models.isRemoved(connectionId)) continue
        const model = models.of(connectionId)
        models.applyDeliveries(connectionId, deliveries)
        if (deliveries.length > 0) get().receiveDeliveries(connectionId, deliveries)
        model.skipped.follow(totals.dropped + model.earlier.refused + model.log.refusedCount(), Date.now())
        counters[connectionId] = { ...totals, ...windowCounts(model) }
        subscriptionTotals[connectionId] = byId(subscriptions)
      }
      set((state) => ({ counters, subscriptionTotals, dataRevision: state.dataRevision + 1 }))
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
        dataRevision: state.dataRevision + 1,
      }))
    },

    expectMessages: (connectionId) => models.readmit(connectionId),
  }
}
