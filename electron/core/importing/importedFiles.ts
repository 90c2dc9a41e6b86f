import { mkdir, readFile, rm, rmdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

/** A file that an import brings: a certificate, or a schema. */
export interface NewFile {
  readonly path: string
  readonly bytes: Uint8Array
}

/** Writes the files, for nobody else's eyes: a key may be among them. Answers how they become what they were. Throws. */
export const writeImportedFiles = async (files: readonly NewFile[]): Promise<() => Promise<void>> => {
  const before: { readonly path: string; readonly bytes: Uint8Array | null }[] = []
  const putBack = async () => {
    for (const { path, bytes } of before.toReversed()) {
      if (bytes) await writeFile(path, bytes, { mode: 0o600 })
      else await removeFile(path)
    }
  }
  try {
    for (const { path, bytes } of files) {
      before.push({ path, bytes: await readFile(path).catch(() => null) })
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      await writeFile(path, bytes, { mode: 0o600 })
    }
    return putBack
  } catch (error) {
    await putBack().catch(() => undefined)
    throw error
  }
}

/** With the folder that was made for it, where nothing else is in it. */
const removeFile = async (path: string) => {
  await rm(path, { force: true })
  await rmdir(dirname(path)).catch(() => undefined)
}
