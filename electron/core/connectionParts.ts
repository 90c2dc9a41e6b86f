import type { Profile, ProfileEntry, ProfileId } from '#shared/model/profile'
import type { AppError } from '#shared/result'
import type { Sessions } from './sessions'
import type { SignIns } from './signIns'
import type { ProfileStore } from './storage/profileStore'
import type { SecretStore } from './storage/secretStore'
import type { TrustedPaths } from './trustedPaths'

export interface ConnectionParts {
  readonly profiles: ProfileStore
  readonly secrets: SecretStore
  readonly signIns: SignIns
  readonly sessions: Sessions
  readonly trustedPaths: TrustedPaths
  readonly newId: () => ProfileId
  /** Makes a profile fit where it leads: one of the local broker follows its port. */
  readonly fitted: (profile: Profile) => Profile
  /** Called after every change of the list. */
  readonly onChange: (entries: readonly ProfileEntry[]) => void
  /** Called with what a person should know of something that went on all the same. */
  readonly onNotice: (notice: AppError) => void
}
