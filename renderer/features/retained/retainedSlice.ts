import type { RetainedPage } from '#shared/model/retained'
import type { Result } from '#shared/result'
import type { SliceCreator } from '../../store/sliceCreator'
import type { Heard } from './keptAge'
import type { KeptTopic } from './keptTopics'

export interface RetainedView {
  readonly connectionId: string
  /** What the field holds when it opens. */
  readonly filter: string
}

export interface RetainedPlace {
  readonly from: number
  readonly changesFrom: number
}

export interface RetainedSlice {
  /** The connection whose retained messages are looked at; null = none. */
  readonly retainedView: RetainedView | null
  showRetained(connectionId: string, filter: string): void
  /** Lets go of the listing: nothing can be undone after that. */
  hideRetained(): void
  listRetained(connectionId: string, filter: string): Promise<Result<null>>
  readRetained(connectionId: string, place: RetainedPlace): Promise<Result<RetainedPage>>
  clearRetainedPlaces(connectionId: string, places: readonly number[]): Promise<Result<null>>
  undoRetained(connectionId: string): Promise<Result<null>>
  cancelRetained(connectionId: string): Promise<Result<null>>
  /** Tells the tree what was learnt of topics: live messages do not say that the broker keeps them. */
  noteKept(connectionId: string, topics: readonly KeptTopic[]): void
  /** What the connection has heard by now. */
  heardOn(connectionId: string): Heard
}

export const createRetainedSlice: SliceCreator<RetainedSlice> = (set, get, { api, models }) => ({
  retainedView: null,
  showRetained: (connectionId, filter) => set({ retainedView: { connectionId, filter } }),
  hideRetained: () => {
    const view = get().retainedView
    set({ retainedView: null })
    if (view) void api.invoke('retained.close', { connectionId: view.connectionId })
  },
  listRetained: (connectionId, filter) => api.invoke('retained.list', { connectionId, filter }),
  readRetained: (connectionId, place) => api.invoke('retained.read', { connectionId, ...place }),
  clearRetainedPlaces: (connectionId, places) => api.invoke('retained.clear', { connectionId, places: [...places] }),
  undoRetained: (connectionId) => api.invoke('retained.undo', { connectionId }),
  cancelRetained: (connectionId) => api.invoke('retained.cancel', { connectionId }),
  noteKept: (connectionId, topics) => {
    if (topics.length === 0) return
    const { tree } = models.of(connectionId)
    for (const { topic, isKept } of topics) tree.noteRetained(topic, isKept)
    set(({ dataRevision }) => ({ dataRevision: dataRevision + 1 }))
  },
  heardOn: (connectionId) => {
    const { tree, skipped } = models.of(connectionId)
    return { find: tree.find, since: tree.heardSince(), skipped: skipped.lastAt() > 0 }
  },
})
