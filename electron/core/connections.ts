import {
  newClientId,
  type Profile,
  type ProfileEntry,
  type ProfileId,
  type SecretChanges,
  type SecretName,
} from '#shared/model/profile'
import { isSamePlace } from '#shared/model/secretPlace'
import { fail, ok, type AppError, type Result } from '#shared/result'
import { connectSession, credentialsFor, setPassword, type ConnectRequest } from './connectSession'
import { copyName } from './copyName'
import { forgetting, leftBehind, leftBehindNotice } from './leftBehind'
import type { Sessions } from './sessions'
import type { SignIns } from './signIns'
import type { ListedProfile, ProfilePlace } from './storage/profileList'
import type { ProfileStore } from './storage/profileStore'
import type { SecretStore } from './storage/secretStore'

export interface ConnectionParts {
  readonly profiles: ProfileStore
  readonly secrets: SecretStore
  readonly signIns: SignIns
  readonly sessions: Sessions
  readonly newId: () => ProfileId
  /** Makes a profile fit where it leads: one of the local broker follows its port. */
  readonly fitted: (profile: Profile) => Profile
  /** Called after every change of the list. */
  readonly onChange: (entries: readonly ProfileEntry[]) => void
  /** Called with what a person should know of something that went on all the same. */
  readonly onNotice: (notice: AppError) => void
}

const unknownConnection = (id: ProfileId) => fail('notFound', `There is no connection ${id}.`)

/** Two clients of one id would throw each other out (MQTT 5 §3.1.4); an empty id is the server's to choose. */
const copyOf = (original: Profile, id: ProfileId, others: readonly ProfileEntry[]): Profile => ({
  ...original,
  id,
  name: copyName(original.name, new Set(others.map(({ profile }) => profile.name))),
  clientId: original.clientId === '' ? '' : newClientId(),
})

/** A session that is trying again uses the new settings with their secrets; where one is missing it keeps the old. */
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

/** Profiles with their secrets and sessions: what is done to one of the three is done to the others here. */
export const createConnections = (parts: ConnectionParts) => {
  const { profiles, secrets, signIns, sessions, onNotice } = parts
  const toEntry = ({ profile, saved }: ListedProfile): ProfileEntry => ({
    profile,
    saved,
    secrets: secrets.keepings(profile.id),
  })
  const entries = () => profiles.list().map(toEntry)
  const changed = () => parts.onChange(entries())
  /** Tells of the new list whatever came of it, and answers the first failure or the entry. */
  const conclude = (results: readonly Result<unknown>[], id: ProfileId): Result<ProfileEntry> => {
    changed()
    const failure = results.find((result): result is { ok: false; error: AppError } => !result.ok)
    const entry = profiles.find(id)
    return failure ?? (entry ? ok(toEntry(entry)) : unknownConnection(id))
  }

  const save = async (given: Profile, changes: SecretChanges): Promise<Result<ProfileEntry>> => {
    const profile = parts.fitted(given)
    const before = profiles.find(profile.id)
    const left = before ? leftBehind(before.profile, profile, { changes, keepings: secrets.keepings(profile.id) }) : []
    const stored = await (before && left.length > 0
      ? saveWithout(parts, { before, after: profile, left })
      : profiles.save(profile))
    if (!stored.ok) return stored
    // What the form says now is newer than what was typed to connect.
    if (changes.password.change === 'set' || before?.profile.username !== profile.username) signIns.forget(profile.id)
    const kept = await secrets.change(profile.id, changes, { temporary: false })
    passOn(parts, profile)
    return conclude([kept], profile.id)
  }

  const duplicate = async (id: ProfileId): Promise<Result<ProfileEntry>> => {
    const original = profiles.find(id)?.profile
    if (!original) return unknownConnection(id)
    const copy = copyOf(original, parts.newId(), entries())
    const stored = await profiles.saveBehind(id, copy)
    if (!stored.ok) return stored
    // Its secrets were entered for the other one: they are asked for.
    return conclude([], copy.id)
  }

  const remove = async (id: ProfileId): Promise<Result<null>> => {
    const removed = await profiles.remove(id)
    if (!removed.ok) return removed
    signIns.forget(id)
    await sessions.remove(id)
    const forgotten = await secrets.remove(id)
    changed()
    return forgotten
  }

  const restore = async (id: ProfileId): Promise<Result<ProfileEntry>> => {
    const restored = await profiles.restore(id)
    if (!restored.ok) return restored
    return conclude([await secrets.restore(id)], id)
  }

  const update = async (profile: Profile): Promise<Result<null>> => {
    const updated = await profiles.update(profile)
    if (!updated.ok) return updated
    sessions.updateProfile(signIns.applied(profile, {}).profile)
    changed()
    return ok(null)
  }

  const arrange = async (places: readonly ProfilePlace[]): Promise<Result<null>> => {
    const result = await profiles.arrange(places)
    changed()
    return result
  }

  /** For this run only: neither the profile nor its password is written to disk. */
  const open = async (profile: Profile, password: string | null): Promise<void> => {
    profiles.open(profile)
    if (password !== null) await secrets.change(profile.id, setPassword(password), { temporary: true })
    changed()
  }

  return {
    entries,
    find: (id: ProfileId) => profiles.find(id)?.profile,
    save,
    duplicate,
    remove,
    restore,
    arrange,
    connect: (request: ConnectRequest) =>
      connectSession({ profiles, secrets, signIns, sessions, onNotice, onStored: changed }, request),
    open,
    update,
    changed,
    disconnect: async (id: ProfileId): Promise<Result<null>> => {
      signIns.forget(id)
      await sessions.disconnect(id)
      return ok(null)
    },
  }
}
export type Connections = ReturnType<typeof createConnections>
