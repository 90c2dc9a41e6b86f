import type { SentMessage, PublishLibrary, SavedMessage } from '#shared/model/publish'
import { defineAppState } from '../../../state/app'
import type { Composed } from '../../../state/composerRequest'
import { noticesState } from '../../../state/notices'
import { withHistory, withoutHistory, withoutSaved, withRestored, withSaved, withSent } from './libraryChanges'
import { createSaveSoon } from './saveSoon'

/** Where a named message stands in the library. */
export type SavedPlace = Pick<SavedMessage, 'name' | 'folder'>

/** Saved messages: those with a name, and the last sent ones. Each change shows at once and is written soon. */
export interface LibraryState {
  readonly library: PublishLibrary
  save(message: Composed, place: SavedPlace): void
  /** Gives a saved message another name or folder. */
  rename(id: string, place: SavedPlace): void
  /** Answers what brings it back, or null where there was none. */
  remove(id: string): (() => void) | null
  keepSent(connectionId: string, entry: SentMessage): void
  /** Answers what brings the entries back. */
  clearHistory(connectionId: string): () => void
}

/** The library is one file that is written whole. */
const pauseMs = 500

export const libraryState = defineAppState<LibraryState>('library', ({ owner: app, get, set }) => {
  const store = createSaveSoon((library: PublishLibrary) => {
    void app.api.invoke('library.save', library).then((result) => {
      if (!result.ok) app.get(noticesState).showError(result.error)
    })
  }, pauseMs)
  const keep = (library: PublishLibrary) => {
    set({ library })
    store.save(library)
  }
  const library = () => get().library

  return {
    library: app.snapshot.library,

    save: (message, place) => keep(withSaved(library(), { id: crypto.randomUUID(), ...place, message })),

    rename: (id, place) => {
      const saved = library().savedMessages.find((one) => one.id === id)
      if (saved) keep(withSaved(library(), { ...saved, ...place }))
    },

    remove: (id) => {
      const index = library().savedMessages.findIndex((one) => one.id === id)
      const saved = library().savedMessages[index]
      if (!saved) return null
      keep(withoutSaved(library(), id))
      return () => keep(withRestored(library(), saved, index))
    },

    keepSent: (connectionId, entry) => keep(withSent(library(), connectionId, entry)),

    clearHistory: (connectionId) => {
      const entries = historyIn(library(), connectionId)
      keep(withoutHistory(library(), connectionId))
      return () => keep(withHistory(library(), connectionId, entries))
    },
  }
})

export const selectSavedMessages = ({ library }: LibraryState): readonly SavedMessage[] => library.savedMessages

/** What was sent on the connection, newest first. */
export const selectHistory =
  (connectionId: string) =>
  ({ library }: LibraryState): readonly SentMessage[] =>
    historyIn(library, connectionId)

const noEntries: readonly SentMessage[] = []
const historyIn = ({ history }: PublishLibrary, connectionId: string) => history[connectionId] ?? noEntries
