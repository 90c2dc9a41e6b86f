import { unwatchFile, watchFile, type StatsListener } from 'node:fs'

export interface FilesWatch {
  /** These are watched from now on, in the place of those before. */
  follow(paths: readonly string[]): void
  close(): void
}

/**
 * Looking costs a question to the system for each file. It sees what the system's own news do not tell everywhere: files that come
 * later, in folders that were not there, on network drives, and those that git puts in the place of others.
 */
const intervalMs = 1_000

/** Tells when a file or folder is another one than before, has come or is gone. */
export const watchFiles = (onChange: (path: string) => void): FilesWatch => {
  const listeners = new Map<string, StatsListener>()
  const forget = (path: string) => {
    const listener = listeners.get(path)
    if (listener) unwatchFile(path, listener)
    listeners.delete(path)
  }
  return {
    follow: (paths) => {
      const wanted = new Set(paths)
      for (const path of listeners.keys()) if (!wanted.has(path)) forget(path)
      for (const path of wanted) {
        if (listeners.has(path)) continue
        const listener: StatsListener = (now, before) => {
          const isSame = now.mtimeMs === before.mtimeMs && now.size === before.size && now.ino === before.ino
          if (!isSame) onChange(path)
        }
        listeners.set(path, listener)
        watchFile(path, { interval: intervalMs, persistent: false }, listener)
      }
    },
    close: () => {
      for (const path of listeners.keys()) forget(path)
    },
  }
}
