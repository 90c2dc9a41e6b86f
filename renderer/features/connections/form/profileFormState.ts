import { leastUsedColour } from '#shared/model/colour'
import type { ProfileChange } from '#shared/model/failure'
import { changedBy } from '#shared/model/profileChange'
import { newProfile, type Profile, type ProfileEntry } from '#shared/model/profile'
import type { AppError } from '#shared/result'
import { defineAppState, type Connection } from '../../../state/app'
import { profilesState, selectEntry } from '../../../state/profiles'
import { sessionState } from '../../../state/session'

/** The form on screen: the profile it starts from, and the entry it changes (null = a new one). */
export interface OpenProfileForm {
  readonly profile: Profile
  readonly entry: ProfileEntry | null
  /** The connection that is edited; null = a new one. */
  readonly connection: Connection | null
  /** The field to begin at, a dotted path into the profile; absent = the first. */
  readonly field?: string
  /** Why the connection failed last, where a field is to blame for it. */
  readonly failure?: AppError
}

export interface ProfileFormState {
  /** Null = no form is open. */
  readonly opened: OpenProfileForm | null
  openNew(): void
  /** With a `change`, the form begins with it made, and not saved. */
  edit(connection: Connection, field?: string, change?: ProfileChange): void
  close(): void
}

export const profileFormState = defineAppState<ProfileFormState>('profileForm', ({ owner: app, set }) => ({
  opened: null,

  openNew: () => {
    const colour = leastUsedColour(app.get(profilesState).entries.map(({ profile }) => profile.colour))
    set({ opened: { profile: newProfile({ id: crypto.randomUUID(), colour }), entry: null, connection: null } })
  },

  edit: (connection, field, change) => {
    const entry = selectEntry(connection.id)(app.get(profilesState))
    if (!entry) return
    const failure = fieldFailure(connection)
    set({
      opened: {
        profile: change ? changedBy(entry.profile, change) : entry.profile,
        entry,
        connection,
        ...(field !== undefined && { field }),
        ...(failure && { failure }),
      },
    })
  },

  close: () => set({ opened: null }),
}))

/** Why the connection is not there, where a field is to blame for it. */
const fieldFailure = (connection: Connection): AppError | null => {
  const { connectError, status } = connection.get(sessionState)
  const state = status?.state
  const reason = state?.phase === 'failed' || state?.phase === 'waiting' ? state.reason : null
  return [connectError, reason].find((error) => error?.field !== undefined) ?? null
}
