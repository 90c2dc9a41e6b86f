import type { SavedQuery } from '#shared/model/settings'
import { profilesState } from '../../../state/profiles'
import { settingsState } from '../../../state/settings'
import { useApp, useAppObject } from '../../../state/useApp'
import { useConnectionObject } from '../../../state/useConnection'

interface SavedQueries {
  /** In the order of saving. */
  readonly saved: readonly SavedQuery[]
  /** A query that is saved already gets the new name. */
  save(query: SavedQuery): void
  remove(query: string): void
}

const none: readonly SavedQuery[] = []

/** The saved queries of the connection. They stand in the settings: a profile may be of this run only, and its query not. */
export const useSavedQueries = (): SavedQueries => {
  const app = useAppObject()
  const { id } = useConnectionObject()
  const saved = useApp(settingsState, ({ settings }) => settings.savedQueries[id] ?? none)
  const keep = (queries: readonly SavedQuery[]) => {
    const { settings, save } = app.get(settingsState)
    const known = new Set(app.get(profilesState).entries.map(({ profile }) => profile.id))
    // With a connection its queries go.
    const others = Object.entries(settings.savedQueries).filter(([one]) => one !== id && known.has(one))
    void save({ savedQueries: Object.fromEntries([...others, [id, [...queries]]]) })
  }
  const without = (query: string) => saved.filter((one) => one.query !== query)
  return {
    saved,
    save: (query) => keep([...without(query.query), query]),
    remove: (query) => keep(without(query)),
  }
}
