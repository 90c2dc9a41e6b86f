import { ok, type Result } from '#shared/result'
import type { PublishLibraryStore } from '../storage/publishLibraryStore'
import type { CollectionFolder } from './collectionFolder'
import { encodeFileName } from './fileNames'

/**
 * Moves the named messages of an older application into the shared collection, once: they leave the library when all of them are
 * on disk, and what a crash has left halfway is not moved twice. Fails with `storageFailed`; then they stay for the next start.
 */
export const moveSavedMessages = async (
  library: Pick<PublishLibraryStore, 'savedMessages' | 'savedMessagesMoved'>,
  shared: CollectionFolder,
): Promise<Result<null>> => {
  const saved = library.savedMessages()
  if (saved.length === 0) return ok(null)
  await shared.check()
  const known = new Set(shared.messages().map(({ id }) => id))
  const kept = saved.map(({ id, name, folder, message }, index) => ({
    id,
    name,
    folder: folder.trim() === '' ? '' : encodeFileName(folder.trim()),
    order: 1000 * (index + 1),
    shortcut: '',
    message,
  }))
  const result = shared.save(kept.filter(({ id }) => !known.has(id)))
  if (!result.ok) return result
  await shared.settled()
  const failure = shared.messages().find(({ unsaved }) => unsaved !== null)?.unsaved
  return failure ? { ok: false, error: failure } : library.savedMessagesMoved()
}
