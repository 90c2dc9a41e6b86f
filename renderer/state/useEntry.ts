import type { ProfileEntry } from '#shared/model/profile'
import type { ProtocolVersion } from '#shared/model/qos'
import { profilesState, selectEntry } from './profiles'
import { sessionState } from './session'
import { useApp } from './useApp'
import { useConnection, useConnectionObject } from './useConnection'

/** The connection's place in the list of profiles; undefined while it is being deleted. */
export const useEntry = (): ProfileEntry | undefined => useApp(profilesState, selectEntry(useConnectionObject().id))

/** The version in use, or before there is a connection the one the profile asks for. */
export const useProtocolVersion = (): ProtocolVersion => {
  const inUse = useConnection(sessionState, ({ status }) =>
    status?.state.phase === 'online' ? status.state.protocolVersion : null,
  )
  const wanted = useEntry()?.profile.protocolVersion
  return inUse ?? wanted ?? '5'
}
