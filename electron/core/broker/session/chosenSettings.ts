// Why it is so: build/docs/decisions/21-a-remedy-connects-once.md
import type { ConnectionFailure, ProfileChange } from '#shared/model/failure'
import { usesTls, type Profile, type Secrets } from '#shared/model/profile'
import { changedBy, holdsAlready } from '#shared/model/profileChange'

/** How a connection is made. */
export interface ChosenSettings {
  readonly profile: Profile
  readonly secrets: Secrets
  /** The settings that are tried once in place of the saved ones; null = none. */
  readonly change: ProfileChange | null
}

/**
 * What a person chose to connect with: the profile as it was then, its secrets, and perhaps a change that is tried once.
 * Secrets are sent only to the server they were entered for.
 */
export interface SettingsChoice {
  choose(secrets: Secrets): void
  /** From now on `chooseRemedy` finds the remedies of this failure. */
  noteFailure(failure: ConnectionFailure): void
  /** Chooses the change a remedy of the latest failure stands for; false where it names no such remedy. */
  chooseRemedy(key: string): boolean
  /**
   * Takes new settings, which are used from the next `choose` on; at once where they save the change that is being tried.
   */
  update(next: Profile): void
  /** The rules for reconnecting. A change that is tried once and did not connect is not tried again. */
  reconnect(stood: boolean): Profile['reconnect']
  isChanged(): boolean
  /** What to connect with now; for the broker inside the application the newest settings, because its port may change. */
  toConnectWith(): ChosenSettings
}

export const createChosenSettings = (first: Profile): SettingsChoice => {
  /** The profile as it is now, which the next choice takes. */
  let newest = first
  /** What the person entered for it. */
  let given: Secrets = {}
  let chosen: ChosenSettings = { profile: first, secrets: {}, change: null }
  let latestFailure: ConnectionFailure | null = null
  const choose = (secrets: Secrets) => {
    given = secrets
    chosen = { profile: newest, secrets, change: null }
  }
  return {
    choose,
    noteFailure: (failure) => void (latestFailure = failure),
    chooseRemedy: (key) => {
      const action = latestFailure?.remedies.find((remedy) => remedy.key === key)?.action
      if (action?.kind !== 'tryOnce') return false
      const profile = changedBy(newest, action.change)
      chosen = { profile, secrets: secretsFitting(given, newest, profile), change: action.change }
      return true
    },
    update: (next) => {
      newest = next
      if (chosen.change && holdsAlready(next, chosen.change)) chosen = { ...chosen, profile: next, change: null }
    },
    reconnect: (stood) => (chosen.change && !stood ? { ...newest.reconnect, enabled: false } : newest.reconnect),
    isChanged: () => chosen.change !== null,
    toConnectWith: () => (newest.kind === 'local' ? { ...chosen, profile: newest } : chosen),
  }
}

/**
 * What of the secrets given for a profile may be sent where another is tried instead: nothing to another server, and
 * nothing in the clear that was given for an encrypted connection.
 */
const secretsFitting = (secrets: Secrets, given: Profile, tried: Profile): Secrets =>
  given.host === tried.host && given.port === tried.port && (usesTls(tried.scheme) || !usesTls(given.scheme))
    ? secrets
    : {}
