import {
  keepSecrets,
  secretNames,
  type Profile,
  type SecretChanges,
  type SecretKeeping,
  type SecretName,
} from '#shared/model/profile'
import { isSamePlace } from '#shared/model/secretPlace'
import { fail, ok, type AppError, type Result } from '#shared/result'
import { credentialsFor } from './connectSession'
import type { ConnectionParts } from './connectionParts'
import type { ListedProfile } from '../storage/profileList'

/**
 * Saves what a form says: files it names are agreed to, secrets that do not belong where it leads are forgotten, and
 * the session is told. Answers what became of its secrets.
 */
export const saveProfile = async (
  parts: ConnectionParts,
  given: Profile,
  changes: SecretChanges,
): Promise<Result<{ profile: Profile; secrets: Result<null> }>> => {
  const { profiles, secrets, signIns } = parts
  const confirmed = await parts.trustedPaths.confirm(given)
  if (!confirmed.ok) return confirmed
  const profile = parts.fitted(given)
  const before = profiles.find(profile.id)
  const left = before ? leftBehind(before.profile, profile, { changes, keepings: secrets.keepings(profile.id) }) : []
  const stored = await (before && left.length > 0
    ? saveWithout(parts, { before, after: profile, left })
    : profiles.save(profile))
  if (!stored.ok) return stored
  // The saved form replaces what was typed to connect.
  if (changes.password.change === 'set' || before?.profile.username !== profile.username) signIns.forget(profile.id)
  const kept = await secrets.change(profile.id, changes, { temporary: false })
  passOn(parts, profile)
  return ok({ profile, secrets: kept })
}

/** A session that is reconnecting uses the new settings with their secrets; where a secret is missing, the old ones. */
const passOn = (parts: ConnectionParts, profile: Profile): void => {
  const usable = credentialsFor(profile, parts)
  parts.sessions.updateProfile(usable?.profile ?? profile)
  if (usable) parts.sessions.updateSecrets(profile.id, usable.secrets)
}

/**
 * Saves a profile that leads elsewhere without the secrets that do not belong there. They leave the disk first, so that
 * not even a crash leaves them beside another address; where the profile is not saved, they are back.
 */
const saveWithout = async (
  { profiles, secrets, onNotice }: ConnectionParts,
  { before, after, left }: { before: ListedProfile; after: Profile; left: readonly SecretName[] },
): Promise<Result<ListedProfile>> => {
  const putBack = secrets.snapshot(after.id)
  const forgotten = await secrets.change(after.id, forgetting(left), { temporary: !before.saved })
  const stored = forgotten.ok ? await profiles.save(after) : forgotten
  if (stored.ok) onNotice(leftBehindNotice(after, left))
  else {
    const current = profiles.find(after.id)?.profile
    // Another change may be on its way that leads there, too.
    if (current && left.every((name) => isSamePlace(before.profile, current, name))) await putBack()
  }
  return stored
}

/** The secrets that would be kept although the changed profile leads where they were not entered for. */
const leftBehind = (
  before: Profile,
  after: Profile,
  { changes, keepings }: { changes: SecretChanges; keepings: Readonly<Record<SecretName, SecretKeeping>> },
): readonly SecretName[] =>
  secretNames.filter(
    (name) => changes[name].change === 'keep' && keepings[name] !== 'none' && !isSamePlace(before, after, name),
  )

const forgetting = (names: readonly SecretName[]): SecretChanges => ({
  ...keepSecrets,
  ...Object.fromEntries(names.map((name) => [name, { change: 'set', value: '' }])),
})

const leftBehindNotice = ({ name }: Profile, names: readonly SecretName[]): AppError => {
  const detail = names.length > 1 ? 'both' : (names[0] ?? 'both')
  return fail('secretsForgotten', `The secrets of ${name} were forgotten: it leads elsewhere now.`, {
    values: { name, detail },
  }).error
}
