import { newClientId, type Profile, type ProfileEntry, type ProfileId, type SecretChanges } from '#shared/model/profile'
import { fail, ok, type AppError, type Result } from '#shared/result'
import { connectSession, secretsFor, setPassword, type ConnectRequest } from './connectSession'
import { copyName } from './copyName'
import type { Sessions } from './sessions'
import type { ListedProfile, ProfilePlace } from './storage/profileList'
import type { ProfileStore } from './storage/profileStore'
import type { SecretStore } from './storage/secretStore'

export interface ConnectionParts {
  readonly profiles: ProfileStore
  readonly secrets: SecretStore
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

/** What of a profile the disk does not have. */
const unsavedIn = ({ profile: { subscriptions }, onDisk }: ListedProfile): Pick<ProfileEntry, 'unsaved'> => {
  if (onDisk === undefined) return {}
  const known = new Set((onDisk?.subscriptions ?? []).map((subscription) => JSON.stringify(subscription)))
  const unknown = subscriptions.filter((subscription) => !known.has(JSON.stringify(subscription)))
  return { unsaved: { subscriptionIds: unknown.map(({ id }) => id) } }
}

/** A session that is trying again uses the new settings with their secrets; where one is missing it keeps the old. */
const passOn = ({ sessions, secrets }: ConnectionParts, profile: Profile): void => {
  sessions.updateProfile(profile)
  const usable = secretsFor(profile, secrets.get(profile.id))
  if (usable) sessions.updateSecrets(profile.id, usable)
}

/** Profiles with their secrets and sessions: what is done to one of the three is done to the others here. */
export const createConnections = (parts: ConnectionParts) => {
  const { profiles, secrets, sessions, onNotice } = parts
  const toEntry = (listed: ListedProfile): ProfileEntry => ({
    ...{ profile: listed.profile, saved: listed.saved, ...unsavedIn(listed) },
    secrets: secrets.keepings(listed.profile.id),
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
    const stored = await profiles.save(profile)
    if (!stored.ok) return stored
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
    return conclude([await secrets.copy(id, copy.id)], copy.id)
  }

  const remove = async (id: ProfileId): Promise<Result<null>> => {
    const removed = await profiles.remove(id)
    if (!removed.ok) return removed
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
    sessions.updateProfile(profile)
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
      connectSession({ profiles, secrets, sessions, onNotice, onStored: changed }, request),
    open,
    update,
    changed,
    disconnect: async (id: ProfileId): Promise<Result<null>> => {
      await sessions.disconnect(id)
      return ok(null)
    },
  }
}
export type Connections = ReturnType<typeof createConnections>
