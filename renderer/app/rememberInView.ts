import type { App } from '../state/app'
import { connectionsState, type ConnectionsState } from '../state/connections'
import { profilesState, selectEntry } from '../state/profiles'
import { settingsState } from '../state/settings'

/** The next start opens the tabs that are open now, and shows the one that was in view last. Answers its stop. */
export const rememberInView = (app: App): (() => void) =>
  app.watch(connectionsState, ({ inViewId, tabs }) => {
    const { settings, save } = app.get(settingsState)
    const openConnectionIds = tabs.filter((id) => isSaved(app, id))
    const lastConnectionId = inViewId !== null && isSaved(app, inViewId) ? inViewId : settings.lastConnectionId
    const isSame = isSameList(openConnectionIds, settings.openConnectionIds)
    if (!isSame || lastConnectionId !== settings.lastConnectionId) void save({ lastConnectionId, openConnectionIds })
  })

/** What is not saved is gone at the next start. */
const isSaved = (app: App, id: string): boolean => selectEntry(id)(app.get(profilesState))?.saved ?? false

const isSameList = (one: ConnectionsState['tabs'], other: ConnectionsState['tabs']): boolean =>
  one.length === other.length && one.every((id, place) => id === other[place])
