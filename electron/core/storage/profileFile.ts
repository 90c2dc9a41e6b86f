import { profileSchema, type Profile } from '#shared/model/profile'

/** What `profiles.json` holds. `setAside` are profiles this version could not read, as they stood in the file. */
export interface ProfileFileContent {
  readonly profiles: readonly Profile[]
  readonly setAside: readonly unknown[]
}

export interface ParsedProfiles extends ProfileFileContent {
  /** How many of `setAside` were still among the profiles. */
  readonly newlySetAside: number
}

/**
 * One profile that cannot be read loses none of the others: it is set aside raw, and tried again at every start, so
 * that a repaired file or a newer version brings it back. Throws when there is no list at all.
 */
export const parseProfiles = (content: unknown): ParsedProfiles => {
  const listed = listIn(content, 'profiles')
  if (!listed) throw new Error('The file has no list of profiles.')
  const before = listIn(content, 'setAside') ?? []
  const profiles = new Map<string, Profile>()
  const setAside: unknown[] = []
  for (const raw of [...listed, ...before]) {
    const parsed = profileSchema.safeParse(raw)
    if (parsed.success && !profiles.has(parsed.data.id)) profiles.set(parsed.data.id, parsed.data)
    else setAside.push(raw)
  }
  const newlySetAside = setAside.filter((raw) => listed.includes(raw)).length
  return { profiles: [...profiles.values()], setAside, newlySetAside }
}

const listIn = (content: unknown, name: string): readonly unknown[] | null => {
  if (typeof content !== 'object' || content === null) return null
  const value: unknown = Reflect.get(content, name)
  return Array.isArray(value) ? value : null
}
