import type { Profile } from '#shared/model/profile'

type ImportState = 'new' | 'same' | 'changed' | 'cannot'

export interface ImportTarget {
  readonly state: ImportState
  /** As it will be saved. */
  readonly profile: Profile | null
}

/**
 * What an import makes of the profiles that are there. One that was imported before has the same id: what only Topicscope has of
 * it (its colour, its environment ...) stays.
 */
export const importTarget = (imported: Profile | null, known: readonly Profile[]): ImportTarget => {
  if (!imported) return { state: 'cannot', profile: null }
  const before = known.find(({ id }) => id === imported.id)
  if (!before) return { state: 'new', profile: imported }
  const { colour, environmentId, production, lenient, subscriptionIdentifiers } = before
  const profile = { ...imported, colour, environmentId, production, lenient, subscriptionIdentifiers }
  return { state: JSON.stringify(profile) === JSON.stringify(before) ? 'same' : 'changed', profile }
}
