import { createConnection, defineAppState, type App, type Connection } from './app'

export interface ConnectionsState {
  /** By id; one for each profile. The only place that keeps them. */
  readonly all: ReadonlyMap<string, Connection>
  /** Id of the connection whose workspace is shown; null = there is none. */
  readonly inViewId: string | null
  /** Ids of the connections that are open as tabs, in their order. The one in view is one of them. */
  readonly tabs: readonly string[]
  /** The connection with this id, which is made where there is none. */
  open(id: string): Connection
  /** The connection is gone, and with it everything the window held of it. Answers it, for its keepsakes. */
  close(id: string): Connection | undefined
  /** Brings it into view, as a tab if it is none yet. */
  show(id: string | null): void
  /** Its neighbour comes into view if it was. The connection stays. */
  closeTab(id: string): void
  /** Puts a tab in front of another one, or at the end. */
  moveTab(id: string, before: string | null): void
}

export const connectionsState = defineAppState<ConnectionsState>('connections', ({ owner: app, get, set }) => ({
  ...connectionsAtStart(app),

  open: (id) => {
    const known = get().all.get(id)
    if (known) return known
    const connection = createConnection(app, id)
    set(({ all }) => ({ all: new Map(all).set(id, connection) }))
    return connection
  },

  close: (id) => {
    const connection = get().all.get(id)
    if (!connection) return undefined
    connection.close()
    set(({ all }) => ({ all: new Map([...all].filter(([key]) => key !== id)) }))
    return connection
  },

  show: (inViewId) =>
    set(({ tabs }) => ({ inViewId, tabs: inViewId === null || tabs.includes(inViewId) ? tabs : [...tabs, inViewId] })),

  closeTab: (id) =>
    set(({ tabs, inViewId }) => {
      const at = tabs.indexOf(id)
      const left = tabs.filter((one) => one !== id)
      return { tabs: left, inViewId: inViewId === id ? (left[at] ?? left[at - 1] ?? null) : inViewId }
    }),

  moveTab: (id, before) => {
    const { tabs } = get()
    if (!tabs.includes(id) || id === before) return
    const others = tabs.filter((one) => one !== id)
    const at = before === null ? -1 : others.indexOf(before)
    set({ tabs: at < 0 ? [...others, id] : others.toSpliced(at, 0, id) })
  },
}))

/** The connection whose workspace is shown at the moment; null = there is none. */
export const connectionInView = (app: App): Connection | null => selectInView(app.get(connectionsState))

/** The connection whose workspace is shown. */
export const selectInView = ({ all, inViewId }: ConnectionsState): Connection | null =>
  inViewId === null ? null : (all.get(inViewId) ?? null)

/**
 * In view is what the command line opened, else what was in view last, else the first of the list. Open are the tabs of the
 * last time, and what runs: the page may have been drawn anew.
 */
const connectionsAtStart = (app: Connection['app']): Pick<ConnectionsState, 'all' | 'inViewId' | 'tabs'> => {
  const { openConnectionId, profiles, sessions, settings } = app.snapshot
  const ids = [...profiles.map(({ profile }) => profile.id), ...sessions.map(({ connectionId }) => connectionId)]
  const last = profiles.find(({ profile }) => profile.id === settings.lastConnectionId) ?? profiles[0]
  const inViewId = openConnectionId ?? last?.profile.id ?? null
  const running = sessions.filter(({ state }) => state.phase !== 'offline').map(({ connectionId }) => connectionId)
  const open = [...settings.openConnectionIds, ...running, ...(inViewId === null ? [] : [inViewId])]
  return {
    all: new Map(ids.map((id) => [id, createConnection(app, id)])),
    inViewId,
    tabs: [...new Set(open)].filter((id) => ids.includes(id)),
  }
}
