import { chmodSync, lstatSync, mkdirSync, readdirSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, parse, resolve } from 'node:path'
import { messageOf } from '#shared/text/messageOf'

const folderMode = 0o700
const fileMode = 0o600
/** Set on folders that many users write to, such as /tmp. */
const stickyBit = 0o1000

/**
 * Makes a folder and our files in it readable for this user alone, also where they existed. A folder that others share
 * is left as it is; only our files in it are closed. Answers what could not be done, null = all. Windows has rights of
 * its own.
 */
export const makePrivate = (folder: string): string | null => {
  try {
    mkdirSync(folder, { recursive: true, mode: folderMode })
    if (process.platform === 'win32') return null
    const shared = whyShared(folder)
    if (shared === null) chmodSync(folder, folderMode)
    makeFilesPrivate(folder)
    return shared && `${folder} stays open to others, because ${shared}`
  } catch (error) {
    return `${folder} could not be closed to others: ${messageOf(error)}`
  }
}

/** Our own files; Chromium's stand behind the folder's own mode. */
const isOurs = (name: string) => /\.(?:json|bak|tmp|log)$/.test(name)

const isOurFile = (path: string): boolean => {
  const stat = lstatSync(path)
  return stat.isFile() && stat.uid === process.getuid?.()
}

const makeFilesPrivate = (folder: string): void => {
  for (const name of readdirSync(folder).filter(isOurs)) {
    const path = join(folder, name)
    // A link may lead to anybody's file.
    if (isOurFile(path)) chmodSync(path, fileMode)
  }
}

/** Why the mode of an existing folder must not be changed; null = it may be. */
const whyShared = (folder: string): string | null => {
  const stat = statSync(folder)
  if (stat.uid !== process.getuid?.()) return 'it belongs to another user'
  if ((stat.mode & stickyBit) !== 0) return 'many users write to it'
  const path = resolve(folder)
  const isHome = path === parse(path).root || path === homedir() || path === dirname(homedir())
  return isHome ? 'it holds more than our files' : null
}
