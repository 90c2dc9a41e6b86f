import { watch, type FSWatcher } from 'node:fs'
import { join, sep } from 'node:path'

export interface FolderWatch {
  /** Folders below the watched one; where the system tells of one folder only, each has a watcher of its own. */
  follow(folders: readonly string[]): void
  close(): void
}

/** Beyond them, a change is seen when the window gets the focus. */
const mostWatchers = 500

/** A change is several events, and one of git hundreds: they are told once. */
const gatheringMs = 100

const tellsOfAllBelow = process.platform === 'darwin' || process.platform === 'win32'

/** Tells that something in a folder may have changed. Where the system cannot tell, nothing is told. */
export const watchFolder = (root: string, onChange: () => void): FolderWatch => {
  const watchers = new Map<string, FSWatcher>()
  let waiting: NodeJS.Timeout | null = null

  const gather = (fileName: string | null) => {
    if (waiting || (fileName !== null && isHidden(fileName))) return
    waiting = setTimeout(() => {
      waiting = null
      onChange()
    }, gatheringMs)
    waiting.unref()
  }
  const forget = (folder: string) => {
    watchers.get(folder)?.close()
    watchers.delete(folder)
  }
  const begin = (folder: string) => {
    if (watchers.has(folder) || watchers.size >= mostWatchers) return
    try {
      const watcher = watch(join(root, folder), { persistent: false, recursive: tellsOfAllBelow }, (_kind, name) =>
        gather(name),
      )
      watcher.on('error', () => forget(folder))
      watchers.set(folder, watcher)
    } catch {
      // The folder is gone, or the system has no more watchers.
    }
  }

  return {
    follow: (folders) => {
      const wanted = new Set(tellsOfAllBelow ? [''] : ['', ...folders])
      for (const folder of watchers.keys()) if (!wanted.has(folder)) forget(folder)
      for (const folder of wanted) begin(folder)
    },
    close: () => {
      if (waiting) clearTimeout(waiting)
      for (const folder of watchers.keys()) forget(folder)
    },
  }
}

const isHidden = (fileName: string) => fileName.split(sep).some((part) => part.startsWith('.'))
