import { join } from 'node:path'
import { readdir, realpath } from 'node:fs/promises'
import {
  collectionIdOf,
  connectionOfCollection,
  sharedCollectionId,
  type CollectionChange,
} from '#shared/model/collection'
import type { ProfileId } from '#shared/model/profile'
import { fail, ok, type AppError, type Result } from '#shared/result'
import { createCollectionFolder, type CollectionFolder } from './collectionFolder'
import { createCollectionExchange, type CollectionExchange } from './exchange'
import { decodeFileName, encodeFileName } from './fileNames'
import type { OpenedFolders } from './openedFolders'
import type { Dialogs } from '../files/dialogs'
import type { FileWriting } from '../files/fileWriting'
import type { PublishLibraryStore } from '../storage/publishLibraryStore'
import { moveSavedMessages } from './moveSavedMessages'

export interface CollectionsParts {
  readonly dataDir: string
  readonly opened: OpenedFolders
  readonly library: Pick<PublishLibraryStore, 'savedMessages' | 'savedMessagesMoved'>
  readonly dialogs: Dialogs
  readonly files: Pick<FileWriting, 'save'>
  readonly newId: () => string
  readonly onChange: (change: CollectionChange) => void
  readonly onClosed: (collectionId: string) => void
  readonly onNotice: (notice: AppError) => void
}

/** Where a message comes: before another one, or to the end of the folder (null). */
interface MessagePlace {
  readonly collectionId: string
  readonly folder: string
  readonly beforeId: string | null
}

/** All collections: the shared one, one of each connection that has messages, and folders that were opened. */
export interface Collections extends CollectionExchange {
  /** Fails with `notFound`. The collection of a connection is made when it is first asked for. */
  find(collectionId: string): Result<CollectionFolder>
  /** Tells all of each, as soon as it is read. */
  load(): void
  /** Looks for what was changed outside. */
  check(): void
  /** Asks for a folder; answers the id of its collection, null = cancelled. */
  openFolder(): Promise<Result<string | null>>
  /** Takes an opened folder off the list; nothing on disk is touched. */
  close(collectionId: string): Promise<Result<null>>
  /** Moves a message, also into another collection, before one there or to the end of a folder. */
  move(messageId: string, from: string, to: MessagePlace): Promise<Result<null>>
  /** Resolves when everything is on disk, and watches no longer. */
  dispose(): Promise<void>
}

export const createCollections = (parts: CollectionsParts): Collections => {
  const { dataDir, opened, dialogs, files, newId, onChange, onClosed } = parts
  const folders = join(dataDir, 'collections')
  const all = new Map<string, CollectionFolder>()
  /** Ids of those that the window has as a whole, so that changes make sense to it. */
  const told = new Set<string>()

  const add = (place: CollectionFolder['place']): CollectionFolder => {
    const folder = createCollectionFolder({
      place,
      newId,
      onChange: (change) => told.has(place.id) && onChange(change),
    })
    all.set(place.id, folder)
    return folder
  }
  const addOfConnection = (connectionId: ProfileId) =>
    add({
      id: collectionIdOf(connectionId),
      kind: 'connection',
      connectionId,
      path: join(folders, 'connections', encodeFileName(connectionId)),
    })
  const addOpened = ({ id, path }: { readonly id: string; readonly path: string }) =>
    add({ id, kind: 'opened', connectionId: null, path })
  const tell = (folder: CollectionFolder) => {
    told.add(folder.place.id)
    onChange(folder.whole())
  }
  const tellRead = async (folder: CollectionFolder) => {
    await folder.check()
    tell(folder)
  }
  const find = (collectionId: string): Result<CollectionFolder> => {
    const known = all.get(collectionId)
    if (known) return ok(known)
    const connectionId = connectionOfCollection(collectionId)
    if (connectionId === null) return missing
    const made = addOfConnection(connectionId)
    tell(made)
    return ok(made)
  }
  const shared = add({ id: sharedCollectionId, kind: 'shared', connectionId: null, path: join(folders, 'shared') })
  opened.current().forEach(addOpened)

  const loadAll = async () => {
    for (const id of await connectionsIn(join(folders, 'connections')))
      if (!all.has(collectionIdOf(id))) addOfConnection(id)
    const moved = await moveSavedMessages(parts.library, shared)
    if (!moved.ok) parts.onNotice(moved.error)
    await Promise.all([...all.values()].map(tellRead))
  }

  return {
    ...createCollectionExchange({ find, dialogs, files, newId }),
    find,
    load: () => void loadAll(),
    check: () => void Promise.all([...all.values()].map((folder) => folder.check())),

    openFolder: async () => {
      const chosen = await dialogs.choosePath('collection')
      if (chosen === null) return ok(null)
      const path = await realpath(chosen)
      const already = [...all.values()].find(({ place }) => place.path === path)
      if (already) return ok(already.place.id)
      const id = newId()
      const saved = await opened.add({ id, path })
      if (!saved.ok) return saved
      await tellRead(addOpened({ id, path }))
      return ok(id)
    },

    close: async (collectionId) => {
      const folder = all.get(collectionId)
      if (folder?.place.kind !== 'opened') return missing
      await folder.settled()
      folder.close()
      all.delete(collectionId)
      onClosed(collectionId)
      return opened.remove(collectionId)
    },

    move: async (messageId, fromId, { collectionId, folder, beforeId }) => {
      const [from, to] = [find(fromId), find(collectionId)]
      if (!from.ok) return from
      if (!to.ok) return to
      const message = from.value.messages().find(({ id }) => id === messageId)
      if (from.value === to.value || !message) return from.value.move(messageId, folder, beforeId)
      const { unsaved: _unsaved, order: _order, ...kept } = message
      const saved = to.value.save([{ ...kept, folder }])
      if (!saved.ok) return saved
      if (beforeId !== null) to.value.move(messageId, folder, beforeId)
      // It goes from where it was when it is on disk where it comes.
      await to.value.settled()
      const moved = to.value.messages().find(({ id }) => id === messageId)
      return moved?.unsaved ? { ok: false, error: moved.unsaved } : from.value.remove([messageId])
    },

    dispose: async () => {
      await Promise.all([...all.values()].map((folder) => folder.settled()))
      for (const folder of all.values()) folder.close()
    },
  }
}

const missing = fail('notFound', 'There is no such collection.')

const connectionsIn = async (path: string): Promise<readonly ProfileId[]> => {
  try {
    const entries = await readdir(path, { withFileTypes: true })
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => decodeFileName(name))
  } catch {
    return []
  }
}
