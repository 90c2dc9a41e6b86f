import type { HistoryEntry, PublishLibrary, SavedMessage } from '#shared/model/publish'
import { fail, ok, type AppError, type Result } from '#shared/result'
import type { Api } from '../../ipc/api'
import type { AppState } from '../../store/appStore'
import { emptyDraft, isOnDisk, type Draft } from './draft'
import { keptMessage, withHistory, withoutHistory, withoutSaved, withRestored, withSaved } from './libraryChanges'

export interface LibraryVerbs {
  /**
   * Keeps the draft of a connection under a name, with what is in its file now; answers why not, `fileTooLarge` where its
   * payload is too large to keep.
   */
  readonly saveDraftAs: (connectionId: string, place: Pick<SavedMessage, 'name' | 'folder'>) => Promise<AppError | null>
  /** Gives a saved message another name or folder. */
  readonly renameSavedMessage: (id: string, place: Pick<SavedMessage, 'name' | 'folder'>) => void
  /** Answers what brings it back, or null where there was none. */
  readonly deleteSavedMessage: (id: string) => (() => void) | null
  /** Answers what brings the entries back. */
  readonly clearHistory: (connectionId: string) => () => void
}

interface LibraryTools {
  readonly api: Api
  /** Shows a library at once and stores it soon. */
  readonly keep: (library: PublishLibrary) => void
  readonly newId: () => string
}

/** The bytes that take the place of the editor's text; null = none do. */
const bytesOf = async (api: Api, { file }: Draft): Promise<Result<Uint8Array | null>> => {
  if (!file || !isOnDisk(file)) return ok(file ? file.bytes : null)
  return api.invoke('payloadFile.read', { fileToken: file.token })
}

/** Verbs over the library. */
export const libraryVerbs = (get: () => AppState, { api, keep, newId }: LibraryTools): LibraryVerbs => ({
  saveDraftAs: async (connectionId, place) => {
    const draft = get().publishDrafts[connectionId] ?? emptyDraft
    const bytes = await bytesOf(api, draft)
    if (!bytes.ok) return bytes.error
    const message = keptMessage({ message: draft.message, bytes: bytes.value })
    if (!message) return fail('fileTooLarge', 'The payload is too large to keep.').error
    keep(withSaved(get().library, { id: newId(), ...place, message }))
    return null
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
