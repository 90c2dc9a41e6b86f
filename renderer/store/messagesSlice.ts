import type { Batch, SessionTotals, SubscriptionTotals } from '#shared/model/frame'
import type { MessageLog } from '../model/messageLog/messageLog'
import type { SliceCreator } from './sliceCreator'
import { without } from '../model/without'

/** Exact numbers of one connection. `kept` and `evicted` are the window's, the rest the main process's. */
export interface ConnectionCounters extends SessionTotals {
  readonly kept: number
  readonly evicted: number
}

export const noCounters: ConnectionCounters = {
  received: 0,
  sent: 0,
  dropped: 0,
  copies: 0,
  redelivered: 0,
  repeated: 0,
  bytesIn: 0,
  bytesOut: 0,
  kept: 0,
  evicted: 0,
}

export interface MessagesSlice {
  /** Goes up with every batch: whoever reads the mutable models selects it. */
  readonly dataRevision: number
  readonly counters: Readonly<Record<string, ConnectionCounters>>
  readonly subscriptionTotals: Readonly<Record<string, Readonly<Record<string, SubscriptionTotals>>>>
  /** One store update for everything that came. */
  receiveBatch(batch: Batch): void
  /** Empties log and tree of a connection; totals go on. */
  clearMessages(connectionId: string): void
  /** Counts anew what the logs hold, after evictions that came with no batch. */
  recountKept(): void
  /** The connection is gone: everything received of it goes, also what is still under way. */
  forgetMessages(connectionId: string): void
  /** There is a session again, with numbers of its own. */
  expectMessages(connectionId: string): void
}

const byId = (list: readonly SubscriptionTotals[]) => Object.fromEntries(list.map((one) => [one.subscriptionId, one]))

/** The newest message of the log, 0 = none: what is still under way comes after it. */
const lastSequenceOf = (log: MessageLog): number => {
  for (let row = log.endRow() - 1; row >= log.firstKeptRow(); row -= 1) {
    const found = log.rowAt(row)
    if (found?.kind === 'message') return found.message.sequence
  }
  return 0
}

export const createMessagesSlice: SliceCreator<MessagesSlice> = (set, get, { api, models }) => ({
  dataRevision: 0,
  counters: {},
  subscriptionTotals: {},

  receiveBatch: (batch) => {
    const counters = { ...get().counters }
    const subscriptionTotals = { ...get().subscriptionTotals }
    for (const frame of batch.frames) models.apply(frame)
    for (const { connectionId, totals, subscriptions, deliveries } of batch.connections) {
      if (models.isRemoved(connectionId)) continue
      const { log, skipped } = models.of(connectionId)
      log.applyDeliveries(deliveries)
      if (deliveries.length > 0) get().receiveDeliveries(connectionId, deliveries)
      skipped.follow(totals.dropped + log.refusedCount(), Date.now())
      counters[connectionId] = { ...totals, kept: log.keptCount(), evicted: log.evictedCount() }
      subscriptionTotals[connectionId] = byId(subscriptions)
    }
    set((state) => ({ counters, subscriptionTotals, dataRevision: state.dataRevision + 1 }))
  },

  clearMessages: (connectionId) => {
    const { log, tree } = models.of(connectionId)
    const throughSequence = lastSequenceOf(log)
    if (throughSequence > 0) void api.invoke('payload.release', { connectionId, throughSequence })
    log.clear()
    tree.clear()
    get().markTopics(connectionId, [])
    const before = get().counters[connectionId] ?? noCounters
    set((state) => ({
      counters: { ...state.counters, [connectionId]: { ...before, kept: 0, evicted: log.evictedCount() } },
      dataRevision: state.dataRevision + 1,
    }))
  },

  recountKept: () => {
    const recounted = Object.entries(get().counters).map(([connectionId, before]) => {
      const { log } = models.of(connectionId)
      return [connectionId, { ...before, kept: log.keptCount(), evicted: log.evictedCount() }] as const
    })
    set((state) => ({ counters: Object.fromEntries(recounted), dataRevision: state.dataRevision + 1 }))
  },

  forgetMessages: (connectionId) => {
    models.remove(connectionId)
    set((state) => ({
      counters: without(state.counters, connectionId),
      subscriptionTotals: without(state.subscriptionTotals, connectionId),
      dataRevision: state.dataRevision + 1,
    }))
  },

  expectMessages: (connectionId) => models.readmit(connectionId),
})
