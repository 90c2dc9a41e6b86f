import { rmdir } from 'node:fs/promises'
import type { ImportedMessage } from '#shared/importing/importedConnection'
import { stableId } from '#shared/importing/stableId'
import type { CollectionMessage, KeptMessage } from '#shared/model/collection'
import type { ProfileId } from '#shared/model/profile'
import { ok, type Result } from '#shared/result'
import type { CollectionFolder } from '../collections/collectionFolder'
import { encodeFileName } from '../collections/fileNames'

type MessageFolder = Pick<CollectionFolder, 'place' | 'check' | 'messages' | 'save' | 'remove' | 'settled'>

/**
 * Puts the messages of a connection into its collection; those that were imported before are replaced. Answers, when they are
 * on disk, how the collection becomes what it was.
 */
export const keepImportedMessages = async (
  folder: MessageFolder,
  messages: readonly ImportedMessage[],
  profileId: ProfileId,
): Promise<Result<() => Promise<void>>> => {
  if (messages.length === 0) return ok(() => Promise.resolve())
  await folder.check()
  const before = new Map(folder.messages().map((message) => [message.id, message]))
  const kept = messages.map((message, index) => keptMessage(message, { profileId, index }))
  const saved = folder.save(kept)
  if (!saved.ok) return saved
  await folder.settled()
  const putBack = async () => {
    const added = kept.filter(({ id }) => !before.has(id))
    folder.remove(added.map(({ id }) => id))
    folder.save(kept.flatMap(({ id }) => withoutMark(before.get(id))))
    await folder.settled()
    // It was made for them.
    if (before.size === 0) await rmdir(folder.place.path).catch(() => undefined)
  }
  const ids = new Set(kept.map(({ id }) => id))
  const failure = folder.messages().find(({ id, unsaved }) => unsaved !== null && ids.has(id))?.unsaved
  if (!failure) return ok(putBack)
  await putBack()
  return { ok: false, error: failure }
}

const withoutMark = (message: CollectionMessage | undefined): readonly KeptMessage[] => {
  if (!message) return []
  const { unsaved: _unsaved, ...kept } = message
  return [kept]
}

const keptMessage = (
  { name, folders, message, kept }: ImportedMessage,
  { profileId, index }: { readonly profileId: string; readonly index: number },
): KeptMessage => ({
  id: kept?.id ?? `import-${stableId(JSON.stringify([profileId, folders, name, index]))}`,
  name,
  folder: folders.map(encodeFileName).join('/'),
  order: kept ? kept.order : 1000 * (index + 1),
  shortcut: kept?.shortcut ?? '',
  message,
})
