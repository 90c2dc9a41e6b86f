import { createConnection, defineAppState, type App, type Connection } from './app'

export interface ConnectionsState {
  /** By id; one for each profile. The only place that keeps them. */
  readonly all: ReadonlyMap<string, Connection>
  /** Id of the connection whose workspace is shown; null = there is none. */
  readonly inViewId: string | null
  /** The connection with this id, which is made where there is none. */
  open(id: string): Connection
  /** The connection is gone, and with it everything the window held of it. Answers it, for its keepsakes. */
  close(id: string): Connection | undefined
  show(id: string | null): void
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

  show: (inViewId) => set({ inViewId }),
}))

/** The connection whose workspace is shown at the moment; null = there is none. */
export const connectionInView = (app: App): Connection | null => selectInView(app.get(connectionsState))

/** The connection whose workspace is shown. */
export const selectInView = ({ all, inViewId }: ConnectionsState): Connection | null =>
  inViewId === null ? null : (all.get(inViewId) ?? null)

/** In view is what the command line opened, else what was in view last, else the first of the list. */
const connectionsAtStart = (app: Connection['app']): Pick<ConnectionsState, 'all' | 'inViewId'> => {
  const { openConnectionId, profiles, sessions, settings } = app.snapshot
  const ids = [...profiles.map(({ profile }) => profile.id), ...sessions.map(({ connectionId }) => connectionId)]
  const last = profiles.find(({ profile }) => profile.id === settings.lastConnectionId) ?? profiles[0]
  return {
    all: new Map(ids.map((id) => [id, createConnection(app, id)])),
    inViewId: openConnectionId ?? last?.profile.id ?? null,
  }
}
