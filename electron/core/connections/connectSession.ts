import { keepSecrets, type Profile, type ProfileId, type SecretChanges } from '#shared/model/profile'
import { fail, ok, type AppError, type Result } from '#shared/result'
import type { Sessions } from './connectionParts'
import { signedIn, type Credentials, type SignIn, type SignIns } from './signIns'
import type { ListedProfile } from '../storage/profileList'
import type { ProfileStore } from '../storage/profileStore'
import type { SecretStore } from '../storage/secretStore'

export interface ConnectParts {
  readonly profiles: ProfileStore
  readonly secrets: SecretStore
  readonly signIns: SignIns
  readonly sessions: Sessions
  /** Called when a user name or a password was stored. */
  readonly onStored: () => void
  /** Called with what a person should know although the session connects. */
  readonly onNotice: (notice: AppError) => void
}

export interface ConnectRequest {
  readonly connectionId: ProfileId
  readonly username?: string | undefined
  readonly password?: string | undefined
  readonly keyPassphrase?: string | undefined
  readonly remember?: boolean | undefined
}

export const setPassword = (value: string): SecretChanges => ({ ...keepSecrets, password: { change: 'set', value } })

/** What a profile connects with: no password where it uses none; null where one is wanted and missing. */
export const credentialsFor = (
  profile: Profile,
  { secrets, signIns }: Pick<ConnectParts, 'secrets' | 'signIns'>,
): Credentials | null => {
  const applied = signIns.applied(profile, secrets.get(profile.id))
  const { password, ...others } = applied.secrets
  if (!applied.profile.usePassword) return { profile: applied.profile, secrets: others }
  return password === undefined ? null : applied
}

/**
 * Connects with what was given, else with what was given before in this connection, else with what is stored. Fails
 * with `passwordNeeded` where a password is wanted and missing.
 */
export const connectSession = async (parts: ConnectParts, request: ConnectRequest): Promise<Result<null>> => {
  const { profiles, sessions, signIns } = parts
  const { connectionId, remember } = request
  const listed = profiles.find(connectionId)
  const unknown = () => fail('notFound', `There is no connection ${connectionId}.`)
  if (!listed) return unknown()
  await takePassphrase(parts, listed, request)
  const signIn = signInOf(request, listed.profile)
  if (signIn) signIns.set(listed.profile, signIn)
  // It would be refused again, so the person is asked instead.
  else if (sessions.isSignInRefused(connectionId)) signIns.forget(connectionId)
  if (signIn && remember === true) await store(parts, listed, signIn)
  const profile = profiles.find(connectionId)?.profile
  if (!profile) return unknown()
  const credentials = credentialsFor(profile, parts)
  if (!credentials) return fail('passwordNeeded', 'The broker wants a password.', { field: 'password' })
  sessions.connect(credentials.profile, credentials.secrets)
  return ok(null)
}

const signInOf = ({ username, password }: ConnectRequest, profile: Profile): SignIn | null =>
  username === undefined && password === undefined
    ? null
    : { username: username ?? profile.username, password: password ?? '' }

/** Stores it in profile and vault. Where that fails a notice says so, and it is used for this connection. */
const store = async (parts: ConnectParts, { profile, saved }: ListedProfile, signIn: SignIn): Promise<void> => {
  const kept = await parts.secrets.change(profile.id, setPassword(signIn.password), { temporary: !saved })
  const updated = await parts.profiles.update(signedIn(profile, signIn))
  for (const result of [kept, updated]) if (!result.ok) parts.onNotice(result.error)
  if (updated.ok) parts.signIns.forget(profile.id)
  parts.onStored()
}

/**
 * Keeps it in memory, and on disk where it is to be remembered. Where storing fails a notice says so, and it is used.
 */
const takePassphrase = async (
  parts: ConnectParts,
  { profile, saved }: ListedProfile,
  { keyPassphrase: value, remember }: ConnectRequest,
): Promise<void> => {
  if (value === undefined) return
  parts.signIns.setPassphrase(profile, value)
  if (remember !== true) return
  const change: SecretChanges = { ...keepSecrets, keyPassphrase: { change: 'set', value } }
  const kept = await parts.secrets.change(profile.id, change, { temporary: !saved })
  if (!kept.ok) parts.onNotice(kept.error)
  parts.onStored()
}
