import type { SentMessage, PublishLibrary } from '#shared/model/publish'
import { defineAppState } from '../../../state/app'
import { noticesState } from '../../../state/notices'
import { withHistory, withoutHistory, withSent } from './libraryChanges'
import { createSaveSoon } from './saveSoon'

/** The last messages that were sent. Each change shows at once and is written soon. */
export interface LibraryState {
  readonly library: PublishLibrary
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

    keepSent: (connectionId, entry) => keep(withSent(library(), connectionId, entry)),

    clearHistory: (connectionId) => {
      const entries = historyIn(library(), connectionId)
      keep(withoutHistory(library(), connectionId))
      return () => keep(withHistory(library(), connectionId, entries))
    },
  }
})

/** What was sent on the connection, newest first. */
export const selectHistory =
  (connectionId: string) =>
  ({ library }: LibraryState): readonly SentMessage[] =>
    historyIn(library, connectionId)

const noEntries: readonly SentMessage[] = []
const historyIn = ({ history }: PublishLibrary, connectionId: string) => history[connectionId] ?? noEntries
