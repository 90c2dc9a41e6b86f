import { visibleName } from '#shared/text/visibleText'
import type { Connection } from '../../../state/app'
import { connectionsState } from '../../../state/connections'
import { noticesState } from '../../../state/notices'
import { profilesState, selectEntry } from '../../../state/profiles'
import { isRecording, recordingsState } from '../../../state/recordings'
import { isUnderWay, selectSessionState, sessionState } from '../../../state/session'

/**
 * Closes the tab of a connection, which ends with it: nothing runs that one cannot see. Where something ended a notice says so
 * and brings both back. The log stays as it is, and is there again when the connection is opened from the list.
 */
export const closeTab = (connection: Connection): void => {
  const { app, id } = connection
  // It is a file, which can be opened again.
  if (isRecording(app, id)) {
    app.get(recordingsState).close(id)
    return
  }
  const session = connection.get(sessionState)
  const ends = isUnderWay(selectSessionState(session))
  app.get(connectionsState).closeTab(id)
  if (!ends) return
  void session.disconnect()
  const name = selectEntry(id)(app.get(profilesState))?.profile.name ?? ''
  app.get(noticesState).show({
    text: { key: 'connections.tabClosed', values: { name: visibleName(name) } },
    action: {
      label: { key: 'connections.undo' },
      run: () => {
        app.get(connectionsState).show(id)
        void session.connect()
      },
    },
  })
}
