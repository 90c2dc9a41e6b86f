import type { LocalBrokerState, Snapshot } from '#shared/contract'
import type { ProfileChange } from '#shared/model/failure'
import type { LocalBrokerAccess, LocalBrokerUse } from '#shared/model/localBroker'
import type { Profile, ProfileEntry, SecretChanges } from '#shared/model/profile'
import type { Qos } from '#shared/model/qos'
import type { SessionStatus } from '#shared/model/session'
import type { AppError } from '#shared/result'
import type { SliceCreator } from '../../store/sliceCreator'
import type { Arrangement } from './arrangement'
import { promptAtStart, type PasswordPrompt } from './passwordPrompt'
import { createProfileVerbs } from './profileVerbs'
import { createSessionVerbs } from './sessionVerbs'

/** What was typed into the dialog that asks for a password. */
export interface TypedSignIn {
  readonly username: string
  readonly password: string
  readonly remember: boolean
}

/** What opens a key, asked for because it is encrypted. */
export interface TypedPassphrase {
  readonly keyPassphrase: string
  readonly remember: boolean
}

/** The form on screen: the profile it starts from, and the entry it changes (null = a new one). */
export interface OpenProfileForm {
  readonly profile: Profile
  readonly entry: ProfileEntry | null
  /** The field to begin at, a dotted path into the profile; absent = the first. */
  readonly field?: string
  /** Why the connection failed last, where a field is to blame for it. */
  readonly failure?: AppError
}

export interface ConnectionsSlice {
  readonly profiles: readonly ProfileEntry[]
  readonly sessions: Readonly<Record<string, SessionStatus>>
  readonly activeConnectionId: string | null
  readonly localBroker: LocalBrokerState
  readonly localBrokerUse: LocalBrokerUse
  readonly simulatedDevices: boolean
  /** Why the last connect was not even begun, by connection. */
  readonly connectErrors: Readonly<Record<string, AppError>>
  readonly passwordPrompt: PasswordPrompt | null
  readonly passphrasePrompt: { readonly connectionId: string; readonly failure: AppError } | null
  readonly profileForm: OpenProfileForm | null
  readonly collapsedFolders: ReadonlySet<string>
  readonly showConnection: (connectionId: string) => void
  /**
   * Connects with what was typed, else with what is known, or asks for the password it takes. The local broker is
   * started first where it is not running.
   */
  readonly connect: (connectionId: string, signIn?: TypedSignIn) => Promise<void>
  readonly connectWithPassphrase: (connectionId: string, typed: TypedPassphrase) => Promise<void>
  readonly disconnect: (connectionId: string) => Promise<void>
  /** Connects once as a remedy of the latest failure says. */
  readonly tryRemedy: (connectionId: string, key: string) => Promise<void>
  /** Gives up a message that is held or to be sent again. */
  readonly dropMessage: (connectionId: string, sequence: number) => Promise<void>
  /** Sends a message that is held, as it is (null) or with another QoS. */
  readonly releaseMessage: (connectionId: string, sequence: number, qos: Qos | null) => Promise<void>
  /** Saves what was tried. */
  readonly saveChange: (connectionId: string, change: ProfileChange) => Promise<void>
  /** Asks for what opens the key, or the PKCS #12 file, that the failure names. */
  readonly askForPassphrase: (connectionId: string, failure: AppError) => void
  readonly closePassphrasePrompt: () => void
  readonly askForPassword: (connectionId: string, error?: AppError) => void
  readonly closePasswordPrompt: () => void
  readonly openProfileForm: (connectionId: string, field?: string) => void
  readonly closeProfileForm: () => void
  /** Null when it was saved: the form closes and a new connection becomes the one in view. */
  readonly saveProfile: (profile: Profile, secrets: SecretChanges) => Promise<AppError | null>
  readonly duplicateProfile: (connectionId: string) => Promise<void>
  /** True when it is gone; `restoreProfile` brings it back within this run. */
  readonly deleteProfile: (connectionId: string) => Promise<boolean>
  readonly restoreProfile: (connectionId: string) => Promise<void>
  readonly arrangeProfiles: (arrangement: Arrangement) => Promise<void>
  readonly toggleFolder: (folder: string) => void
  /** While the local broker runs they come or go at once; nobody is disconnected. */
  readonly setSimulatedDevices: (simulated: boolean) => Promise<void>
  readonly startLocalBroker: () => Promise<void>
  readonly stopLocalBroker: () => Promise<void>
  /** Who may connect to it from now on; null = everybody. Answers null when it is so. */
  readonly setLocalBrokerAccess: (access: LocalBrokerAccess | null) => Promise<AppError | null>
  /** Path of a certificate or key the user picks in the system's dialog; null = none. */
  readonly chooseCertificateFile: () => Promise<string | null>
  readonly receiveProfiles: (profiles: readonly ProfileEntry[]) => void
  readonly receiveSession: (status: SessionStatus) => void
  readonly receiveSessionRemoved: (connectionId: string) => void
  readonly receiveLocalBroker: (state: LocalBrokerState) => void
  readonly receiveLocalBrokerUse: (use: LocalBrokerUse) => void
}

const toggled = (folders: ReadonlySet<string>, folder: string): ReadonlySet<string> =>
  folders.has(folder) ? new Set([...folders].filter((name) => name !== folder)) : new Set([...folders, folder])

/** What the command line opened, else what was in view last, else the first of the list. */
const firstInView = ({ openConnectionId, profiles, settings }: Snapshot): string | null => {
  const last = profiles.find((entry) => entry.profile.id === settings.lastConnectionId) ?? profiles[0]
  return openConnectionId ?? last?.profile.id ?? null
}

export const createConnectionsSlice =
  (snapshot: Snapshot): SliceCreator<ConnectionsSlice> =>
  (set, get, tools) => ({
    profiles: snapshot.profiles,
    sessions: Object.fromEntries(snapshot.sessions.map((status) => [status.connectionId, status])),
    activeConnectionId: firstInView(snapshot),
    localBroker: snapshot.localBroker,
    localBrokerUse: snapshot.localBrokerUse,
    simulatedDevices: snapshot.localBroker.phase === 'running' ? snapshot.localBroker.devices : true,
    connectErrors: {},
    passwordPrompt: promptAtStart(snapshot),
    passphrasePrompt: null,
    profileForm: null,
    collapsedFolders: new Set(),

    showConnection: (activeConnectionId) => {
      set({ activeConnectionId })
      const isSaved = get().profiles.some((entry) => entry.saved && entry.profile.id === activeConnectionId)
      if (isSaved) void get().saveSettings({ lastConnectionId: activeConnectionId })
    },
    toggleFolder: (folder) => set((state) => ({ collapsedFolders: toggled(state.collapsedFolders, folder) })),

    ...createSessionVerbs(set, get, tools),
    ...createProfileVerbs(set, get, tools),
  })
