// Why it is so: build/docs/decisions/50-a-connection-owns-its-state.md
import type { Snapshot } from '#shared/contract'
import type { Api } from '../ipc/api'
import type { ConnectionModel, ConnectionModels } from '../model/connectionModel'
import type { PayloadDecoder } from '../model/decoding/payloadDecoder'
import type { ExportThread } from '../model/logExport/exportThread'
import type { SchemaChecker } from '../model/schemaCheck/schemaChecker'
import { createStates, type StateHandle, type StateParts, type States } from './states'

/** What a window is made from. */
export interface AppTools {
  readonly api: Api
  readonly models: ConnectionModels
  readonly schemaChecker: SchemaChecker
  readonly payloadDecoder: PayloadDecoder
  /** Starts a thread for one export. */
  readonly startExportThread: () => ExportThread
  /** What main told when the window was opened. */
  readonly snapshot: Snapshot
}

/** The window: what exists once. */
export interface App extends AppTools, States<App> {}

/**
 * One connection and everything the window holds of it. Nothing of it stands anywhere else, so to let go of the object
 * is to forget the connection.
 */
export interface Connection extends States<Connection> {
  readonly id: string
  /** Another one for each object: a connection that was deleted and came back is another one with the same id. */
  readonly serial: number
  readonly app: App
  readonly model: ConnectionModel
  /** Aborted when the connection is gone: timers end, and answers that come later are for nobody. */
  readonly gone: AbortSignal
  close(): void
}

export type AppStateHandle<State extends object> = StateHandle<State, App>
export type ConnectionStateHandle<State extends object> = StateHandle<State, Connection>

export type AppStateParts<State extends object> = StateParts<State, App>
export type ConnectionStateParts<State extends object> = StateParts<State, Connection>

/** State that the window has once, with its verbs. */
export const defineAppState = <State extends object>(
  name: string,
  create: (parts: AppStateParts<State>) => State,
): AppStateHandle<State> => ({ name, create })

/** State that each connection has for itself, with its verbs. */
export const defineConnectionState = <State extends object>(
  name: string,
  create: (parts: ConnectionStateParts<State>) => State,
  options: Pick<ConnectionStateHandle<State>, 'keepsake'> = {},
): ConnectionStateHandle<State> => ({ name, create, ...options })

export const createApp = (tools: AppTools): App => {
  const app: App = { ...tools, ...createStates(() => app) }
  return app
}

let lastSerial = 0

export const createConnection = (app: App, id: string): Connection => {
  const end = new AbortController()
  let model: ConnectionModel | null = null
  const connection: Connection = {
    id,
    serial: ++lastSerial,
    app,
    gone: end.signal,
    // A connection that was never opened holds no memory for messages.
    get model() {
      return (model ??= app.models.create())
    },
    close: () => {
      end.abort()
      model?.close()
    },
    ...createStates(() => connection),
  }
  return connection
}
