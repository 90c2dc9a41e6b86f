import type { App } from '../state/app'
import { connectionsState } from '../state/connections'
import { profilesState, selectEntry } from '../state/profiles'
import { settingsState } from '../state/settings'

/** The next start shows the connection that was in view last, if it is saved. Answers its stop. */
export const rememberInView = (app: App): (() => void) =>
  app.watch(connectionsState, ({ inViewId }, before) => {
    if (inViewId === null || inViewId === before.inViewId) return
    const isSaved = selectEntry(inViewId)(app.get(profilesState))?.saved ?? false
    if (isSaved) void app.get(settingsState).save({ lastConnectionId: inViewId })
  })
