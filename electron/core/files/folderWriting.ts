import { randomBytes } from 'node:crypto'
import { mkdir, open, rm, stat, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { manifestName } from '#shared/recording/writers/payloadFiles'
import { safeFileName } from '#shared/text/safeFileName'
import { renamePatiently } from '../storage/atomicWrite'

/** Files of a folder, and what its manifest says of them. */
export interface FolderPiece {
  /** A name with a slash in it stands in a folder. Bytes of the same name as the file before are behind those. */
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[]
  readonly manifest: Uint8Array
}

/** A new folder that is written beside its place, so that whoever looks there finds it whole or not at all. */
export interface FolderPart {
  readonly path: string
  /** Fails where a name leads out of the folder, or is none that every system takes. */
  write(piece: FolderPiece): Promise<void>
  keep(): Promise<void>
  discard(): Promise<void>
}

/** Fails where something stands already. */
export const openFolder = async (path: string): Promise<FolderPart> => {
  if (await stat(path).catch(() => null)) throw new Error('there is something of this name')
  const temporary = `${path}.${randomBytes(4).toString('hex')}.part`
  await mkdir(temporary)
  const manifest = await open(join(temporary, manifestName), 'wx')
  const made = new Set<string>()
  let current: { readonly name: string; readonly file: FileHandle } | null = null
  const closeCurrent = async () => {
    const { file } = current ?? {}
    current = null
    await file?.close()
  }
  const fileOf = async (name: string): Promise<FileHandle> => {
    if (current?.name === name) return current.file
    await closeCurrent()
    const levels = name.split('/')
    if (levels.length > 2 || levels.some((level) => safeFileName(level) !== level)) throw new Error('no file name')
    const [folder = ''] = levels
    if (levels.length === 2 && !made.has(folder)) {
      await mkdir(join(temporary, folder), { recursive: true })
      made.add(folder)
    }
    const file = await open(join(temporary, ...levels), 'wx')
    current = { name, file }
    return file
  }
  return {
    path,
    write: async (piece) => {
      for (const { name, bytes } of piece.files) {
        const file = await fileOf(name)
        await file.writeFile(bytes)
      }
      await manifest.writeFile(piece.manifest)
    },
    keep: async () => {
      await closeCurrent()
      await manifest.sync()
      await manifest.close()
      await renamePatiently(temporary, path)
    },
    discard: async () => {
      await closeCurrent().catch(() => undefined)
      await manifest.close().catch(() => undefined)
      await rm(temporary, { recursive: true, force: true }).catch(() => undefined)
    },
  }
}
