import type { Profile, ProfileId, Secrets } from '#shared/model/profile'

/** What the connections ask of the sessions. */
export interface Sessions {
  connect(profile: Profile, secrets: Secrets): void
  disconnect(id: ProfileId): Promise<void> | void
  remove(id: ProfileId): Promise<void> | void
  /** Whether the last try failed because the server refused the credentials. */
  isSignInRefused(id: ProfileId): boolean
  updateProfile(profile: Profile): void
  updateSecrets(id: ProfileId, secrets: Secrets): void
}
