import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import type { ConnectionModel } from '../model/connectionModel'
import type { Connection, ConnectionStateHandle } from './app'
import { messagesState } from './messages'

/** The connection that everything inside belongs to. */
export const ConnectionContext = createContext<Connection | null>(null)

/** The connection itself, for event handlers that read the state of the moment. */
export const useConnectionObject = (): Connection => {
  const connection = useContext(ConnectionContext)
  if (!connection) throw new Error('A component that reads the state of a connection stands outside ConnectionContext.')
  return connection
}

/** Selects the smallest thing; the selector must return a stable reference. */
export const useConnection = <State extends object, Selected>(
  handle: ConnectionStateHandle<State>,
  selector: (state: State) => Selected,
): Selected => {
  const connection = useConnectionObject()
  return useStore(connection.store, () => selector(connection.get(handle)))
}

/** The messages of the connection. Re-renders with every batch: read only what is visible. */
export const useConnectionModel = (): ConnectionModel => {
  useConnection(messagesState, (state) => state.revision)
  return useConnectionObject().model
}
