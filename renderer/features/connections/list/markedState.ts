import { defineAppState } from '../../../state/app'
import { profilesState } from '../../../state/profiles'

/** Rows of the list that were chosen together, for what is done to several connections at once. */
export interface MarkedConnectionsState {
  readonly ids: ReadonlySet<string>
  toggle(id: string): void
  /** These and no others. */
  mark(ids: readonly string[]): void
  clear(): void
}

const none: ReadonlySet<string> = new Set()

export const markedState = defineAppState<MarkedConnectionsState>('markedConnections', ({ owner: app, get, set }) => {
  const clear = () => {
    if (get().ids.size > 0) set({ ids: none })
  }
  app.watch(profilesState, ({ entries }, before) => {
    if (entries === before.entries || get().ids.size === 0) return
    const there = new Set(entries.map(({ profile }) => profile.id))
    if ([...get().ids].some((id) => !there.has(id))) set({ ids: new Set([...get().ids].filter((id) => there.has(id))) })
  })
  return {
    ids: none,
    clear,
    mark: (ids) => set({ ids: new Set(ids) }),
    toggle: (id) =>
      set(({ ids }) => ({ ids: ids.has(id) ? new Set([...ids].filter((one) => one !== id)) : new Set([...ids, id]) })),
  }
})
