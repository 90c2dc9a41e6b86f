import type { ProfileEntry } from '#shared/model/profile'
import type { SessionState } from '#shared/model/session'
import type { AppError } from '#shared/result'
import type { AppState } from '../../store/appStore'

const offline: SessionState = { phase: 'offline' }

export const selectEntry =
  (connectionId: string) =>
  (app: AppState): ProfileEntry | undefined =>
    app.profiles.find(({ profile }) => profile.id === connectionId)

/** The connection whose user name and password the broker inside asks of its clients. */
export const selectLocalEntry = (app: AppState): ProfileEntry | undefined =>
  app.profiles.find(({ profile }) => profile.kind === 'local')

export const selectSessionState =
  (connectionId: string) =>
  (app: AppState): SessionState =>
    app.sessions[connectionId]?.state ?? offline

export const selectConnectError =
  (connectionId: string) =>
  (app: AppState): AppError | null =>
    app.connectErrors[connectionId] ?? null

/** Whether there is something to end: a session that is there, on its way, or waiting for its next try. */
export const isUnderWay = ({ phase }: SessionState): boolean =>
  phase === 'online' || phase === 'connecting' || phase === 'waiting'

/** Id of the connection that follows in the same folder, or null. */
export const selectNextInFolder =
  (connectionId: string) =>
  (app: AppState): string | null => {
    const folder = selectEntry(connectionId)(app)?.profile.folder
    const ids = app.profiles.filter(({ profile }) => profile.folder === folder).map(({ profile }) => profile.id)
    return ids[ids.indexOf(connectionId) + 1] ?? null
  }
