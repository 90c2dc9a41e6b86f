import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import {
  collectionLimits,
  type CollectionChange,
  type CollectionMessage,
  type KeptMessage,
} from '#shared/model/collection'
import { fail, ok, type Result } from '#shared/result'
import { createCollectionDisk, writeFailure, type CollectionDisk } from './collectionDisk'
import { messageOf } from './collectionEntry'
import { createCollectionMemory, lastPart, type CollectionMemory, type CollectionPlace } from './collectionMemory'
import { decodeFileName, encodeFileName, fitsFileName, foldFileName } from './fileNames'
import { pathIn } from './scanFolder'
import { ordersAfterMove } from '#shared/model/siblingOrder'
import { makeFolder, removeEmptyFolders } from './writeMessage'

export interface CollectionFolderOptions {
  readonly place: CollectionPlace
  readonly newId: () => string
  readonly onChange: (change: CollectionChange) => void
}

/**
 * A folder of messages: what is changed here is so at once, and on disk soon after, one file after the other. What the disk
 * refuses stays changed and says so until it is written. What is changed outside is taken over; where a file was changed on both
 * sides at once, both are kept.
 */
export interface CollectionFolder extends FolderVerbs {
  readonly place: CollectionPlace
  /** Everything that is in it now. */
  whole(): CollectionChange
  messages(): readonly CollectionMessage[]
  /** Adds messages, or changes those with their ids. */
  save(messages: readonly KeptMessage[]): Result<null>
  /** Puts a message before another one of a folder (null = at its end). */
  move(id: string, folder: string, beforeId: string | null): Result<null>
  remove(ids: readonly string[]): Result<null>
  /** Writes again what could not be written. */
  retry(): void
  /** Looks for what was changed outside. */
  check(): Promise<void>
  settled(): Promise<void>
  close(): void
}

interface FolderVerbs {
  /** Answers its path. Fails with `nameTaken`. */
  addFolder(parent: string, name: string): Promise<Result<string>>
  /** Gives a folder another name, or moves it into another folder. Answers its path. Fails with `nameTaken`. */
  moveFolder(folder: string, parent: string, name: string): Promise<Result<string>>
  /** Removes its messages, and the folders that are empty then; what is not ours stays. */
  removeFolder(folder: string): Promise<Result<null>>
}

export const createCollectionFolder = ({ place, newId, onChange }: CollectionFolderOptions): CollectionFolder => {
  const memory = createCollectionMemory(place, onChange)
  const disk = createCollectionDisk(memory, newId)
  const { entries, tell } = memory
  const writeSoon = () => void disk.inTurn(disk.writeAll)
  const messages = () => [...entries.values()].map(messageOf)

  return {
    ...createFolderVerbs(memory, disk),
    place,
    whole: memory.whole,
    messages,

    save: (wanted) => {
      if (wanted.some(({ folder }) => !memory.canHold(folder))) return notThere('folder')
      const added = wanted.filter(({ id }) => !entries.has(id)).length
      if (entries.size + added > collectionLimits.messages)
        return fail('invalidInput', 'There are too many messages in this collection.', { field: 'messages' })
      tell(wanted.map((one) => memory.change(memory.entryFor(one))))
      writeSoon()
      return ok(null)
    },

    move: (id, folder, beforeId) => {
      const moved = entries.get(id)
      if (!moved) return notThere('message')
      if (!memory.canHold(folder)) return notThere('folder')
      const others = memory.messagesIn(folder).filter((one) => one.id !== id)
      const orders = ordersAfterMove([...others, messageOf(moved)], id, beforeId)
      const changed = [...new Set([id, ...orders.keys()])].flatMap((changedId) => {
        const one = entries.get(changedId)
        if (!one) return []
        const filed = { ...one.filed, order: orders.get(changedId) ?? one.filed.order }
        return [memory.change({ ...one, filed, folder: changedId === id ? folder : one.folder })]
      })
      tell(changed)
      writeSoon()
      return ok(null)
    },

    remove: (ids) => {
      if (!ids.every((id) => entries.has(id))) return notThere('message')
      memory.doom(ids)
      tell([], ids)
      void disk.inTurn(disk.removeDoomed)
      return ok(null)
    },

    retry: writeSoon,
    check: disk.check,
    settled: disk.settled,
    close: disk.close,
  }
}

const isBelow = (folder: string, above: string) => folder === above || folder.startsWith(`${above}/`)

/** Folders are what is on disk, so these verbs answer when the disk has. */
const createFolderVerbs = (memory: CollectionMemory, disk: CollectionDisk): FolderVerbs => {
  const { place, entries, names, isFolder, tell } = memory
  const root = place.path
  const isTaken = (folder: string) => {
    const taken = names.get(folder.split('/').slice(0, -1).join('/'))
    return taken?.has(foldFileName(lastPart(folder))) ?? false
  }
  const orFailure = async <Answer>(name: string, job: () => Promise<Result<Answer>>): Promise<Result<Answer>> =>
    disk.inTurn(async () => {
      try {
        return await job()
      } catch (error) {
        return { ok: false, error: writeFailure(name, error) }
      }
    })

  const renamed = async (from: string, to: string) => {
    const moved = (path: string) => (isBelow(path, from) ? to + path.slice(from.length) : path)
    await rename(join(root, from), join(root, to))
    const below = [...entries.values()].filter(({ folder }) => isBelow(folder, from))
    const after = below.map((entry) => {
      const file = entry.file && { ...entry.file, path: moved(entry.file.path) }
      return memory.put({ ...entry, folder: moved(entry.folder), file })
    })
    memory.setFacts({ folders: memory.folders().map(moved) })
    tell(after)
    await disk.look()
  }

  return {
    addFolder: async (parent, name) => {
      const folder = pathIn(parent, encodeFileName(name))
      if (!isFolder(parent)) return notThere('folder')
      if (!fitsFileName(name) || !memory.canHold(folder)) return tooLong()
      return orFailure(name, async () => {
        if (isTaken(folder)) return nameTaken(name)
        await makeFolder(root, folder)
        await disk.look()
        return ok(folder)
      })
    },

    moveFolder: async (folder, parent, name) => {
      const to = pathIn(parent, encodeFileName(name))
      if (folder === '' || !isFolder(folder) || !isFolder(parent) || isBelow(parent, folder)) return notThere('folder')
      if (!fitsFileName(name) || to.split('/').length > collectionLimits.depth) return tooLong()
      if (to === folder) return ok(to)
      return orFailure(name, async () => {
        await disk.writeAll()
        if (isTaken(to) && foldFileName(to) !== foldFileName(folder)) return nameTaken(name)
        await renamed(folder, to)
        return ok(to)
      })
    },

    removeFolder: async (folder) => {
      if (folder === '' || !isFolder(folder)) return notThere('folder')
      const ids = [...entries.values()].filter((entry) => isBelow(entry.folder, folder)).map(({ id }) => id)
      const all = memory.folders().filter((path) => isBelow(path, folder))
      memory.doom(ids)
      memory.setFacts({ folders: memory.folders().filter((path) => !all.includes(path)) })
      tell([], ids)
      return orFailure(decodeFileName(lastPart(folder)), async () => {
        await disk.removeDoomed()
        await removeEmptyFolders(root, all)
        await disk.look()
        return ok(null)
      })
    },
  }
}

const notThere = (what: string) => fail('notFound', `There is no such ${what}.`)
const nameTaken = (name: string) => fail('nameTaken', `There is a folder ${name} already.`, { values: { name } })
const tooLong = () => fail('invalidInput', 'The folder would be too deep, or its name is too long.', { field: 'name' })
