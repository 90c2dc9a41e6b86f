import type { Snapshot } from '#shared/contract'
import type { MemoryReport } from '#shared/model/memory'
import type { LogSizes } from '../model/connectionModel'
import type { SliceCreator } from './sliceCreator'

/** Memory of the whole application, and of that what the messages take. */
export interface MemoryView extends MemoryReport {
  readonly log: LogSizes
}

export interface WindowSlice {
  /** Nobody sees the window. The page cannot tell: to itself it is always visible, so that its timers run on. */
  readonly windowHidden: boolean
  /** As it was measured last; null until it was. */
  readonly memory: MemoryView | null
  readonly receiveWindowHidden: (hidden: boolean) => void
  readonly measureMemory: () => Promise<void>
}

export const createWindowSlice =
  (snapshot: Pick<Snapshot, 'windowHidden'>): SliceCreator<WindowSlice> =>
  (set, _get, { api, models }) => ({
    windowHidden: snapshot.windowHidden,
    memory: null,
    receiveWindowHidden: (windowHidden) => set({ windowHidden }),
    measureMemory: async () => {
      const result = await api.invoke('app.memory', undefined)
      if (result.ok) set({ memory: { ...result.value, log: models.memory() } })
    },
  })
