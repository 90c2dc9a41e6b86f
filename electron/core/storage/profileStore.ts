// Why it is so: build/docs/decisions/73-what-a-full-disk-refuses-holds-for-this-run.md
import { join } from 'node:path'
import { mostProfiles, newProfile, type Profile, type ProfileId } from '#shared/model/profile'
import { fail, ok, type AppError, type Result } from '#shared/result'
import { createJsonFile } from './jsonFile'
import { parseProfiles, type ParsedProfiles, type ProfileFileContent } from './profileFile'
import {
  allOnDisk,
  arranged,
  findListed,
  withHeld,
  withListed,
  withChange,
  withListedAt,
  withoutListed,
  type ListedProfile,
  type ProfileList,
  type ProfilePlace,
} from './profileList'
import { createQueuedList, type ListChange } from './queuedList'
import { noticesOf } from './setAsideNotice'
import type { StoreOptions } from './storeOptions'

export interface ProfileStore {
  readonly notices: readonly AppError[]
  list(): ProfileList
  find(id: ProfileId): ListedProfile | undefined
  /** Adds or replaces it, and from now on it is on disk. */
  save(profile: Profile): Promise<Result<ListedProfile>>
  /** Adds or replaces, and removes, as one change of the list and of the disk. */
  change(change: { readonly put: readonly Profile[]; readonly remove: readonly ProfileId[] }): Promise<Result<null>>
  /** Replaces it; one opened from the command line stays in memory only. Fails with `notFound`. */
  update(profile: Profile): Promise<Result<ListedProfile>>
  /** Adds or replaces it for this run, marked, until the disk takes a change again. */
  hold(profile: Profile): ListedProfile
  /** Adds a profile for this run only. */
  open(profile: Profile): ListedProfile
  /** Puts a new profile on disk right behind another one. */
  saveBehind(id: ProfileId, profile: Profile): Promise<Result<ListedProfile>>
  arrange(places: readonly ProfilePlace[]): Promise<Result<null>>
  remove(id: ProfileId): Promise<Result<null>>
  /** Brings a removed one back to its place. Fails with `notFound`. */
  restore(id: ProfileId): Promise<Result<ListedProfile>>
  settled(): Promise<void>
}

/** The profile that leads to the broker inside the application, as a first start shows it. */
export const newLocalProfile = (id: ProfileId): Profile =>
  newProfile({
    id,
    kind: 'local',
    name: 'Local broker',
    colour: 'violet',
    host: '127.0.0.1',
    port: 18_830,
    subscriptions: [{ id: 'everything', filter: '#', qos: 0, colour: 'blue', alias: '', enabled: true, muted: false }],
  })

const firstContent = (): ParsedProfiles => ({ profiles: [newLocalProfile('local')], setAside: [], newlySetAside: 0 })

const savedIn = (list: ProfileList) => list.filter(({ saved }) => saved).map(({ profile }) => profile)

const tooMany = () =>
  fail('tooManyConnections', `There are ${mostProfiles} connections.`, { values: { limit: mostProfiles } })
const unknownProfile = (id: ProfileId) => fail('notFound', `There is no connection ${id}.`)

/**
 * The profiles in their order, in `profiles.json`. A change the disk refuses does not happen: the answer says why and
 * the list is as before.
 */
export const createProfileStore = async ({ dataDir, now }: StoreOptions): Promise<ProfileStore> => {
  const file = createJsonFile<ProfileFileContent>({
    path: join(dataDir, 'profiles.json'),
    version: 1,
    parse: parseProfiles,
    defaults: firstContent,
    now,
  })
  const loaded = await file.load()
  const { profiles, setAside, newlySetAside } = loaded.value as ParsedProfiles
  const table = createQueuedList(
    profiles.map((profile) => ({ profile, saved: true })),
    (before, next) => {
      const hasSaved = savedIn(before).length > 0 || savedIn(next).length > 0
      return hasSaved ? file.save({ profiles: savedIn(next), setAside }) : Promise.resolve(ok(null))
    },
    allOnDisk,
  )
  const removed = new Map<ProfileId, { readonly entry: ListedProfile; readonly index: number }>()

  const commit = async <T>(change: ListChange, answer: T): Promise<Result<T>> => {
    const written = await table.commit(change)
    return written.ok ? ok(answer) : written
  }
  const isFull = (id: ProfileId) => table.current().length >= mostProfiles && !findListed(table.current(), id)
  const put = (entry: ListedProfile): Promise<Result<ListedProfile>> => {
    if (isFull(entry.profile.id)) return Promise.resolve(tooMany())
    const change: ListChange = (list) => withListed(list, entry)
    if (entry.saved) return commit(change, entry)
    table.apply(change)
    return Promise.resolve(ok(entry))
  }

  return {
    notices: noticesOf(loaded.notice, 'profiles.json', newlySetAside),
    list: table.current,
    find: (id) => findListed(table.current(), id),
    save: (profile) => put({ profile, saved: true }),
    change: ({ put: wanted, remove }) => {
      const ids = new Set(table.current().map(({ profile }) => profile.id))
      const added = wanted.filter(({ id }) => !ids.has(id)).length
      if (added > 0 && ids.size + added - remove.length > mostProfiles) return Promise.resolve(tooMany())
      return commit((list) => withChange(list, wanted, new Set(remove)), null)
    },
    update: async (profile) => {
      const entry = findListed(table.current(), profile.id)
      return entry ? put({ profile, saved: entry.saved }) : unknownProfile(profile.id)
    },
    hold: (profile) => {
      table.apply((list) => withHeld(list, profile))
      return findListed(table.current(), profile.id) ?? { profile, saved: true, onDisk: null }
    },
    open: (profile) => {
      const entry = { profile, saved: false }
      table.apply((list) => withListed(list, entry))
      return entry
    },
    saveBehind: (id, profile) => {
      if (isFull(profile.id)) return Promise.resolve(tooMany())
      const entry = { profile, saved: true }
      const indexIn = (list: ProfileList) => list.findIndex((other) => other.profile.id === id) + 1
      return commit((list) => withListedAt(list, indexIn(list), entry), entry)
    },
    arrange: (places) => commit((list) => arranged(list, places), null),
    remove: async (id) => {
      const index = table.current().findIndex(({ profile }) => profile.id === id)
      const entry = table.current()[index]
      if (!entry) return unknownProfile(id)
      const result = await commit((list) => withoutListed(list, id), null)
      if (result.ok) removed.set(id, { entry, index })
      return result
    },
    restore: async (id) => {
      const last = removed.get(id)
      // A new one that took its id is another connection.
      if (!last || findListed(table.current(), id)) return unknownProfile(id)
      const result = await commit((list) => withListedAt(list, last.index, last.entry), last.entry)
      if (result.ok) removed.delete(id)
      return result
    },
    settled: async () => {
      // The last try to write what is held.
      if (table.current().some(({ onDisk }) => onDisk !== undefined)) await table.commit((list) => list)
      await file.settled()
    },
  }
}
