import type { CollectionMessage, DamagedFile } from '#shared/model/collection'
import { compareSiblings } from '#shared/model/siblingOrder'
import type { Collection } from './collectionsState'

interface RowBase {
  readonly key: string
  readonly level: number
  readonly collection: Collection
  /** The folder it stands in; of a folder, its own path. */
  readonly folder: string
}

/** A row of the tree. */
export type CollectionRow =
  | (RowBase & { readonly kind: 'collection'; readonly isOpen: boolean; readonly count: number })
  | (RowBase & { readonly kind: 'folder'; readonly isOpen: boolean; readonly name: string; readonly count: number })
  | (RowBase & { readonly kind: 'message'; readonly message: CollectionMessage })
  | (RowBase & { readonly kind: 'damaged'; readonly file: DamagedFile })

const collectionKey = (id: string): string => `c ${id}`
export const folderKey = (id: string, path: string): string => (path === '' ? collectionKey(id) : `f ${id} ${path}`)

export interface RowsWanted {
  readonly closed: ReadonlySet<string>
  /** What is looked for, in lower case; '' = everything. */
  readonly search: string
}

const parentOf = (path: string) => path.split('/').slice(0, -1).join('/')

/** Folders, messages and damaged files by the folder they stand in, so that no folder looks through all of them. */
const byParent = <Item>(
  items: readonly Item[],
  parent: (item: Item) => string,
): ReadonlyMap<string, readonly Item[]> => {
  const groups = new Map<string, Item[]>()
  for (const item of items) {
    const key = parent(item)
    const group = groups.get(key)
    if (group) group.push(item)
    else groups.set(key, [item])
  }
  return groups
}

const fits = ({ name, message }: CollectionMessage, search: string) =>
  search === '' || name.toLowerCase().includes(search) || message.topic.toLowerCase().includes(search)

/** The rows of the collections, as they are opened; while something is looked for, every row that leads to a hit. */
export const collectionRows = (collections: readonly Collection[], wanted: RowsWanted): readonly CollectionRow[] =>
  collections.flatMap((collection) => rowsOf(collection, wanted))

const rowsOf = (collection: Collection, { closed, search }: RowsWanted): readonly CollectionRow[] => {
  const { id, folders, damaged } = collection.facts
  const found = [...collection.messages.values()].filter((message) => fits(message, search))
  const messages = byParent(found, ({ folder }) => folder)
  const subfolders = byParent(folders, ({ path }) => parentOf(path))
  const broken = byParent(search === '' ? damaged : [], ({ folder }) => folder)
  const counts = countsBelow(found)
  const isOpen = (key: string) => search !== '' || !closed.has(key)

  const inside = (path: string, level: number): readonly CollectionRow[] => {
    const rows: CollectionRow[] = []
    const sorted = (subfolders.get(path) ?? []).toSorted((one, other) => one.name.localeCompare(other.name))
    for (const folder of sorted) {
      const below = inside(folder.path, level + 1)
      const count = counts.get(folder.path) ?? 0
      if (search !== '' && count === 0) continue
      const key = folderKey(id, folder.path)
      const base = { key, level, collection, folder: folder.path, name: folder.name }
      rows.push({ ...base, kind: 'folder', isOpen: isOpen(key), count })
      if (isOpen(key)) rows.push(...below)
    }
    for (const message of (messages.get(path) ?? []).toSorted(compareSiblings))
      rows.push({ kind: 'message', key: `m ${id} ${message.id}`, level, collection, folder: path, message })
    for (const file of broken.get(path) ?? [])
      rows.push({ kind: 'damaged', key: `d ${id} ${file.path}`, level, collection, folder: path, file })
    return rows
  }
  const key = collectionKey(id)
  const head: CollectionRow = {
    kind: 'collection',
    key,
    level: 1,
    collection,
    folder: '',
    isOpen: isOpen(key),
    count: found.length,
  }
  if (search !== '' && found.length === 0) return []
  return head.isOpen ? [head, ...inside('', 2)] : [head]
}

/** How many messages are in each folder and those below it. */
const countsBelow = (messages: readonly CollectionMessage[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>()
  for (const { folder } of messages)
    for (let path = folder; path !== ''; path = parentOf(path)) counts.set(path, (counts.get(path) ?? 0) + 1)
  return counts
}
