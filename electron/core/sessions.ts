import type { Profile, ProfileId, Secrets } from '#shared/model/profile'

/** What the connections ask of the sessions. */
export interface Sessions {
  connect(profile: Profile, secrets: Secrets): void
  disconnect(id: ProfileId): Promise<void> | void
  remove(id: ProfileId): Promise<void> | void
  updateProfile(profile: Profile): void
  updateSecrets(id: ProfileId, secrets: Secrets): void
}
