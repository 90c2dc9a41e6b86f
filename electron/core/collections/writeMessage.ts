import { lstat, mkdir, rm, rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import { writeAtomically } from '../storage/atomicWrite'
import type { Entry, EntryFile } from './collectionEntry'
import { encodeFileName, foldFileName, freeFileName } from './fileNames'
import { writeMessageFile } from './messageFile'
import { messageEnding, pathIn, payloadEnding, stampOf } from './scanFolder'

/** Somebody else has written the file since it was seen last: nothing was written. */
export class ChangedOutside extends Error {
  constructor() {
    super('The file was changed outside.')
  }
}

/** Where files are written, and which names are taken in each folder, by their fold. */
export interface WritePlace {
  readonly root: string
  /** Of new files. */
  readonly mode: number
  readonly names: Map<string, Set<string>>
  /** Whether another message than the one of this file has its payload there. Both paths are below the root. */
  readonly isShared: (payloadPath: string, messagePath: string) => boolean
}

type RemovePlace = Omit<WritePlace, 'mode'>

/** Makes a folder below the root where it is missing. Fails where a link would lead out of it. */
export const makeFolder = async (root: string, folder: string): Promise<void> => {
  await mkdir(root, { recursive: true })
  let below = root
  for (const part of folder === '' ? [] : folder.split('/')) {
    below = join(below, part)
    await mkdir(below).catch((error: unknown) => {
      if (codeOf(error) !== 'EEXIST') throw error
    })
    if (!(await lstat(below)).isDirectory()) throw new Error(`${part} is no folder.`)
  }
}

const namesIn = ({ names }: Pick<WritePlace, 'names'>, folder: string): Set<string> => {
  const known = names.get(folder) ?? new Set<string>()
  names.set(folder, known)
  return known
}

const stemOf = (path: string) => (path.split('/').at(-1) ?? path).slice(0, -messageEnding.length)

/** A name chosen outside, or one with a number, stays as long as the message keeps its name. */
const keepsFile = ({ filed, folder, file }: Entry, writtenName: string | null): boolean => {
  if (!file || pathIn(folder, stemOf(file.path) + messageEnding) !== file.path) return false
  return writtenName === filed.name || stemOf(file.path) === encodeFileName(filed.name)
}

const freeStem = (place: WritePlace, { folder, filed, file }: Entry): string => {
  const taken = namesIn(place, folder)
  // Only its own file's name may be taken: `start` may become `Start`.
  const own = file && pathIn(folder, stemOf(file.path) + messageEnding) === file.path ? stemOf(file.path) : null
  const ownFold = own === null ? null : foldFileName(own + messageEnding)
  return freeFileName(filed.name, (fold) => {
    const name = fold + foldFileName(messageEnding)
    const payload = fold + foldFileName(payloadEnding)
    if (name === ownFold) return false
    return taken.has(name) || taken.has(payload)
  })
}

const payloadName = (stem: string, number: number) => `${stem}${number === 1 ? '' : `~${number}`}${payloadEnding}`

const isNamedHere = (payloadFile: string, stem: string): boolean =>
  payloadFile.startsWith(stem) && /^(?:~\d+)?\.bin$/.test(payloadFile.slice(stem.length))

/** The name of its payload: its own as before, else one of nothing that stands there or is another message's as well. */
const payloadNameFor = async (place: WritePlace, { folder, file }: Entry, stem: string): Promise<string> => {
  const own = file?.payloadFile ?? null
  const isOwn =
    file && own !== null && folderOfPath(file.path) === folder && !place.isShared(pathIn(folder, own), file.path)
  const taken = namesIn(place, folder)
  for (let number = 1; ; number += 1) {
    const name = payloadName(stem, number)
    const fold = foldFileName(name)
    if (isOwn && foldFileName(own) === fold) return name
    if (!taken.has(fold) && (await stampOf(join(place.root, folder, name))) === null) return name
  }
}

const checkUnchanged = async (root: string, { file }: Entry): Promise<void> => {
  if (!file) return
  const stamp = await stampOf(join(root, file.path))
  if (stamp === null) return
  const beside = folderOfPath(file.path)
  const payloadStamp = file.payloadFile === null ? null : await stampOf(join(root, beside, file.payloadFile))
  if (stamp !== file.stamp || (payloadStamp !== null && payloadStamp !== file.payloadStamp)) throw new ChangedOutside()
}

/** Replaces a file in one step. A link in the way is replaced too and never written through. */
const write = async (path: string, text: string | Uint8Array, mode: number): Promise<void> => {
  await rm(`${path}.tmp`, { force: true })
  await writeAtomically({ path, text, mode, backup: null })
}

const folderOfPath = (path: string) => path.split('/').slice(0, -1).join('/')

/** Removes the files of an entry, unless they are not what was seen last. */
export const removeFiles = async (place: RemovePlace, file: EntryFile): Promise<void> => {
  const folder = folderOfPath(file.path)
  const stamp = await stampOf(join(place.root, file.path))
  if (stamp !== null && stamp !== file.stamp) throw new ChangedOutside()
  await rm(join(place.root, file.path), { force: true })
  namesIn(place, folder).delete(foldFileName(stemOf(file.path) + messageEnding))
  if (file.payloadFile !== null) await removePayload(place, folder, file)
}

/** What has the name that a payload gets here, and is of this message alone; a file that a person named stays. */
const removePayload = async (
  place: RemovePlace,
  folder: string,
  { path: of, payloadFile, payloadStamp }: EntryFile,
) => {
  if (payloadFile === null || !isNamedHere(payloadFile, stemOf(of))) return
  if (place.isShared(pathIn(folder, payloadFile), of)) return
  const path = join(place.root, folder, payloadFile)
  if ((await stampOf(path)) !== payloadStamp) return
  await rm(path, { force: true })
  namesIn(place, folder).delete(foldFileName(payloadFile))
}

/**
 * Writes a message into its file, and its bytes into the one beside it before that. One that has another name or folder gets
 * another file, and the old one goes after that: a crash leaves two and never none. Fails with `ChangedOutside`.
 */
export const writeEntry = async (place: WritePlace, entry: Entry, writtenName: string | null): Promise<EntryFile> => {
  const { folder, filed, file } = entry
  await checkUnchanged(place.root, entry)
  await makeFolder(place.root, folder)
  const stem = file && keepsFile(entry, writtenName) ? stemOf(file.path) : freeStem(place, entry)
  const path = pathIn(folder, stem + messageEnding)
  const absolute = join(place.root, path)
  if (
    path !== file?.path &&
    foldFileName(path) !== foldFileName(file?.path ?? '') &&
    (await stampOf(absolute)) !== null
  )
    throw new ChangedOutside()
  const named = await payloadNameFor(place, entry, stem)
  const content = writeMessageFile({ ...filed, id: entry.id }, named)
  const payloadFile = content.bytes ? named : null
  if (content.bytes && payloadFile) await write(join(place.root, folder, payloadFile), content.bytes, place.mode)
  await write(absolute, content.text, place.mode)
  const names = namesIn(place, folder)
  names.add(foldFileName(stem + messageEnding))
  if (payloadFile) names.add(foldFileName(payloadFile))
  await removeOld(place, file, { path, payloadFile })
  const payloadStamp = payloadFile && (await stampOf(join(place.root, folder, payloadFile)))
  return { path, stamp: (await stampOf(absolute)) ?? '', payloadFile, payloadStamp }
}

const removeOld = async (
  place: WritePlace,
  old: EntryFile | null,
  { path, payloadFile }: Pick<EntryFile, 'path' | 'payloadFile'>,
) => {
  if (!old) return
  if (old.path === path) {
    if (old.payloadFile !== null && old.payloadFile !== payloadFile) await removePayload(place, folderOfPath(path), old)
    return
  }
  // Of `start` and `Start` there is one file where case is folded: then the old name is the new file.
  const [now, before] = [join(place.root, path), join(place.root, old.path)]
  if ((await stampOf(now)) !== (await stampOf(before))) await removeFiles(place, old)
}

/** Removes a folder and those below it where nothing is left in them. */
export const removeEmptyFolders = async (root: string, folders: readonly string[]): Promise<void> => {
  const deepestFirst = folders.toSorted((one, other) => other.length - one.length)
  for (const folder of deepestFirst) {
    await rmdir(join(root, folder)).catch((error: unknown) => {
      if (!['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes(codeOf(error))) throw error
    })
  }
}

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException | null)?.code ?? ''
