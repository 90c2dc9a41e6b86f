import { keepSecrets, newProfile, type ProfileEntry } from '#shared/model/profile'
import { changedBy } from '#shared/model/profileChange'
import type { AppError } from '#shared/result'
import type { SliceCreator } from '../../store/sliceCreator'
import { neighbourOf, withEntry, withFolders } from './arrangement'
import type { ConnectionsSlice } from './connectionsSlice'

type Tools = Parameters<SliceCreator<ConnectionsSlice>>

type ProfileVerbs = Pick<
  ConnectionsSlice,
  | 'openProfileForm'
  | 'closeProfileForm'
  | 'saveProfile'
  | 'saveChange'
  | 'duplicateProfile'
  | 'deleteProfile'
  | 'restoreProfile'
  | 'arrangeProfiles'
  | 'chooseCertificateFile'
  | 'receiveProfiles'
>

/** Why a connection is not there, where a field is to blame for it. */
const fieldFailure = (
  { connectErrors, sessions }: Pick<ConnectionsSlice, 'connectErrors' | 'sessions'>,
  connectionId: string,
): AppError | null => {
  const state = sessions[connectionId]?.state
  const reason = state?.phase === 'failed' || state?.phase === 'waiting' ? state.reason : null
  return [connectErrors[connectionId], reason].find((error) => error?.field !== undefined) ?? null
}

/** What is done with saved connections. */
export const createProfileVerbs = (...[set, get, { api }]: Tools): ProfileVerbs => {
  // A closed folder would hide the connection that has just been made.
  const show = (entry: ProfileEntry) =>
    set((state) => ({
      profiles: withEntry(state.profiles, entry),
      activeConnectionId: entry.profile.id,
      collapsedFolders: new Set([...state.collapsedFolders].filter((folder) => folder !== entry.profile.folder)),
    }))

  return {
    openProfileForm: (connectionId, field) => {
      const entry = get().profiles.find(({ profile }) => profile.id === connectionId) ?? null
      const failure = fieldFailure(get(), connectionId)
      if (entry)
        set({
          profileForm: {
            profile: entry.profile,
            entry,
            ...(field !== undefined && { field }),
            ...(failure && { failure }),
          },
        })
      else if (connectionId === 'new')
        set({ profileForm: { profile: newProfile({ id: crypto.randomUUID() }), entry: null } })
    },

    closeProfileForm: () => set({ profileForm: null }),

    saveProfile: async (profile, secrets) => {
      const result = await api.invoke('profile.save', { profile, secrets })
      if (!result.ok) return result.error
      show(result.value)
      set({ profileForm: null })
      return null
    },

    saveChange: async (connectionId, change) => {
      const entry = get().profiles.find(({ profile }) => profile.id === connectionId)
      if (!entry) return
      const result = await api.invoke('profile.save', {
        profile: changedBy(entry.profile, change),
        secrets: keepSecrets,
      })
      if (!result.ok) get().receiveNotice(result.error)
    },

    duplicateProfile: async (connectionId) => {
      const result = await api.invoke('profile.duplicate', { connectionId })
      if (result.ok) show(result.value)
      else get().receiveNotice(result.error)
    },

    deleteProfile: async (connectionId) => {
      const result = await api.invoke('profile.delete', { connectionId })
      if (!result.ok) get().receiveNotice(result.error)
      else get().receiveProfiles(get().profiles.filter(({ profile }) => profile.id !== connectionId))
      return result.ok
    },

    restoreProfile: async (connectionId) => {
      const result = await api.invoke('profile.restore', { connectionId })
      // Its place in the list comes with `profiles.changed`.
      if (result.ok) show(result.value)
      else get().receiveNotice(result.error)
    },

    arrangeProfiles: async (arrangement) => {
      const before = get().profiles
      set({ profiles: withFolders(before, arrangement) })
      const result = await api.invoke('profile.arrange', [...arrangement])
      if (result.ok) return
      set({ profiles: before })
      get().receiveNotice(result.error)
    },

    chooseCertificateFile: async () => {
      const result = await api.invoke('file.choose', { purpose: 'certificate' })
      if (result.ok) return result.value?.path ?? null
      get().receiveNotice(result.error)
      return null
    },

    receiveProfiles: (profiles) =>
      set((state) => ({
        profiles,
        activeConnectionId: neighbourOf(state.activeConnectionId, state.profiles, profiles),
      })),
  }
}
