import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { npmCommand, run } from './run.mjs'
import { inRepo, repoFolder } from './paths.mjs'
import { Problem, say } from './problem.mjs'

const stampFile = inRepo('node_modules', '.topicscope-lock-hash')
const oldestNode = [20, 19]

/** @typedef {{ version?: string, integrity?: string, optional?: boolean, link?: boolean }} LockedPackage */
/** @typedef {{ packages: Record<string, LockedPackage> }} LockFile */

/** @param {string} file */
const readOrNull = (file) => readFile(file, 'utf8').catch(() => null)

/** @param {string} version such as '20.19.0' */
const isNodeNewEnough = (version) => {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [oldestMajor = 0, oldestMinor = 0] = oldestNode
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)
}

const checkNode = () => {
  if (isNodeNewEnough(process.versions.node)) return
  throw new Problem(
    `Node ${process.versions.node} is too old: Topicscope needs Node ${oldestNode.join('.')} or newer (https://nodejs.org).`,
  )
}

/**
 * Whether what npm wrote down as installed is what the lock file asks for. Optional packages of other platforms are
 * rightly missing.
 * @param {LockFile} locked @param {LockFile} installed
 */
const isInstalledAsLocked = (locked, installed) =>
  Object.entries(locked.packages).every(([path, wanted]) => {
    if (path === '' || wanted.link) return true
    const found = installed.packages[path]
    if (!found) return wanted.optional === true
    return found.version === wanted.version && found.integrity === wanted.integrity
  })

/** @param {string} lockText */
const matchesInstalled = async (lockText) => {
  const installedText = await readOrNull(inRepo('node_modules', '.package-lock.json'))
  if (installedText === null) return false
  return isInstalledAsLocked(JSON.parse(lockText), JSON.parse(installedText))
}

const installLocked = async () => {
  // No locked package needs an install script. Not running any keeps installing independent of every other host.
  const npm = npmCommand(['ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'])
  const exitCode = await run(npm.command, npm.args, { cwd: repoFolder, shell: npm.shell })
  if (exitCode === 0) return
  throw new Problem(
    `"npm ci" ended with code ${exitCode}. Its own message is above; check that the npm registry is reachable ` +
      `("npm ping"), then try again.`,
  )
}

/** Guarantees that node_modules holds what package-lock.json says. Does nothing, quickly, when it already does. */
export const ensureDependencies = async () => {
  checkNode()
  const lockText = await readFile(inRepo('package-lock.json'), 'utf8')
  const lockHash = createHash('sha256').update(lockText).digest('hex')
  if ((await readOrNull(stampFile)) === lockHash) return
  if (!(await matchesInstalled(lockText))) {
    say('installing the locked dependencies (npm ci)')
    await installLocked()
  }
  await writeFile(stampFile, lockHash)
}
