import type { Dirent } from 'node:fs'
import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { collectionLimits, type DamagedFile, type DamageReason } from '#shared/model/collection'
import { messageOf } from '#shared/text/messageOf'
import { foldFileName } from './fileNames'

export const messageEnding = '.message.json'
export const payloadEnding = '.bin'

/** A file of a message as the folder lists it. */
export interface ListedFile {
  /** Below the collection, with `/` between. */
  readonly path: string
  readonly folder: string
  /** Another one when the file was written since. */
  readonly stamp: string
}

export interface ScannedFolder {
  readonly files: readonly ListedFile[]
  /** Paths of the folders below the collection, but for hidden ones and `node_modules`. */
  readonly folders: readonly string[]
  /** What stands in each folder, by its fold. */
  readonly names: ReadonlyMap<string, Set<string>>
  readonly damaged: readonly DamagedFile[]
}

export const pathIn = (folder: string, fileName: string): string => (folder === '' ? fileName : `${folder}/${fileName}`)

export const damagedFile = (
  place: { readonly folder: string; readonly fileName: string },
  reason: DamageReason,
  detail = '',
): DamagedFile => ({ ...place, path: pathIn(place.folder, place.fileName), reason, detail })

/** By what a file is known to be as it was; null = there is none, or it is no regular file. */
export const stampOf = async (path: string): Promise<string | null> => {
  try {
    const found = await lstat(path)
    return found.isFile() ? `${found.ino}:${found.size}:${found.mtimeMs}:${found.ctimeMs}` : null
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return null
    throw error
  }
}

/** So many files are asked about or read at once. */
const atOnce = 16

/** `act` on each of them, a few at once, in any order. */
export const forEachAtOnce = async <Item>(
  items: readonly Item[],
  act: (item: Item) => Promise<void>,
): Promise<void> => {
  const waiting = items.values()
  const workers = Array.from({ length: atOnce }, async () => {
    for (const item of waiting) await act(item)
  })
  await Promise.all(workers)
}

/** `.git` and the like, and folders of tools in which thousands of others stand. */
const isIgnored = (name: string) => name.startsWith('.') || name === 'node_modules'

/** What is being found. */
interface Finding {
  readonly root: string
  readonly listed: { readonly folder: string; readonly fileName: string }[]
  readonly folders: string[]
  readonly names: Map<string, Set<string>>
  readonly damaged: DamagedFile[]
}

const take = (finding: Finding, folder: string, entry: Dirent): string | null => {
  const place = { folder, fileName: entry.name }
  if (entry.isDirectory()) {
    if (isIgnored(entry.name)) return null
    if (pathIn(folder, entry.name).split('/').length <= collectionLimits.depth) return pathIn(folder, entry.name)
    finding.damaged.push(damagedFile(place, 'tooDeep'))
  } else if (entry.name.endsWith(messageEnding)) {
    if (entry.isSymbolicLink()) finding.damaged.push(damagedFile(place, 'link'))
    else if (!entry.isFile()) finding.damaged.push(damagedFile(place, 'unreadable'))
    else if (finding.listed.length >= collectionLimits.messages) finding.damaged.push(damagedFile(place, 'tooMany'))
    else finding.listed.push(place)
  }
  return null
}

/** Fails where the folder itself cannot be listed; one below it that cannot be is told as damaged. */
const listFolder = async (finding: Finding, folder: string): Promise<readonly string[]> => {
  const entries = await readdir(join(finding.root, folder), { withFileTypes: true })
  finding.names.set(folder, new Set(entries.map(({ name }) => foldFileName(name))))
  return entries.flatMap((entry) => take(finding, folder, entry) ?? [])
}

/**
 * The files of messages in a folder and those below it. Links are not followed, so that nothing outside is read. Rejects with the
 * system's error where the folder cannot be listed.
 */
export const scanFolder = async (root: string): Promise<ScannedFolder> => {
  const finding: Finding = { root, listed: [], folders: [], names: new Map(), damaged: [] }
  const waiting = [...(await listFolder(finding, ''))]
  for (let folder = waiting.shift(); folder !== undefined; folder = waiting.shift()) {
    finding.folders.push(folder)
    try {
      waiting.push(...(await listFolder(finding, folder)))
    } catch (error) {
      const fileName = folder.split('/').at(-1) ?? folder
      const parent = folder.slice(0, Math.max(0, folder.length - fileName.length - 1))
      finding.damaged.push(damagedFile({ folder: parent, fileName }, 'unreadable', messageOf(error)))
    }
  }
  const files: ListedFile[] = []
  await forEachAtOnce(finding.listed, async ({ folder, fileName }) => {
    const path = pathIn(folder, fileName)
    const stamp = await stampOf(join(root, path))
    if (stamp !== null) files.push({ path, folder, stamp })
  })
  const { folders, names, damaged } = finding
  return { files: files.toSorted((one, other) => (one.path < other.path ? -1 : 1)), folders, names, damaged }
}
