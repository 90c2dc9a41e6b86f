import { keepSecrets, type ProfileId, type SecretChanges } from '#shared/model/profile'
import { fail, ok, type AppError, type Result } from '#shared/result'
import type { Sessions } from './connections'
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
  const { password: stored, ...others } = secrets.get(connectionId)
  const wanted = password ?? stored
  if (!listed.profile.usePassword) sessions.connect(listed.profile, others)
  else if (wanted === undefined) return fail('passwordNeeded', 'The broker wants a password.', { field: 'password' })
  else sessions.connect(listed.profile, { ...others, password: wanted })
  return ok(null)
}
