import type { SliceCreator } from '../../store/sliceCreator'
import { without } from '../../model/without'
import { noFilter, type LogFilter } from '../../model/logSearch/logFilter'

export interface LogSlice {
  /** By connection id, as everything below. */
  readonly logFilters: Readonly<Record<string, LogFilter>>
  /** Topic subtree that limits the log. */
  readonly logScope: Readonly<Record<string, string | null>>
  /** Where the shown log ends while it is paused: a row number. Absent or null = not paused. */
  readonly paused: Readonly<Record<string, number | null>>
  readonly filterLog: (connectionId: string, change: Partial<LogFilter>) => void
  readonly clearLogFilter: (connectionId: string) => void
  readonly scopeLog: (connectionId: string, topic: string | null) => void
  /** Freezes what is shown of the connection in view; counting goes on. */
  readonly togglePause: () => void
  /** Row numbers of a connection that is gone mean nothing to a later session. */
  readonly forgetLogPlace: (connectionId: string) => void
  /** Puts text on the clipboard; a failure becomes a notice. */
  readonly copyText: (text: string) => Promise<void>
}

export const createLogSlice: SliceCreator<LogSlice> = (set, get, { api, models }) => ({
  logFilters: {},
  logScope: {},
  paused: {},

  filterLog: (connectionId, change) =>
    set(({ logFilters }) => ({
      logFilters: { ...logFilters, [connectionId]: { ...(logFilters[connectionId] ?? noFilter), ...change } },
    })),

  clearLogFilter: (connectionId) =>
    set(({ logFilters, logScope }) => ({
      logFilters: { ...logFilters, [connectionId]: noFilter },
      logScope: { ...logScope, [connectionId]: null },
    })),

  scopeLog: (connectionId, topic) => set(({ logScope }) => ({ logScope: { ...logScope, [connectionId]: topic } })),

  forgetLogPlace: (connectionId) =>
    set(({ logScope, paused }) => ({
      logScope: without(logScope, connectionId),
      paused: without(paused, connectionId),
    })),

  togglePause: () => {
    const { activeConnectionId, paused } = get()
    if (activeConnectionId === null) return
    const isPaused = (paused[activeConnectionId] ?? null) !== null
    const end = isPaused ? null : models.of(activeConnectionId).log.endRow()
    set({ paused: { ...paused, [activeConnectionId]: end } })
  },

  copyText: async (text) => {
    const result = await api.invoke('clipboard.write', { text })
    if (!result.ok) get().receiveNotice(result.error)
  },
})
