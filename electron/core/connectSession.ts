import { keepSecrets, type Profile, type ProfileId, type SecretChanges, type Secrets } from '#shared/model/profile'
import { fail, ok, type AppError, type Result } from '#shared/result'
import type { Sessions } from './sessions'
import type { ProfileStore } from './storage/profileStore'
import type { SecretStore } from './storage/secretStore'

export interface ConnectParts {
  readonly profiles: ProfileStore
  readonly secrets: SecretStore
  readonly sessions: Sessions
  /** Called when a password was stored. */
  readonly onStored: () => void
  /** Called with what a person should know although the session connects. */
  readonly onNotice: (notice: AppError) => void
}

export interface ConnectRequest {
  readonly connectionId: ProfileId
  readonly password?: string | undefined
  readonly remember?: boolean | undefined
}

export const setPassword = (value: string): SecretChanges => ({ ...keepSecrets, password: { change: 'set', value } })

/** What a profile connects with: no password where it uses none; null where one is wanted and missing. */
export const secretsFor = (profile: Profile, kept: Secrets, given?: string): Secrets | null => {
  const { password: stored, ...others } = kept
  const wanted = given ?? stored
  if (!profile.usePassword) return others
  return wanted === undefined ? null : { ...others, password: wanted }
}

/**
 * Connects with the given password, or else the stored one. Fails with `passwordNeeded` where one is wanted and missing;
 * one that cannot be remembered is used all the same.
 */
export const connectSession = async (parts: ConnectParts, request: ConnectRequest): Promise<Result<null>> => {
  const { profiles, secrets, sessions } = parts
  const { connectionId, password, remember } = request
  const listed = profiles.find(connectionId)
  if (!listed) return fail('notFound', `There is no connection ${connectionId}.`)
  if (password !== undefined && remember === true) {
    const kept = await secrets.change(connectionId, setPassword(password), { temporary: !listed.saved })
    if (!kept.ok) parts.onNotice(kept.error)
    parts.onStored()
  }
  const wanted = secretsFor(listed.profile, secrets.get(connectionId), password)
  if (!wanted) return fail('passwordNeeded', 'The broker wants a password.', { field: 'password' })
  sessions.connect(listed.profile, wanted)
  return ok(null)
}
