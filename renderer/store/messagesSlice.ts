import type { Batch, SessionTotals, SubscriptionTotals, UnkeptTopics } from '#shared/model/frame'
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
  stored: 0,
  bytesIn: 0,
  bytesOut: 0,
  kept: 0,
  evicted: 0,
}

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
      const { log, skipped } = models.of(connectionId)
      log.applyDeliveries(deliveries)
      skipped.follow(totals.dropped + log.refusedCount(), models.clock.now())
      counters[connectionId] = { ...totals, kept: log.keptCount(), evicted: log.evictedCount() }
      subscriptionTotals[connectionId] = byId(subscriptions)
    }
    set(({ dataRevision, activeConnectionId }) => ({
      ...{ counters, subscriptionTotals, unkeptTopics },
      dataRevision: concerns(batch, activeConnectionId) ? dataRevision + 1 : dataRevision,
    }))
  },

  clearMessages: (connectionId) => {
    const { log } = models.of(connectionId)
    const throughSequence = lastSequenceOf(log)
    if (throughSequence > 0) void api.invoke('payload.release', { connectionId, throughSequence })
    models.clear(connectionId)
    void api.invoke('topic.forget', { connectionId })
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
      unkeptTopics: without(state.unkeptTopics, connectionId),
      dataRevision: state.dataRevision + 1,
    }))
  },

  expectMessages: (connectionId) => models.readmit(connectionId),
})
