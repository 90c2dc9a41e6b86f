import type { ProfileEntry } from '#shared/model/profile'
import { foldersOf } from '../../../model/arrangement'

/** A line of the list. `key` is what focus holds on to while the list changes. */
export type ConnectionRow =
  | {
      readonly kind: 'folder'
      readonly key: string
      readonly folder: string
      readonly count: number
      readonly open: boolean
    }
  | { readonly kind: 'connection'; readonly key: string; readonly entry: ProfileEntry }

export interface ConnectionRowOptions {
  readonly search: string
  readonly closed: ReadonlySet<string>
}

export const rowKeyOf = (connectionId: string): string => `connection ${connectionId}`

/**
 * The visible lines from top to bottom: connections without a folder, then each folder with its own. A search keeps
 * those that hold all its words in name, address or folder, and opens every folder that has one.
 */
export const connectionRows = (
  profiles: readonly ProfileEntry[],
  { search, closed }: ConnectionRowOptions,
): readonly ConnectionRow[] => {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  const found = profiles.filter((entry) => holds(entry, words))
  const folderRows = foldersOf(found).flatMap((folder): ConnectionRow[] => {
    const members = found.filter(({ profile }) => profile.folder === folder)
    const open = words.length > 0 || !closed.has(folder)
    const head: ConnectionRow = { kind: 'folder', key: `folder ${folder}`, folder, count: members.length, open }
    return [head, ...(open ? members.map(connectionRow) : [])]
  })
  return [...found.filter(({ profile }) => profile.folder === '').map(connectionRow), ...folderRows]
}

const holds = ({ profile }: ProfileEntry, words: readonly string[]): boolean => {
  const text =
    `${profile.name}\n${profile.scheme}://${profile.host}:${String(profile.port)}\n${profile.folder}`.toLowerCase()
  return words.every((word) => text.includes(word))
}

const connectionRow = (entry: ProfileEntry): ConnectionRow => ({
  kind: 'connection',
  key: rowKeyOf(entry.profile.id),
  entry,
})
