import { without } from '../model/without'
import { noCounters, windowCounts } from './connectionCounters'
import type { SliceCreator } from './sliceCreator'

export interface ClearedLog {
  readonly messages: number
  /** The row the log was paused at; null = it was not. */
  readonly pausedAt: number | null
}

/** Longer than one needs to notice, short enough that cleared messages do not stay in memory. */
const undoMs = 20_000

/** Clearing the messages of a connection, and taking that back. */
interface Clearing {
  clear(connectionId: string): void
  undo(connectionId: string): void
  stopTimer(connectionId: string): void
}

export const createClearing: SliceCreator<Clearing> = (set, get, { api, models }) => {
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
    stopTimer,
    clear: (connectionId) => {
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

    undo: (connectionId) => {
      const cleared = get().clearedLogs[connectionId]
      stopTimer(connectionId)
      if (!cleared || !models.undoClear(connectionId)) return
      const { log } = models.of(connectionId)
      if ((get().paused[connectionId] ?? null) !== null)
        set(({ paused }) => ({ paused: { ...paused, [connectionId]: cleared.pausedAt ?? log.endRow() } }))
      put(connectionId, null)
    },
  }
}
