import type { Profile, ProfileId, Secrets } from '#shared/model/profile'

/** What the connections ask of the sessions. */
export interface Sessions {
  connect(profile: Profile, secrets: Secrets): void
  disconnect(id: ProfileId): Promise<void> | void
  remove(id: ProfileId): Promise<void> | void
  /** The server did not take the credentials of the last try, which was given up for that. */
  isSignInRefused(id: ProfileId): boolean
  updateProfile(profile: Profile): void
  updateSecrets(id: ProfileId, secrets: Secrets): void
}
