import type { App } from '../state/app'
import { connectionsState } from '../state/connections'
import { diskHistoryState } from '../state/diskHistory'

/** The log of a connection is filled from disk when the connection comes into sight for the first time. Answers its stop. */
export const openHistories = (app: App): (() => void) => {
  const opened = new WeakSet<object>()
  const openInSight = () => {
    const { all, inSight } = app.get(connectionsState)
    for (const id of inSight) {
      const connection = all.get(id)
      if (!connection || opened.has(connection)) continue
      opened.add(connection)
      connection.get(diskHistoryState).open()
    }
  }
  openInSight()
  return app.watch(connectionsState, openInSight)
}
