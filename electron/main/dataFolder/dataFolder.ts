import { mkdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { visibleLine } from '#shared/text/visibleLine'

export interface FolderProblem {
  /** Of the system, such as EROFS. */
  readonly code: string
  /** One line for a person: the folder, why it cannot be used, and what to do. */
  readonly message: string
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'it is on a file system that can only be read',
  ENOTDIR: 'it, or something above it, is a file and not a folder',
  EEXIST: 'it is a file and not a folder',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota of this user is used up',
  ENOENT: 'it cannot be made',
  ENAMETOOLONG: 'its name is too long',
  ELOOP: 'its links lead in a circle',
  EIO: 'the disk does not answer',
}

/** Makes the folder and writes a file there for a moment; null = it can be used. Never throws. */
export const probeDataFolder = (folder: string): FolderProblem | null => {
  const probe = join(folder, `.write-test-${process.pid}`)
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    writeFileSync(probe, 'x', { mode: 0o600 })
    return null
  } catch (error) {
    return problemOf(folder, codeOf(error))
  } finally {
    try {
      rmSync(probe, { force: true })
    } catch {
      // What could not be written need not go.
    }
  }
}

/** Who holds the lock of a data folder: a process, nobody, or not to be found out. */
export type LockOwner = 'process' | 'nobody' | 'unknown'

const isAlive = (processId: number): boolean => {
  try {
    process.kill(processId, 0)
    return true
  } catch (error) {
    // Somebody else's process.
    return codeOf(error) === 'EPERM'
  }
}

/** Chromium's lock is a link that names host and process; Windows has another kind. */
export const ownerOf = (folder: string): LockOwner => {
  if (process.platform === 'win32') return 'unknown'
  try {
    const lock = /^(.*)-(\d+)$/s.exec(readlinkSync(join(folder, 'SingletonLock')))
    if (!lock) return 'unknown'
    return lock[1] !== hostname() || isAlive(Number(lock[2])) ? 'process' : 'nobody'
  } catch {
    return 'nobody'
  }
}

/** What to say where the lock was not got; null = another application has it. */
export const whyNotLocked = (owner: LockOwner, probed: FolderProblem | null): string | null => {
  if (owner === 'process') return null
  if (probed) return probed.message
  if (owner === 'unknown') return null
  return (
    'the data folder could not be locked, although nobody uses it: the folder for temporary files may be full or ' +
    'read-only. Make room there, or name another one in the environment variable TMPDIR.'
  )
}

const problemOf = (folder: string, code: string): FolderProblem => ({
  code,
  message:
    `the data folder ${visibleLine(folder)} cannot be used: ${reasons[code] ?? 'writing there failed'} (${code}). ` +
    'Name another one with --user-data-dir=DIR, or make this one writable.',
})

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException | null)?.code ?? 'unknown'
