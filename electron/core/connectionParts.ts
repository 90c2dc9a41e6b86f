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
  /** Gives a profile of the local broker that broker's present port; leaves others as they are. */
  readonly fitted: (profile: Profile) => Profile
  /** Called after every change of the list. */
  readonly onChange: (entries: readonly ProfileEntry[]) => void
  /** Called with a notice about an action that succeeded in spite of a problem. */
  readonly onNotice: (notice: AppError) => void
}
