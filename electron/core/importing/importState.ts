import { withOrderedFields } from '#shared/exporting/ownFormat'
import type { ImportedConnection } from '#shared/importing/importedConnection'
import type { ImportState } from '#shared/model/importPlan'
import { networkSchema } from '#shared/model/network'
import { profileSchema, type Profile } from '#shared/model/profile'

export interface ImportTarget {
  readonly state: ImportState
  /** As it will be saved. */
  readonly profile: Profile | null
}

/**
 * What an import makes of the profiles that are there. One that was imported before has the same id: what only Topicscope has of
 * it (its colour, its environment ...) stays, unless the file is ours and says that as well. A certificate whose file the profile
 * names already stays where it is.
 */
export const importTarget = (
  { profile: imported, isWhole, filesThere }: Pick<ImportedConnection, 'profile' | 'isWhole' | 'filesThere'>,
  known: ReadonlyMap<string, Profile>,
): ImportTarget => {
  if (!imported) return { state: 'cannot', profile: null }
  const before = known.get(imported.id)
  if (!before) return { state: 'new', profile: imported }
  const profile = isWhole ? withKnownFiles(imported, filesThere, before) : withOwnFields(imported, before)
  return { state: textOf(profile) === textOf(before) ? 'same' : 'changed', profile }
}

export const byId = (profiles: readonly Profile[]): ReadonlyMap<string, Profile> =>
  new Map(profiles.map((profile) => [profile.id, profile]))

const withKnownFiles = (imported: Profile, there: Profile['tls'] | null, before: Profile): Profile => {
  if (!there) return imported
  const known = (['caFile', 'certificateFile'] as const).filter((field) => there[field] === before.tls[field])
  return { ...imported, tls: { ...imported.tls, ...Object.fromEntries(known.map((field) => [field, there[field]])) } }
}

/** The certificates of the file that the profile names as it will be saved: those are written. */
export const certificatesFor = (
  { certificates }: Pick<ImportedConnection, 'certificates'>,
  profile: Profile | null,
): ImportedConnection['certificates'] => {
  const named = new Set<unknown>(profile ? Object.values(profile.tls) : [])
  return certificates.filter(({ path }) => named.has(path))
}

const withOwnFields = (imported: Profile, before: Profile): Profile => {
  const { colour, environmentId, production, lenient, subscriptionIdentifiers, authentication } = before
  // Most tools know of no proxy.
  const network = saysNetwork(imported) ? imported.network : before.network
  return { ...imported, colour, environmentId, production, lenient, subscriptionIdentifiers, authentication, network }
}

const usualNetwork = JSON.stringify(networkSchema.parse({}))
const saysNetwork = ({ network }: Profile) => JSON.stringify(networkSchema.parse(network)) !== usualNetwork

/** With its keys in the order of the schema, wherever the profile came from. */
const textOf = (profile: Profile): string => {
  const read = profileSchema.safeParse(profile)
  return JSON.stringify(withOrderedFields(read.success ? read.data : profile))
}
