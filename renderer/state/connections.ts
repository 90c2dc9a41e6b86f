import { createConnection, defineAppState, type App, type Connection } from './app'

export interface ConnectionsState {
  /** By id; one for each profile. The only place that keeps them. */
  readonly all: ReadonlyMap<string, Connection>
  /** Ids of the connections whose workspaces are shown, from left to right: one, two side by side, or none. */
  readonly inSight: readonly string[]
  /** Id of the one of them that has the focus, or had it last: what is done, is done to it. Null = there is none. */
  readonly inViewId: string | null
  /** Ids of the connections that are open as tabs, in their order. The one in view is one of them. */
  readonly tabs: readonly string[]
  /** The connection with this id, which is made where there is none. */
  open(id: string): Connection
  /** The connection is gone, and with it everything the window held of it. Answers it, for its keepsakes. */
  close(id: string): Connection | undefined
  /** Brings it into view, as a tab if it is none yet: where the one is that was, unless it is in sight beside that. */
  show(id: string | null): void
  /** Brings it into sight beside the one in view. */
  showBeside(id: string): void
  /** Leaves the workspace to the other one of two; its tab stays. */
  leaveSight(id: string): void
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

  show: (id) => set((state) => (id === null ? { inViewId: null, inSight: [] } : withShown(state, id))),

  showBeside: (id) =>
    set(({ tabs, inSight, inViewId }) => {
      if (inViewId === null || id === inViewId) return {}
      const isAtLeft = inSight.length > 1 && inSight[1] === inViewId
      return { tabs: withTab(tabs, id), inSight: isAtLeft ? [id, inViewId] : [inViewId, id] }
    }),

  leaveSight: (id) => set((state) => withoutSight(state, id)),

  closeTab: (id) =>
    set((state) => {
      const { tabs } = state
      const at = tabs.indexOf(id)
      const left = tabs.filter((one) => one !== id)
      const { inSight, inViewId } = { ...state, ...withoutSight(state, id) }
      if (inViewId !== id) return { tabs: left, inSight, inViewId }
      const next = left[at] ?? left[at - 1] ?? null
      return { tabs: left, inViewId: next, inSight: next === null ? [] : [next] }
    }),

  moveTab: (id, before) => {
    const { tabs } = get()
    if (!tabs.includes(id) || id === before) return
    const others = tabs.filter((one) => one !== id)
    const at = before === null ? -1 : others.indexOf(before)
    set({ tabs: at < 0 ? [...others, id] : others.toSpliced(at, 0, id) })
  },
}))

type Tabs = Pick<ConnectionsState, 'tabs' | 'inSight' | 'inViewId'>

const withTab = (tabs: readonly string[], id: string) => (tabs.includes(id) ? tabs : [...tabs, id])

const withShown = ({ tabs, inSight, inViewId }: Tabs, id: string): Tabs => ({
  tabs: withTab(tabs, id),
  inSight: inSight.includes(id)
    ? inSight
    : inSight.length === 0
      ? [id]
      : inSight.map((one) => (one === inViewId ? id : one)),
  inViewId: id,
})

/** Nothing changes where it is alone. */
const withoutSight = ({ inSight, inViewId }: Tabs, id: string): Partial<Tabs> => {
  const other = inSight.find((one) => one !== id)
  if (other === undefined || !inSight.includes(id)) return {}
  return { inSight: [other], inViewId: inViewId === id ? other : inViewId }
}

/** The connection in view at the moment; null = there is none. */
export const connectionInView = (app: App): Connection | null => selectInView(app.get(connectionsState))

/** The connection in view. */
export const selectInView = ({ all, inViewId }: ConnectionsState): Connection | null =>
  inViewId === null ? null : (all.get(inViewId) ?? null)

/**
 * In view is what the command line opened and nobody deleted since, else what was in view last, else the first of the list,
 * beside another one if it was. Open are the tabs of the last time, and what runs: the page may have been drawn anew.
 */
const connectionsAtStart = (
  app: Connection['app'],
): Pick<ConnectionsState, 'all' | 'tabs' | 'inSight' | 'inViewId'> => {
  const { openConnectionId, profiles, sessions, settings } = app.snapshot
  const ids = [...profiles.map(({ profile }) => profile.id), ...sessions.map(({ connectionId }) => connectionId)]
  const last = profiles.find(({ profile }) => profile.id === settings.lastConnectionId) ?? profiles[0]
  const isOpened = openConnectionId !== null && ids.includes(openConnectionId)
  const inViewId = isOpened ? openConnectionId : (last?.profile.id ?? null)
  const running = sessions.filter(({ state }) => state.phase !== 'offline').map(({ connectionId }) => connectionId)
  const open = [...settings.openConnectionIds, ...running, ...(inViewId === null ? [] : [inViewId])]
  const beside = settings.connectionsBeside.filter((id) => ids.includes(id))
  return {
    inSight: inViewId === null ? [] : beside.length > 1 && beside.includes(inViewId) ? beside : [inViewId],
    all: new Map(ids.map((id) => [id, createConnection(app, id)])),
    inViewId,
    tabs: [...new Set(open)].filter((id) => ids.includes(id)),
  }
}
