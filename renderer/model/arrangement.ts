import type { ProfileEntry } from '#shared/model/profile'

/** The whole list in its order, each connection with its folder ('' = none). */
export type Arrangement = readonly { readonly id: string; readonly folder: string }[]

/** Where a connection goes: before another one, or (null) to the end of the folder. */
export interface FolderPlace {
  readonly folder: string
  readonly beforeId: string | null
}

interface Group {
  readonly folder: string
  readonly ids: readonly string[]
}

/** Folders in the order of their first member. */
export const foldersOf = (profiles: readonly ProfileEntry[]): readonly string[] => [
  ...new Set(profiles.map(({ profile }) => profile.folder).filter((folder) => folder !== '')),
]

/** The list with one connection in its new place, in the order the list shows. */
export const moved = (profiles: readonly ProfileEntry[], id: string, place: FolderPlace): Arrangement => {
  const groups = groupsOf(profiles)
  const known = groups.some(({ folder }) => folder === place.folder)
  const targets = known ? groups : [...groups, { folder: place.folder, ids: [] }]
  return arrangementOf(
    targets.map(({ folder, ids }) => {
      if (folder !== place.folder) return { folder, ids: ids.filter((one) => one !== id) }
      if (place.beforeId === id) return { folder, ids }
      const rest = ids.filter((one) => one !== id)
      const index = place.beforeId === null ? -1 : rest.indexOf(place.beforeId)
      const at = index < 0 ? rest.length : index
      return { folder, ids: [...rest.slice(0, at), id, ...rest.slice(at)] }
    }),
  )
}

/** Where one step up or down leads, also across the edge of a folder; null at the ends of the list. */
export const stepPlace = (profiles: readonly ProfileEntry[], id: string, step: -1 | 1): FolderPlace | null => {
  const groups = groupsOf(profiles)
  const groupIndex = groups.findIndex(({ ids }) => ids.includes(id))
  const group = groups[groupIndex]
  if (!group) return null
  const index = group.ids.indexOf(id)
  const target = index + step
  if (target >= 0 && target < group.ids.length)
    return { folder: group.folder, beforeId: group.ids[step < 0 ? target : target + 1] ?? null }
  const next = groups[groupIndex + step]
  if (!next) return null
  return { folder: next.folder, beforeId: step < 0 ? null : (next.ids[0] ?? null) }
}

export const withFolders = (profiles: readonly ProfileEntry[], arrangement: Arrangement): readonly ProfileEntry[] => {
  const byId = new Map(profiles.map((entry) => [idOf(entry), entry]))
  return arrangement.flatMap(({ id, folder }) => {
    const entry = byId.get(id)
    return entry ? [{ ...entry, profile: { ...entry.profile, folder } }] : []
  })
}

/** Replaces the entry of the same id, or adds it at the end. */
export const withEntry = (profiles: readonly ProfileEntry[], entry: ProfileEntry): readonly ProfileEntry[] =>
  profiles.some((one) => idOf(one) === idOf(entry))
    ? profiles.map((one) => (idOf(one) === idOf(entry) ? entry : one))
    : [...profiles, entry]

/** The connection in view after the list changed: the same, or the one that took its place. */
export const neighbourOf = (
  activeId: string | null,
  before: readonly ProfileEntry[],
  after: readonly ProfileEntry[],
): string | null => {
  const stillThere = after.some((entry) => idOf(entry) === activeId)
  if (stillThere) return activeId
  const index = before.findIndex((entry) => idOf(entry) === activeId)
  const near = after[Math.min(Math.max(index, 0), after.length - 1)]
  return near ? idOf(near) : null
}

const idOf = (entry: ProfileEntry): string => entry.profile.id

/** Connections without a folder come first, as the list shows them. */
const groupsOf = (profiles: readonly ProfileEntry[]): readonly Group[] =>
  ['', ...foldersOf(profiles)].map((folder) => ({
    folder,
    ids: profiles.filter(({ profile }) => profile.folder === folder).map(idOf),
  }))

const arrangementOf = (groups: readonly Group[]): Arrangement =>
  groups.flatMap(({ folder, ids }) => ids.map((id) => ({ id, folder })))
