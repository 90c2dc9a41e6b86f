import type { MemoryReport } from '#shared/model/memory'
import type { LogSizes } from '../model/connectionModel'
import { defineAppState } from '../state/app'

/** Memory of the whole application, and of that what the messages take. */
export interface MemoryView extends MemoryReport {
  readonly log: LogSizes
}

export interface MemoryState {
  /** As it was measured last; null until it was. */
  readonly memory: MemoryView | null
  measure(): Promise<void>
}

export const memoryState = defineAppState<MemoryState>('memory', ({ owner: app, set }) => ({
  memory: null,
  measure: async () => {
    const result = await app.api.invoke('app.memory', undefined)
    if (result.ok) set({ memory: { ...result.value, log: app.models.memory() } })
  },
}))
