import type { App } from './app'
import { connectionsState } from './connections'
import { focusState } from './focus'
import { selectionState } from './selection'

/** Brings a connection into view, and a message of it into the details; null = the connection alone. */
export const showMessage = (app: App, connectionId: string, sequence: number | null): void => {
  const { all, show } = app.get(connectionsState)
  const connection = all.get(connectionId)
  if (!connection) return
  show(connectionId)
  if (sequence === null) return
  connection.get(selectionState).selectMessage(sequence)
  app.get(focusState).focus('details')
}
