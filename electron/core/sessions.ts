import type { Profile, ProfileId } from '#shared/model/profile'
import type { Secrets } from './storage/secretStore'

/** What the connections ask of the sessions. */
export interface Sessions {
  connect(profile: Profile, secrets: Secrets): void
  disconnect(id: ProfileId): Promise<void> | void
  remove(id: ProfileId): Promise<void> | void
  updateProfile(profile: Profile): void
  updateSecrets(id: ProfileId, secrets: Secrets): void
}
