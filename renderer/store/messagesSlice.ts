import type { Batch, SessionTotals, SubscriptionTotals } from '#shared/model/frame'
import type { ConnectionModel } from '../model/connectionModel'
import type { SliceCreator } from './sliceCreator'
import { without } from '../model/without'

/**
 * Exact numbers of one connection. `kept`, `evicted` and `cleared` are the window's, the rest the main process's. What was
 * received or sent, or is a copy that was shown, is kept, evicted, cleared or dropped, or came damaged.
 */
export interface ConnectionCounters extends SessionTotals {
  readonly kept: number
  readonly evicted: number
  readonly cleared: number
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
  cleared: 0,
}

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

export interface ClearedLog {
  readonly messages: number
  /** The row the log was paused at; null = it was not. */
  readonly pausedAt: number | null
}

/** Longer than one needs to notice, short enough that cleared messages do not stay in memory. */
const undoMs = 20_000

const windowCounts = ({ log, earlier }: ConnectionModel) => ({
  kept: log.keptCount(),
  evicted: earlier.evicted + log.evictedCount(),
  cleared: earlier.cleared,
})

const byId = (list: readonly SubscriptionTotals[]) => Object.fromEntries(list.map((one) => [one.subscriptionId, one]))

export const createMessagesSlice: SliceCreator<MessagesSlice> = (set, get, { api, models }) => {
  const undoTimers = new Map<string, ReturnType<typeof setTimeout>>()
  const stopTimer = (connectionId: string) => {
    clearTimeout(undoTimers.get(connectionId))
    undoTimers.delete(connectionId)
  }
  /** Counts anew after log and tree were changed as a whole. */
  const put = (connectionId: string, cleared: ClearedLog | null) =>
    set(({ counters, clearedLogs, dataRevision }) => ({
      counters: {
        ...counters,
        [connectionId]: { ...(counters[connectionId] ?? noCounters), ...windowCounts(models.of(connectionId)) },
      },
      clearedLogs: cleared ? { ...clearedLogs, [connectionId]: cleared } : without(clearedLogs, connectionId),
      dataRevision: dataRevision + 1,
    }))
  const forgetCleared = (connectionId: string) => {
    stopTimer(connectionId)
    const throughSequence = models.forgetCleared(connectionId)
    if (throughSequence > 0) void api.invoke('payload.release', { connectionId, throughSequence })
    set(({ clearedLogs }) => ({ clearedLogs: without(clearedLogs, connectionId) }))
  }
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
        model.skipped.follow(totals.dropped + model.earlier.refused + model.log.refusedCount(), Date.now())
        counters[connectionId] = { ...totals, ...windowCounts(model) }
        subscriptionTotals[connectionId] = byId(subscriptions)
      }
      set((state) => ({ counters, subscriptionTotals, dataRevision: state.dataRevision + 1 }))
    },

    clearMessages: (connectionId) => {
      const { log, tree } = models.of(connectionId)
      forgetCleared(connectionId)
      const messages = log.keptCount()
      const canUndo = messages > 0 || tree.topicCount() > 0
      const pausedAt = get().paused[connectionId] ?? null
      models.clear(connectionId)
      get().markTopics(connectionId, [])
      put(connectionId, canUndo ? { messages, pausedAt } : null)
      if (pausedAt !== null) set(({ paused }) => ({ paused: { ...paused, [connectionId]: 0 } }))
      if (canUndo)
        undoTimers.set(
          connectionId,
          setTimeout(() => forgetCleared(connectionId), undoMs),
        )
      else forgetCleared(connectionId)
    },

    undoClear: (connectionId) => {
      const cleared = get().clearedLogs[connectionId]
      stopTimer(connectionId)
      if (!cleared || !models.undoClear(connectionId)) return
      const { log } = models.of(connectionId)
      if ((get().paused[connectionId] ?? null) !== null)
        set(({ paused }) => ({ paused: { ...paused, [connectionId]: cleared.pausedAt ?? log.endRow() } }))
      put(connectionId, null)
    },

    recountKept: () => {
      const recounted = Object.entries(get().counters).map(
        ([connectionId, before]) => [connectionId, { ...before, ...windowCounts(models.of(connectionId)) }] as const,
      )
      set((state) => ({ counters: Object.fromEntries(recounted), dataRevision: state.dataRevision + 1 }))
    },

    forgetMessages: (connectionId) => {
      stopTimer(connectionId)
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
