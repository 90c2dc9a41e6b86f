import type { Profile, ProfileId } from '#shared/model/profile'

/** `saved: false` = opened from the command line; it is never written to disk. */
export interface ListedProfile {
  readonly profile: Profile
  readonly saved: boolean
  /** What the disk has where it did not take the profile as it is; null = nothing. Absent = the disk has it. */
  readonly onDisk?: Profile | null
}
export type ProfileList = readonly ListedProfile[]

export interface ProfilePlace {
  readonly id: ProfileId
  readonly folder: string
}

export const findListed = (list: ProfileList, id: ProfileId): ListedProfile | undefined =>
  list.find(({ profile }) => profile.id === id)

/** Replaces the one with the same id in its place, or adds it at the end. */
export const withListed = (list: ProfileList, entry: ListedProfile): ProfileList =>
  findListed(list, entry.profile.id)
    ? list.map((existing) => (existing.profile.id === entry.profile.id ? entry : existing))
    : [...list, entry]

/** Replaces those with the same ids in their places, adds others at the end, and leaves out what is removed. */
export const withChange = (list: ProfileList, put: readonly Profile[], remove: ReadonlySet<ProfileId>): ProfileList => {
  const wanted = new Map(put.map((profile) => [profile.id, { profile, saved: true }]))
  const known = new Set(list.map(({ profile }) => profile.id))
  return [
    ...list.filter(({ profile }) => !remove.has(profile.id)).map((entry) => wanted.get(entry.profile.id) ?? entry),
    ...[...wanted.values()].filter(({ profile }) => !known.has(profile.id)),
  ]
}

/** The disk took everything. */
export const allOnDisk = (list: ProfileList): ProfileList => list.map(({ profile, saved }) => ({ profile, saved }))

/** The list with a profile that the disk did not take. */
export const withHeld = (list: ProfileList, profile: Profile): ProfileList => {
  const before = findListed(list, profile.id)
  const onDisk = before?.onDisk === undefined ? (before?.saved === true ? before.profile : null) : before.onDisk
  return withListed(list, { profile, saved: true, onDisk })
}

export const withListedAt = (list: ProfileList, index: number, entry: ListedProfile): ProfileList =>
  list.toSpliced(Math.min(index, list.length), 0, entry)

export const withoutListed = (list: ProfileList, id: ProfileId): ProfileList =>
  list.filter(({ profile }) => profile.id !== id)

/** The list in the order of `places`; unknown ids are passed over, and profiles not named keep their order at the end. */
export const arranged = (list: ProfileList, places: readonly ProfilePlace[]): ProfileList => {
  const byId = new Map(list.map((entry) => [entry.profile.id, entry]))
  const placed = places.flatMap(({ id, folder }) => {
    const entry = byId.get(id)
    byId.delete(id)
    return entry ? [{ ...entry, profile: { ...entry.profile, folder } }] : []
  })
  return [...placed, ...byId.values()]
}
