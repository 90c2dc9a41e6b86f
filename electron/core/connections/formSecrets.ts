// Why it is so: build/docs/decisions/70-a-secret-belongs-to-its-place.md
import { secretNames, type Profile, type SecretChanges, type SecretName, type Secrets } from '#shared/model/profile'
import { isSamePlace } from '#shared/model/secretPlace'
import type { ProfileStore } from '../storage/profileStore'
import type { SecretStore } from '../storage/secretStore'
import type { SignIns } from './signIns'

export interface FormSecretParts {
  readonly profiles: Pick<ProfileStore, 'find'>
  readonly secrets: Pick<SecretStore, 'get'>
  readonly signIns: Pick<SignIns, 'applied'>
}

/** What was typed, else what is stored or was typed to connect, as far as it was entered for where the settings lead. */
export const formSecrets = (
  { profiles, secrets, signIns }: FormSecretParts,
  profile: Profile,
  changes: SecretChanges,
): Secrets => {
  const before = profiles.find(profile.id)?.profile
  const stored = secrets.get(profile.id)
  const fitting: Secrets = Object.fromEntries(
    secretNames.flatMap((name) => (before && isSamePlace(before, profile, name) ? [[name, stored[name]]] : [])),
  )
  const typed = signIns.applied(profile, fitting)
  const hasTypedUser = typed.profile.username === profile.username
  return {
    ...chosen('password', changes, hasTypedUser ? typed.secrets.password : fitting.password),
    ...chosen('keyPassphrase', changes, typed.secrets.keyPassphrase),
    ...chosen('proxyPassword', changes, fitting.proxyPassword),
  }
}

const chosen = (name: SecretName, { [name]: change }: SecretChanges, known: string | undefined): Secrets => {
  const value = change.change === 'set' ? change.value : known
  return value === undefined || value === '' ? {} : { [name]: value }
}
