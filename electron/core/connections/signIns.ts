// Why it is so: build/docs/decisions/70-a-secret-belongs-to-its-place.md
import type { Profile, ProfileId, Secrets } from '#shared/model/profile'
import { secretPlace } from '#shared/model/secretPlace'

/** What a person typed to connect; '' = without. */
export interface SignIn {
  readonly username: string
  readonly password: string
}

/** A profile with what it connects with. */
export interface Credentials {
  readonly profile: Profile
  readonly secrets: Secrets
}

/** The profile as if its form said so. */
export const signedIn = (profile: Profile, { username, password }: SignIn): Profile => ({
  ...profile,
  username,
  usePassword: password !== '',
})

/**
 * What was typed to connect and not to be remembered, in memory only. It goes where it was typed for and nowhere else: a
 * profile that leads elsewhere by now has none.
 */
export interface SignIns {
  set(profile: Profile, signIn: SignIn): void
  setPassphrase(profile: Profile, value: string): void
  forget(id: ProfileId): void
  /** What was typed takes the place of what the profile says and of its stored password. */
  applied(profile: Profile, stored: Secrets): Credentials
}

export const createSignIns = (): SignIns => {
  const signIns = new Map<ProfileId, { readonly signIn: SignIn; readonly place: string }>()
  const passphrases = new Map<ProfileId, { readonly value: string; readonly place: string }>()
  const passphraseOf = (profile: Profile): Secrets => {
    const kept = passphrases.get(profile.id)
    return kept?.place === secretPlace(profile, 'keyPassphrase') ? { keyPassphrase: kept.value } : {}
  }
  const find = (profile: Profile): SignIn | null => {
    const kept = signIns.get(profile.id)
    return kept?.place === secretPlace(profile, 'password') ? kept.signIn : null
  }
  return {
    set: (profile, signIn) => void signIns.set(profile.id, { signIn, place: secretPlace(profile, 'password') }),
    setPassphrase: (profile, value) =>
      void passphrases.set(profile.id, { value, place: secretPlace(profile, 'keyPassphrase') }),
    forget: (id) => void signIns.delete(id),
    applied: (profile, stored) => {
      const signIn = find(profile)
      const secrets = { ...stored, ...passphraseOf(profile) }
      if (!signIn) return { profile, secrets }
      return { profile: signedIn(profile, signIn), secrets: { ...secrets, password: signIn.password } }
    },
  }
}
