import { execFileSync } from 'node:child_process'
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'

export interface MountedTmpfs {
  readonly path: string
  /** Writes until nothing more fits. */
  fill(): void
  /** Makes room again. */
  empty(): void
  makeReadOnly(): void
  unmount(): void
}

const run = (command: string, ...args: string[]) => execFileSync(command, args, { stdio: 'ignore' })

/** A file system of its own in `folder`; null where this user cannot mount. */
export const mountedTmpfs = (folder: string, size: string): MountedTmpfs | null => {
  if (process.platform !== 'linux') return null
  const path = join(folder, 'mounted')
  mkdirSync(path)
  try {
    run('mount', '-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', path)
  } catch {
    return null
  }
  const filler = join(path, 'filler')
  return {
    path,
    fill: () => {
      const file = openSync(filler, 'a')
      const page = Buffer.alloc(4_096)
      try {
        for (;;) writeSync(file, page)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
      } finally {
        closeSync(file)
      }
    },
    empty: () => rmSync(filler),
    makeReadOnly: () => run('mount', '-o', 'remount,ro', path),
    unmount: () => run('umount', '-l', path),
  }
}
