import { stat } from 'node:fs/promises'

/** What a file or folder is by the look of it; another text where it is another one, was changed or is gone. */
export type Looks = ReadonlyMap<string, string>

export interface FilesWatch {
  /** These are watched from now on, in the place of those before; a change since they looked so is told, too. */
  follow(looks: Looks): void
  close(): void
}

/**
 * Looking costs a question to the system for each file. It sees what the system's own news do not tell everywhere: files that come
 * later, in folders that were not there, on network drives, and those that git puts in the place of others.
 */
const intervalMs = 1_000

export const lookOf = (path: string): Promise<string> =>
  stat(path).then(
    ({ ino, mtimeMs, ctimeMs, size }) => [ino, mtimeMs, ctimeMs, size].join(' '),
    () => 'none',
  )

/** Tells when a file or folder does not look any more as it did. */
export const watchFiles = (onChange: (path: string) => void): FilesWatch => {
  let known: Map<string, string> = new Map()
  let timer: NodeJS.Timeout | null = null

  const look = async () => {
    for (const path of known.keys()) {
      const now = await lookOf(path)
      const before = known.get(path)
      if (before === undefined || before === now) continue
      known.set(path, now)
      onChange(path)
    }
    timer = null
    lookLater()
  }
  const lookLater = () => {
    if (timer || known.size === 0) return
    timer = setTimeout(() => void look(), intervalMs)
    timer.unref()
  }
  return {
    follow: (looks) => {
      known = new Map(looks)
      lookLater()
    },
    close: () => {
      known = new Map()
      if (timer) clearTimeout(timer)
    },
  }
}
