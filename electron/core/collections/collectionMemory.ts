import { basename } from 'node:path'
import {
  collectionLimits,
  type CollectionChange,
  type CollectionFacts,
  type CollectionMessage,
  type DamagedFile,
  type KeptMessage,
} from '#shared/model/collection'
import type { AppError } from '#shared/result'
import { messageOf, type Entry } from './collectionEntry'
import { decodeFileName, encodeFileName } from './fileNames'
import { noExtra, type ExtraKeys } from './messageFile'
import { orderAtEnd } from '#shared/model/siblingOrder'

export type CollectionPlace = Pick<CollectionFacts, 'id' | 'kind' | 'connectionId' | 'path'>

/** What a look at the disk has found of a collection besides its messages. */
interface FoundFacts {
  readonly folders: readonly string[]
  readonly damaged: readonly DamagedFile[]
  readonly problem: AppError | null
}

/** A collection as it is shown, which is ahead of the disk. */
export interface CollectionMemory {
  readonly place: CollectionPlace
  readonly entries: ReadonlyMap<string, Entry>
  /** What is to be written, with the name under which it was written last. */
  readonly unwritten: Map<string, string | null>
  /** Removed here and not yet on the disk. */
  readonly doomed: Map<string, Entry>
  /** The names that stand in each folder on disk, by their fold. */
  readonly names: Map<string, Set<string>>
  folders(): readonly string[]
  isFolder(folder: string): boolean
  /** Whether a message may come there: a folder that is there, or one we can make. */
  canHold(folder: string): boolean
  messagesIn(folder: string): readonly CollectionMessage[]
  whole(): CollectionChange
  put(entry: Entry): Entry
  drop(id: string): void
  /** Replaces or adds it here, to be written. */
  change(entry: Entry): Entry
  /** Takes messages out, and off the disk later. */
  doom(ids: readonly string[]): void
  /** What a message is to become. */
  entryFor(kept: KeptMessage): Entry
  /** True = something of it is news. */
  setFacts(found: Partial<FoundFacts>): boolean
  tell(put: readonly Entry[], removed?: readonly string[]): void
}

/** The folder and those it is in, from the outside. */
export const foldersTo = (folder: string): readonly string[] => {
  const parts = folder === '' ? [] : folder.split('/')
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'))
}

export const lastPart = (path: string): string => path.split('/').at(-1) ?? path

/** Whether we would have made a folder of this name: then it can be made again, and leads nowhere else. */
const isOurs = (folder: string) =>
  folder.split('/').every((part) => part !== '' && encodeFileName(decodeFileName(part)) === part)

export const createCollectionMemory = (
  place: CollectionPlace,
  onChange: (change: CollectionChange) => void,
): CollectionMemory => {
  const entries = new Map<string, Entry>()
  const unwritten = new Map<string, string | null>()
  const doomed = new Map<string, Entry>()
  /** Unknown keys of what was removed, for when it is brought back. */
  const extraOfRemoved = new Map<string, ExtraKeys>()
  let found: FoundFacts = { folders: [], damaged: [], problem: null }

  const facts = (): CollectionFacts => ({
    ...place,
    ...found,
    name: basename(place.path),
    folders: found.folders.map((path) => ({ path, name: decodeFileName(lastPart(path)) })),
  })
  const isFolder = (folder: string) => folder === '' || found.folders.includes(folder)
  const messagesIn = (folder: string) => [...entries.values()].filter((entry) => entry.folder === folder).map(messageOf)
  const put = (entry: Entry): Entry => {
    entries.set(entry.id, entry)
    return entry
  }
  const placeOf = ({ id, folder, order }: KeptMessage, known: Entry | undefined): number | null => {
    if (order !== undefined) return order
    if (known?.folder === folder) return known.filed.order
    return orderAtEnd(messagesIn(folder).filter((sibling) => sibling.id !== id))
  }

  return {
    place,
    entries,
    unwritten,
    doomed,
    names: new Map(),
    folders: () => found.folders,
    isFolder,
    canHold: (folder) => isFolder(folder) || (isOurs(folder) && folder.split('/').length <= collectionLimits.depth),
    messagesIn,
    whole: () => ({ facts: facts(), isWhole: true, put: [...entries.values()].map(messageOf), removed: [] }),
    put,
    drop: (id) => void entries.delete(id),

    change: (entry) => {
      if (!unwritten.has(entry.id)) unwritten.set(entry.id, entries.get(entry.id)?.filed.name ?? null)
      const added = foldersTo(entry.folder).filter((folder) => !isFolder(folder))
      if (added.length > 0) found = { ...found, folders: [...found.folders, ...added] }
      return put(entry)
    },

    doom: (ids) => {
      for (const id of ids) {
        const entry = entries.get(id)
        if (!entry) continue
        entries.delete(id)
        unwritten.delete(id)
        doomed.set(id, entry)
        extraOfRemoved.set(id, entry.filed.extra)
      }
    },

    entryFor: (kept) => {
      const { id, name, folder, shortcut, message } = kept
      const known = entries.get(id)
      const brought = doomed.get(id)
      const extra = known?.filed.extra ?? extraOfRemoved.get(id) ?? noExtra
      const file = known?.file ?? brought?.file ?? null
      const filed = { id, name, order: placeOf(kept, known), shortcut, message, extra }
      return { id, folder, filed, file, unsaved: known?.unsaved ?? null }
    },

    setFacts: (change) => {
      const before = JSON.stringify(found)
      found = { ...found, ...change }
      return JSON.stringify(found) !== before
    },

    tell: (changed, removed = []) => onChange({ facts: facts(), isWhole: false, put: changed.map(messageOf), removed }),
  }
}
