import { leastUsedColour } from '#shared/model/colour'
import type { Farewell } from '#shared/model/farewell'
import { newClientId, type Profile, type ProfileEntry, type ProfileId, type SecretChanges } from '#shared/model/profile'
import { fail, ok, type AppError, type Result } from '#shared/result'
import { connectSession, setPassword, type ConnectRequest } from './connectSession'
import type { ConnectionParts } from './connectionParts'
import { saveProfile } from './saveProfile'
import { pathsOf } from '../files/trustedPaths'
import type { ListedProfile, ProfilePlace } from '../storage/profileList'

/** Profiles with their secrets and sessions: a change of one of the three is applied to the others here. */
export interface Connections {
  entries(): ProfileEntry[]
  find(id: ProfileId): Profile | undefined
  save(given: Profile, changes: SecretChanges): Promise<Result<ProfileEntry>>
  duplicate(id: ProfileId): Promise<Result<ProfileEntry>>
  remove(id: ProfileId): Promise<Result<null>>
  restore(id: ProfileId): Promise<Result<ProfileEntry>>
  arrange(places: readonly ProfilePlace[]): Promise<Result<null>>
  /** Adds or replaces, and removes, as one change: sessions of those that are replaced hear of it, others end. */
  change(change: Parameters<ConnectionParts['profiles']['change']>[0]): Promise<Result<null>>
  connect(request: ConnectRequest): Promise<Result<null>>
  open(profile: Profile, password: string | null): Promise<void>
  update(profile: Profile): Promise<Result<null>>
  /** Which environment templates of a connection have from now on; '' = none. Fails with `notFound`. */
  useEnvironment(id: ProfileId, environmentId: string): Promise<Result<null>>
  changed(): void
  disconnect(id: ProfileId, farewell?: Farewell): Promise<Result<null>>
}

export const createConnections = (parts: ConnectionParts): Connections => {
  const { profiles, secrets, signIns, sessions, onNotice } = parts
  const toEntry = (listed: ListedProfile): ProfileEntry => ({
    profile: listed.profile,
    saved: listed.saved,
    ...unsavedIn(listed),
    secrets: secrets.keepings(listed.profile.id),
  })
  const entries = () => profiles.list().map(toEntry)
  const changed = () => parts.onChange(entries())
  /** Tells the new list, whether or not it failed, and answers the first failure or the entry. */
  const conclude = (results: readonly Result<unknown>[], id: ProfileId): Result<ProfileEntry> => {
    changed()
    const failure = results.find((result): result is { ok: false; error: AppError } => !result.ok)
    const entry = profiles.find(id)
    return failure ?? (entry ? ok(toEntry(entry)) : unknownConnection(id))
  }

  const save = async (given: Profile, changes: SecretChanges): Promise<Result<ProfileEntry>> => {
    const saved = await saveProfile(parts, given, changes)
    return saved.ok ? conclude([saved.value.secrets], saved.value.profile.id) : saved
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

  const change: Connections['change'] = async ({ put, remove: gone }) => {
    const done = await profiles.change({ put, remove: gone })
    if (!done.ok) return done
    for (const profile of put) sessions.updateProfile(signIns.applied(profile, {}).profile)
    for (const id of gone) {
      signIns.forget(id)
      await sessions.remove(id)
    }
    changed()
    return ok(null)
  }

  /** For this run only: neither the profile nor its password is written to disk. */
  const open = async (profile: Profile, password: string | null): Promise<void> => {
    parts.trustedPaths.trust(pathsOf(profile))
    profiles.open({ ...profile, colour: leastUsedColour(coloursOf(entries())) })
    if (password !== null) await secrets.change(profile.id, setPassword(password), { temporary: true })
    changed()
  }

  return {
    entries,
    find: (id) => profiles.find(id)?.profile,
    save,
    duplicate,
    remove,
    restore,
    arrange,
    change,
    connect: (request) =>
      connectSession({ profiles, secrets, signIns, sessions, onNotice, onStored: changed }, request),
    open,
    update,
    useEnvironment: async (id, environmentId) => {
      const profile = profiles.find(id)?.profile
      return profile ? update({ ...profile, environmentId }) : unknownConnection(id)
    },
    changed,
    disconnect: async (id, farewell) => {
      signIns.forget(id)
      await sessions.disconnect(id, farewell)
      return ok(null)
    },
  }
}

const unknownConnection = (id: ProfileId) => fail('notFound', `There is no connection ${id}.`)

const coloursOf = (entries: readonly ProfileEntry[]) => entries.map(({ profile }) => profile.colour)

/** Two clients with one id would disconnect each other (MQTT 5 §3.1.4). An empty id stays: the server assigns one. */
const copyOf = (original: Profile, id: ProfileId, others: readonly ProfileEntry[]): Profile => ({
  ...original,
  id,
  colour: leastUsedColour(coloursOf(others)),
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

/** Characters of a profile's name. */
const longestName = 200
const suffixed = (name: string, suffix: string) => `${name.slice(0, longestName - suffix.length)}${suffix}`

/** "Name copy", or "Name copy 2" and so on where that is taken; within the length a name may have. */
const copyName = (name: string, taken: ReadonlySet<string>): string => {
  const base = name.replace(/ copy( \d+)?$/, '')
  for (let number = 1; ; number += 1) {
    const candidate = suffixed(base, number === 1 ? ' copy' : ` copy ${number}`)
    if (!taken.has(candidate)) return candidate
  }
}
