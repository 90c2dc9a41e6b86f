import { randomBytes } from 'node:crypto'
import { open, realpath, rm, stat, type FileHandle } from 'node:fs/promises'
import { basename } from 'node:path'
import { fail, ok, type Result } from '#shared/result'
import { safeFileName } from '#shared/text/safeFileName'
import { messageOf } from '#shared/text/messageOf'
import { renamePatiently } from '../storage/atomicWrite'
import type { Dialogs } from './dialogs'
import { openFolder, type FolderPart, type FolderPiece } from './folderWriting'

/** Files and folders that a person has chosen to be written, in one go or in pieces. */
export interface FileWriting {
  /** Asks where to and writes the bytes as they are; answers the path, null = cancelled. Fails with `fileNotWritten`. */
  save(file: { readonly suggestedName: string; readonly bytes: Uint8Array }): Promise<Result<string | null>>
  /** Asks where to; answers by what the file is known until it is finished, null = cancelled. Fails with `fileNotWritten`. */
  begin(suggestedName: string): Promise<Result<string | null>>
  /** Writes a piece behind the others. Fails with `fileNotWritten`, after which the file is known no more, and with `notFound`. */
  append(token: string, bytes: Uint8Array): Promise<Result<null>>
  /** Asks for the name of a new folder; answers by what it is known until it is finished, as of a file. */
  beginFolder(suggestedName: string): Promise<Result<string | null>>
  /** Fails as `append` does. */
  appendFolder(token: string, piece: FolderPiece): Promise<Result<null>>
  /** Puts the file or folder into its place; answers the path. Fails as `append` does. */
  finish(token: string): Promise<Result<string>>
  /** What was there before stays as it is. */
  abandon(token: string): Promise<void>
  /** Abandons all: nobody goes on with them. */
  abandonAll(): Promise<void>
}

export const createFileWriting = (dialogs: Dialogs): FileWriting => {
  const parts = new Map<string, Part>()
  const abandon = async (token: string) => {
    const part = parts.get(token)
    parts.delete(token)
    await part?.discard()
  }
  /** Does something with a file; where that fails, nothing is left of it. */
  const withPart = async <Value>(token: string, work: (part: Part) => Promise<Value>): Promise<Result<Value>> => {
    const part = parts.get(token)
    if (!part) return fail('notFound', 'This file is not being written.')
    try {
      return ok(await work(part))
    } catch (error) {
      await abandon(token)
      return notWritten(part.path, error)
    }
  }
  const beginPart = async (suggestedName: string, openAt: (path: string) => Promise<Part>) => {
    const path = await dialogs.savePath(safeFileName(suggestedName))
    if (path === null) return ok(null)
    try {
      const token = randomBytes(16).toString('hex')
      parts.set(token, await openAt(path))
      return ok(token)
    } catch (error) {
      return notWritten(path, error)
    }
  }
  const begin: FileWriting['begin'] = (suggestedName) =>
    beginPart(suggestedName, async (path) => ({ kind: 'file', ...(await openPart(path)) }))
  const append: FileWriting['append'] = (token, bytes) =>
    withPart(token, async (part) => {
      if (part.kind !== 'file') throw new Error('it is a folder')
      await part.write(bytes)
      return null
    })
  const finish: FileWriting['finish'] = (token) =>
    withPart(token, async (part) => {
      await part.keep()
      parts.delete(token)
      return part.path
    })
  return {
    begin,
    append,
    beginFolder: (suggestedName) =>
      beginPart(suggestedName, async (path) => ({ kind: 'folder', ...(await openFolder(path)) })),
    appendFolder: (token, piece) =>
      withPart(token, async (part) => {
        if (part.kind !== 'folder') throw new Error('it is no folder')
        await part.write(piece)
        return null
      }),
    finish,
    abandon,
    abandonAll: async () => void (await Promise.all([...parts.keys()].map(abandon))),
    save: async ({ suggestedName, bytes }) => {
      const begun = await begin(suggestedName)
      if (!begun.ok || begun.value === null) return begun
      const written = await append(begun.value, bytes)
      return written.ok ? finish(begun.value) : written
    },
  }
}

type Part = ({ readonly kind: 'file' } & FilePart) | ({ readonly kind: 'folder' } & FolderPart)

/** A file that is being written beside its place, so that whoever reads it there finds the old one or the new one whole. */
interface FilePart {
  readonly path: string
  write(bytes: Uint8Array): Promise<void>
  keep(): Promise<void>
  discard(): Promise<void>
}

const openPart = async (path: string): Promise<FilePart> => {
  // What a link leads to is replaced, and not the link.
  const target = await realpath(path).catch(() => path)
  const before = await stat(target).catch(() => null)
  if (before && !before.isFile()) throw new Error('there is something that is no file')
  const temporary = `${target}.${randomBytes(4).toString('hex')}.part`
  const file: FileHandle = await open(temporary, 'wx', before?.mode ?? 0o666)
  return {
    path,
    write: (bytes) => file.writeFile(bytes),
    keep: async () => {
      await file.sync()
      await file.close()
      await renamePatiently(temporary, target)
    },
    discard: async () => {
      await file.close().catch(() => undefined)
      await rm(temporary, { force: true }).catch(() => undefined)
    },
  }
}

const notWritten = (path: string, error: unknown) => {
  const file = basename(path)
  const detail = messageOf(error)
  return fail('fileNotWritten', `${file} could not be written: ${detail}`, {
    values: { file, detail, cause: causeOf(error) },
  })
}

/** What a person can do something about, by the names of the system. */
const causeOf = (error: unknown): 'full' | 'noPermission' | 'other' => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'full'
  return code === 'EACCES' || code === 'EPERM' || code === 'EROFS' ? 'noPermission' : 'other'
}
