import { copyFile, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

// Virus scanners and indexers on Windows hold new files open for a moment.
const busyCodes = new Set(['EPERM', 'EACCES', 'EBUSY'])

/** Puts one file in the place of another in one step. */
export const renamePatiently = async (from: string, to: string): Promise<void> => {
  for (let attempt = 0; ; attempt += 1) {
    try {
      await rename(from, to)
      return
    } catch (error) {
      if (process.platform !== 'win32' || attempt === 5 || !busyCodes.has(codeOf(error))) throw error
      await pause(20 * 2 ** attempt)
    }
  }
}

const writeDurably = async (path: string, text: string | Uint8Array, mode: number): Promise<void> => {
  const file = await open(path, 'w', mode)
  try {
    // The mode of `open` counts for new files only; a leftover of a crash may have another.
    await file.chmod(mode)
    await file.writeFile(text, 'utf8')
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Makes a rename survive a power cut. Windows and some network folders cannot, and need not, do it. */
const syncFolder = async (folder: string): Promise<void> => {
  try {
    const handle = await open(folder, 'r')
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
  } catch {
    // The rename itself is atomic everywhere; only its durability is the file system's own affair here.
  }
}

const keepBackup = async (path: string, backup: string): Promise<void> => {
  try {
    await copyFile(path, `${backup}.tmp`)
    await renamePatiently(`${backup}.tmp`, backup)
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error
  }
}

export interface AtomicWrite {
  readonly path: string
  readonly text: string | Uint8Array
  readonly mode: number
  /** Where the previous version goes; null = it is gone. */
  readonly backup: string | null
}

/**
 * Replaces a file in one step: whoever reads `path`, at whatever moment the machine stops, finds the old text or the
 * new one whole. Rejects with the system's error and leaves the old file in place.
 */
export const writeAtomically = async ({ path, text, mode, backup }: AtomicWrite): Promise<void> => {
  const temporary = `${path}.tmp`
  try {
    await writeDurably(temporary, text, mode)
  } catch (error) {
    // On a full disk half a file would only take room.
    await rm(temporary, { force: true }).catch(() => undefined)
    throw error
  }
  if (backup) await keepBackup(path, backup)
  await renamePatiently(temporary, path)
  await syncFolder(dirname(path))
}

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException | null)?.code ?? ''
