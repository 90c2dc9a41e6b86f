import type { App } from '../state/app'
import { connectionsState, type ConnectionsState } from '../state/connections'
import { profilesState, selectEntry } from '../state/profiles'
import { settingsState } from '../state/settings'

/** The next start opens the tabs that are open now, and shows what was in view last and beside it. Answers its stop. */
export const rememberInView = (app: App): (() => void) =>
  app.watch(connectionsState, ({ inViewId, inSight, tabs }) => {
    const { settings, save } = app.get(settingsState)
    const openConnectionIds = tabs.filter((id) => isSaved(app, id))
    const lastConnectionId = inViewId !== null && isSaved(app, inViewId) ? inViewId : settings.lastConnectionId
    const connectionsBeside = inSight.length > 1 && inSight.every((id) => isSaved(app, id)) ? [...inSight] : []
    const isSame =
      lastConnectionId === settings.lastConnectionId &&
      isSameList(openConnectionIds, settings.openConnectionIds) &&
      isSameList(connectionsBeside, settings.connectionsBeside)
    if (!isSame) void save({ lastConnectionId, openConnectionIds, connectionsBeside })
  })

/** What is not saved is gone at the next start. */
const isSaved = (app: App, id: string): boolean => selectEntry(id)(app.get(profilesState))?.saved ?? false

const isSameList = (one: ConnectionsState['tabs'], other: ConnectionsState['tabs']): boolean =>
  one.length === other.length && one.every((id, place) => id === other[place])
