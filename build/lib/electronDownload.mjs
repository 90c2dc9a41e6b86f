import { inRepo, repoFolder } from './paths.mjs'
import { messageOf, say } from './problem.mjs'
import { run } from './run.mjs'

const probeTimeoutMs = 20_000
const mirrorVariables = ['npm_config_electron_mirror', 'NPM_CONFIG_ELECTRON_MIRROR', 'ELECTRON_MIRROR']

/** @param {NodeJS.ProcessEnv} env */
const downloadHost = (env) => {
  const mirror = mirrorVariables.map((name) => env[name]).find(Boolean)
  return mirror ?? 'https://github.com/electron/electron/releases/download/'
}

/** What says the host cannot be used, or null. A proxy is the downloader's business, so it is not second-guessed.
 * @param {string} url */
const probe = async (url) => {
  if (process.env['ELECTRON_GET_USE_PROXY']) return null
  try {
    await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(probeTimeoutMs) })
    return null
  } catch (error) {
    const cause = error instanceof Error && error.cause ? error.cause : error
    return `Electron's download host ${new URL(url).host} is out of reach (${messageOf(cause)}).`
  }
}

/**
 * Lets the electron package download its own runtime.
 * @returns {Promise<string | null>} what went wrong, in a sentence
 */
export const downloadElectron = async () => {
  const unreachable = await probe(downloadHost(process.env))
  if (unreachable) return unreachable
  say('downloading Electron (once)')
  const exitCode = await run(process.execPath, [inRepo('node_modules', 'electron', 'install.js')], { cwd: repoFolder })
  if (exitCode === 0) return null
  return (
    `the electron package's own download ended with code ${exitCode} on Node ${process.versions.node} ` +
    '(it is made for Node 22.12 and newer; its message is above).'
  )
}
