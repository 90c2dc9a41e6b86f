import type { LocalBrokerState, Snapshot } from '#shared/contract'
import { newProfile, type Profile, type ProfileEntry, type SecretChanges } from '#shared/model/profile'
import type { SessionStatus } from '#shared/model/session'
import type { AppError } from '#shared/result'
import type { SliceCreator } from '../../store/sliceCreator'
import { neighbourOf, withEntry, withFolders, type Arrangement } from './arrangement'
import { passwordPromptAfter, promptAtStart, type PasswordPrompt } from './passwordPrompt'

/** The form on screen: the profile it starts from, and the entry it changes (null = a new one). */
export interface OpenProfileForm {
  readonly profile: Profile
  readonly entry: ProfileEntry | null
}

export interface ConnectionsSlice {
  readonly profiles: readonly ProfileEntry[]
  readonly sessions: Readonly<Record<string, SessionStatus>>
  readonly activeConnectionId: string | null
  readonly localBroker: LocalBrokerState
  readonly simulatedDevices: boolean
  /** Why the last connect was not even begun, by connection. */
  readonly connectErrors: Readonly<Record<string, AppError>>
  readonly passwordPrompt: PasswordPrompt | null
  readonly profileForm: OpenProfileForm | null
  readonly collapsedFolders: ReadonlySet<string>
  readonly showConnection: (connectionId: string) => void
  /** Connects, or asks for the password it takes. The local broker is started first where it is not running. */
  readonly connect: (connectionId: string, password?: string, remember?: boolean) => Promise<void>
  readonly disconnect: (connectionId: string) => Promise<void>
  readonly askForPassword: (connectionId: string, error?: AppError) => void
  readonly closePasswordPrompt: () => void
  readonly openProfileForm: (connectionId: string) => void
  readonly closeProfileForm: () => void
  /** Null when it was saved: the form closes and a new connection becomes the one in view. */
  readonly saveProfile: (profile: Profile, secrets: SecretChanges) => Promise<AppError | null>
  readonly duplicateProfile: (connectionId: string) => Promise<void>
  /** True when it is gone; `restoreProfile` brings it back within this run. */
  readonly deleteProfile: (connectionId: string) => Promise<boolean>
  readonly restoreProfile: (connectionId: string) => Promise<void>
  readonly arrangeProfiles: (arrangement: Arrangement) => Promise<void>
  readonly toggleFolder: (folder: string) => void
  readonly setSimulatedDevices: (simulated: boolean) => void
  readonly startLocalBroker: () => Promise<void>
  readonly stopLocalBroker: () => Promise<void>
  /** Path of a certificate or key the user picks in the system's dialog; null = none. */
  readonly chooseCertificateFile: () => Promise<string | null>
  readonly receiveProfiles: (profiles: readonly ProfileEntry[]) => void
  readonly receiveSession: (status: SessionStatus) => void
  readonly receiveSessionRemoved: (connectionId: string) => void
  readonly receiveLocalBroker: (state: LocalBrokerState) => void
}

type Tools = Parameters<SliceCreator<ConnectionsSlice>>

const without = <Value>(record: Readonly<Record<string, Value>>, key: string): Readonly<Record<string, Value>> =>
  Object.fromEntries(Object.entries(record).filter(([name]) => name !== key))

type SessionVerbs = Pick<
  ConnectionsSlice,
  | 'connect'
  | 'disconnect'
  | 'askForPassword'
  | 'closePasswordPrompt'
  | 'receiveSession'
  | 'receiveSessionRemoved'
  | 'setSimulatedDevices'
  | 'startLocalBroker'
  | 'stopLocalBroker'
  | 'receiveLocalBroker'
>

const createSessionVerbs = (...[set, get, { api }]: Tools): SessionVerbs => {
  const open = async (connectionId: string, password?: string, remember?: boolean) => {
    set((state) => ({ connectErrors: without(state.connectErrors, connectionId) }))
    const result = await api.invoke('session.connect', {
      connectionId,
      ...(password === undefined ? {} : { password }),
      ...(remember === undefined ? {} : { remember }),
    })
    if (result.ok) return
    const { error } = result
    if (error.code === 'passwordNeeded') set({ passwordPrompt: { connectionId, submitted: false, error: null } })
    else set((state) => ({ connectErrors: { ...state.connectErrors, [connectionId]: error }, passwordPrompt: null }))
  }

  return {
    connect: async (connectionId, password, remember) => {
      const { profiles, localBroker, passwordPrompt, startLocalBroker } = get()
      const entry = profiles.find(({ profile }) => profile.id === connectionId)
      if (entry?.profile.kind === 'local' && localBroker.phase !== 'running') return startLocalBroker()
      if (passwordPrompt?.connectionId === connectionId && password !== undefined)
        set({ passwordPrompt: { connectionId, submitted: true, error: null } })
      await open(connectionId, password, remember)
    },

    disconnect: async (connectionId) => {
      set((state) => ({ connectErrors: without(state.connectErrors, connectionId) }))
      const result = await api.invoke('session.disconnect', { connectionId })
      if (!result.ok) get().receiveNotice(result.error)
    },

    askForPassword: (connectionId, error) =>
      set({ passwordPrompt: { connectionId, submitted: false, error: error ?? null } }),
    closePasswordPrompt: () => set({ passwordPrompt: null }),

    receiveSession: (status) =>
      set((state) => ({
        sessions: { ...state.sessions, [status.connectionId]: status },
        passwordPrompt: passwordPromptAfter(state.passwordPrompt, status),
      })),

    receiveSessionRemoved: (connectionId) => set((state) => ({ sessions: without(state.sessions, connectionId) })),

    setSimulatedDevices: (simulatedDevices) => set({ simulatedDevices }),

    startLocalBroker: async () => {
      set({ localBroker: { phase: 'starting' } })
      const result = await api.invoke('localBroker.start', { devices: get().simulatedDevices })
      if (!result.ok) {
        set({ localBroker: { phase: 'failed', error: result.error } })
        return
      }
      get().showConnection(result.value.connectionId)
      // Not through `connect`: the news that the broker runs may come after the answer.
      await open(result.value.connectionId)
    },

    stopLocalBroker: async () => {
      const result = await api.invoke('localBroker.stop', undefined)
      if (!result.ok) get().receiveNotice(result.error)
    },

    receiveLocalBroker: (localBroker) => set({ localBroker }),
  }
}

type ProfileVerbs = Pick<
  ConnectionsSlice,
  | 'openProfileForm'
  | 'closeProfileForm'
  | 'saveProfile'
  | 'duplicateProfile'
  | 'deleteProfile'
  | 'restoreProfile'
  | 'arrangeProfiles'
  | 'chooseCertificateFile'
  | 'receiveProfiles'
>

const createProfileVerbs = (...[set, get, { api }]: Tools): ProfileVerbs => {
  const show = (entry: ProfileEntry) =>
    set((state) => ({ profiles: withEntry(state.profiles, entry), activeConnectionId: entry.profile.id }))

  return {
    openProfileForm: (connectionId) => {
      const entry = get().profiles.find(({ profile }) => profile.id === connectionId) ?? null
      if (entry) set({ profileForm: { profile: entry.profile, entry } })
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

const toggled = (folders: ReadonlySet<string>, folder: string): ReadonlySet<string> =>
  folders.has(folder) ? new Set([...folders].filter((name) => name !== folder)) : new Set([...folders, folder])

export const createConnectionsSlice =
  (snapshot: Snapshot): SliceCreator<ConnectionsSlice> =>
  (set, get, tools) => ({
    profiles: snapshot.profiles,
    sessions: Object.fromEntries(snapshot.sessions.map((status) => [status.connectionId, status])),
    activeConnectionId: snapshot.openConnectionId ?? snapshot.profiles[0]?.profile.id ?? null,
    localBroker: snapshot.localBroker,
    simulatedDevices: snapshot.localBroker.phase === 'running' ? snapshot.localBroker.devices : true,
    connectErrors: {},
    passwordPrompt: promptAtStart(snapshot),
    profileForm: null,
    collapsedFolders: new Set(),

    showConnection: (activeConnectionId) => set({ activeConnectionId }),
    toggleFolder: (folder) => set((state) => ({ collapsedFolders: toggled(state.collapsedFolders, folder) })),

    ...createSessionVerbs(set, get, tools),
    ...createProfileVerbs(set, get, tools),
  })
