import type { Farewell } from '#shared/model/farewell'
import type { Profile, ProfileEntry, ProfileId, Secrets } from '#shared/model/profile'
import type { AppError } from '#shared/result'
import type { SignIns } from './signIns'
import type { ProfileStore } from '../storage/profileStore'
import type { SecretStore } from '../storage/secretStore'
import type { TrustedPaths } from '../files/trustedPaths'

export interface ConnectionParts {
  readonly profiles: ProfileStore
  readonly secrets: SecretStore
  readonly signIns: SignIns
  readonly sessions: Sessions
  readonly trustedPaths: TrustedPaths
  readonly newId: () => ProfileId
  /** Gives a profile of the local broker that broker's present port; leaves others as they are. */
  readonly fitted: (profile: Profile) => Profile
  /** Called after every change of the list. */
  readonly onChange: (entries: readonly ProfileEntry[]) => void
  /** Called with a notice about an action that succeeded in spite of a problem. */
  readonly onNotice: (notice: AppError) => void
}

/** What the connections ask of the sessions. */
export interface Sessions {
  connect(profile: Profile, secrets: Secrets): void
  disconnect(id: ProfileId, farewell?: Farewell): Promise<void> | void
  remove(id: ProfileId): Promise<void> | void
  /** Whether the last try failed because the server refused the credentials. */
  isSignInRefused(id: ProfileId): boolean
  updateProfile(profile: Profile): void
  updateSecrets(id: ProfileId, secrets: Secrets): void
}
