import { createContext, use } from 'react'
import { useStore } from 'zustand'
import type { ConnectionModel } from '../model/connectionModel'
import type { Connection, ConnectionStateHandle } from './app'
import { messagesState } from './messages'

/** The connection that everything inside belongs to. */
export const ConnectionContext = createContext<Connection | null>(null)

/**
 * The same, before the other one, for what stays with its connection while the one around it changes: React renders every
 * reader of a context anew when a provider changes, those below a nearer provider of it too.
 */
export const KeptConnectionContext = createContext<Connection | null>(null)

/** Null = whoever asks stands in no connection. */
export const useConnectionOrNone = (): Connection | null => use(KeptConnectionContext) ?? use(ConnectionContext)

/** The connection itself, for event handlers that read the state of the moment. */
export const useConnectionObject = (): Connection => {
  const connection = useConnectionOrNone()
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
