import type { ProtocolVersion } from '#shared/model/qos'
import type { AppState } from './appStore'

/** The version in use, or before there is a connection the one the profile asks for. */
export const selectProtocolVersion =
  (connectionId: string) =>
  (app: AppState): ProtocolVersion => {
    const state = app.sessions[connectionId]?.state
    if (state?.phase === 'online') return state.protocolVersion
    return app.profiles.find(({ profile }) => profile.id === connectionId)?.profile.protocolVersion ?? '5'
  }
