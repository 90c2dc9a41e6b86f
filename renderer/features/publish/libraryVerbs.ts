import type { HistoryEntry, PublishLibrary, SavedMessage } from '#shared/model/publish'
import type { AppState } from '../../store/appStore'
import { emptyDraft } from './draft'
import { keptMessage, withHistory, withoutHistory, withoutSaved, withRestored, withSaved } from './libraryChanges'

export interface LibraryVerbs {
  /** Keeps the draft of a connection under a name; false where its payload is too large to keep. */
  readonly saveDraftAs: (connectionId: string, place: Pick<SavedMessage, 'name' | 'folder'>) => boolean
  /** Gives a saved message another name or folder. */
  readonly renameSavedMessage: (id: string, place: Pick<SavedMessage, 'name' | 'folder'>) => void
  /** Answers what brings it back, or null where there was none. */
  readonly deleteSavedMessage: (id: string) => (() => void) | null
  /** Answers what brings the entries back. */
  readonly clearHistory: (connectionId: string) => () => void
}

/** Verbs over the library; `keep` shows a library at once and stores it soon. */
export const libraryVerbs = (
  get: () => AppState,
  keep: (library: PublishLibrary) => void,
  newId: () => string,
): LibraryVerbs => ({
  saveDraftAs: (connectionId, place) => {
    const message = keptMessage(get().publishDrafts[connectionId] ?? emptyDraft)
    if (message) keep(withSaved(get().library, { id: newId(), ...place, message }))
    return message !== null
  },

  renameSavedMessage: (id, place) => {
    const saved = get().library.savedMessages.find((one) => one.id === id)
    if (saved) keep(withSaved(get().library, { ...saved, ...place }))
  },

  deleteSavedMessage: (id) => {
    const index = get().library.savedMessages.findIndex((one) => one.id === id)
    const saved = get().library.savedMessages[index]
    if (!saved) return null
    keep(withoutSaved(get().library, id))
    return () => keep(withRestored(get().library, saved, index))
  },

  clearHistory: (connectionId) => {
    const entries: readonly HistoryEntry[] = get().library.history[connectionId] ?? []
    keep(withoutHistory(get().library, connectionId))
    return () => keep(withHistory(get().library, connectionId, entries))
  },
})
