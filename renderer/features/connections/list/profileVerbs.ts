import { visibleName } from '#shared/text/visibleText'
import { moved, stepPlace, type FolderPlace } from '../../../model/arrangement'
import type { App, Connection } from '../../../state/app'
import { connectionsState } from '../../../state/connections'
import { noticesState } from '../../../state/notices'
import { profilesState, selectEntry } from '../../../state/profiles'
import { isRecording, recordingsState } from '../../../state/recordings'
import { isUnderWay, selectSessionState, sessionState } from '../../../state/session'

/** Brings the connection into view and connects it unless it is connected or trying. */
export const showAndConnect = (connection: Connection): void => {
  showConnection(connection)
  if (isRecording(connection.app, connection.id)) return
  const session = connection.get(sessionState)
  if (!isUnderWay(selectSessionState(session))) void session.connect()
}

export const showConnection = ({ app, id }: Connection): void => app.get(connectionsState).show(id)

/** Deletes it; a notice offers to bring it back. */
export const removeConnection = async ({ app, id }: Connection): Promise<void> => {
  if (isRecording(app, id)) {
    app.get(recordingsState).close(id)
    return
  }
  const name = selectEntry(id)(app.get(profilesState))?.profile.name ?? ''
  const removed = await app.get(profilesState).remove(id)
  if (!removed) return
  app.get(noticesState).show({
    text: { key: 'connections.deleted', values: { name: visibleName(name) } },
    action: { label: { key: 'connections.undo' }, run: () => void removed.restore() },
  })
}

const moveConnection = (app: App, connectionId: string, place: FolderPlace): void => {
  const { entries, arrange } = app.get(profilesState)
  void arrange(moved(entries, connectionId, place))
}

/** One place up or down, also across the edge of a folder. */
export const stepConnection = ({ app, id }: Connection, step: -1 | 1): void => {
  const place = stepPlace(app.get(profilesState).entries, id, step)
  if (place) moveConnection(app, id, place)
}
