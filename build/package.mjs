// npm run package [-- --allow-development-runtime]: an unpacked application folder in build/release.
import { existsSync } from 'node:fs'
import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { packAsar, withAsarIntegrity } from './lib/asar.mjs'
import { buildWhenStale } from './lib/buildWhenStale.mjs'
import { ensureDependencies } from './lib/ensureDependencies.mjs'
import { findElectronRuntime } from './lib/electronRuntime.mjs'
import { flipFuses } from './lib/fuses.mjs'
import { inRepo, outFolder } from './lib/paths.mjs'
import { Problem, messageOf, runScript, say } from './lib/problem.mjs'

const builtParts = ['main', 'preload', 'renderer']

/** Where the parts of an application folder are, by platform. */
const layouts = /** @type {Partial<Record<NodeJS.Platform, { app: string, from: string, to: string }>>} */ ({
  linux: { app: 'resources/app.asar', from: 'electron', to: 'topicscope' },
  win32: { app: 'resources/app.asar', from: 'electron.exe', to: 'Topicscope.exe' },
  // The names inside the bundle belong to its Info.plist and signature, so only the bundle itself is renamed.
  darwin: { app: 'Topicscope.app/Contents/Resources/app.asar', from: 'Electron.app', to: 'Topicscope.app' },
})

/** @param {string} file */
const readJson = async (file) => JSON.parse(await readFile(file, 'utf8'))

/** @param {string} runtimeFolder @param {boolean} allowed */
const refuseDevelopmentRuntime = async (runtimeFolder, allowed) => {
  const wanted = (await readJson(inRepo('node_modules', 'electron', 'package.json'))).version
  const found = (await readFile(join(runtimeFolder, 'version'), 'utf8').catch(() => '')).trim().replace(/^v/, '')
  if (found === wanted) return
  const reason = `the runtime in ${runtimeFolder} is not Electron ${wanted} but ${found || 'an old one for development'}`
  if (allowed) return say(`${reason}: do not give this package to anybody.`)
  throw new Problem(
    `${reason}, whose Chromium has known security holes, so it is not packaged.\n` +
      'Get the current one with "npx install-electron" where its download host is reachable, or, to try the packaging ' +
      'only: npm run package -- --allow-development-runtime',
  )
}

/** The archive, and where the platform has a place for it what its header must be. @param {string} appFolder @param {string} archive */
const packApplication = async (appFolder, archive) => {
  const hash = await packAsar(appFolder, archive)
  await rm(appFolder, { recursive: true })
  if (process.platform !== 'darwin') return
  const plist = join(dirname(archive), '..', 'Info.plist')
  await writeFile(plist, withAsarIntegrity(await readFile(plist, 'utf8'), hash))
}

/** @param {string} appFolder */
const writeApplication = async (appFolder) => {
  const { name, productName, version, description, license, author, type, main } = await readJson(
    inRepo('package.json'),
  )
  await mkdir(appFolder, { recursive: true })
  const reduced = { name, productName, version, description, license, author, type, main }
  await writeFile(join(appFolder, 'package.json'), `${JSON.stringify(reduced, null, 2)}\n`)
  for (const part of builtParts) {
    const filter = (/** @type {string} */ source) => !source.endsWith('.map')
    await cp(join(outFolder, part), join(appFolder, 'build', 'out', part), { recursive: true, filter })
  }
}

/** @param {string} runtimeFolder @returns {Promise<{ target: string, executable: string }>} the finished folder, and what has the fuses */
const assemble = async (runtimeFolder) => {
  const layout = layouts[process.platform]
  if (!layout) throw new Problem(`packaging for ${process.platform} is not supported.`)
  const target = inRepo('build', 'release', `topicscope-${process.platform}-${process.arch}`)
  await rm(target, { recursive: true, force: true })
  await mkdir(dirname(target), { recursive: true })
  await cp(runtimeFolder, target, { recursive: true, verbatimSymlinks: true })
  await rename(join(target, layout.from), join(target, layout.to))
  const archive = join(target, layout.app)
  const appFolder = `${archive}.new`
  for (const name of ['default_app.asar', 'default_app']) {
    await rm(join(dirname(archive), name), { recursive: true, force: true })
  }
  await writeApplication(appFolder)
  const license = inRepo('LICENSE')
  if (existsSync(license)) await cp(license, join(appFolder, 'LICENSE'))
  await packApplication(appFolder, archive)
  return { target, executable: join(target, layout.to) }
}

const readOptions = () => {
  try {
    return parseArgs({ options: { 'allow-development-runtime': { type: 'boolean', default: false } } }).values
  } catch (error) {
    throw new Problem(`${messageOf(error)}\nUsage: npm run package [-- --allow-development-runtime]`)
  }
}

await runScript(async () => {
  const allowed = readOptions()['allow-development-runtime'] ?? false
  await ensureDependencies()
  const runtime = await findElectronRuntime()
  await refuseDevelopmentRuntime(runtime.folder, allowed)
  await buildWhenStale()
  const { target, executable } = await assemble(runtime.folder)
  const isFused = await flipFuses(executable)
  say(`packaged into ${target}`)
  const missing = isFused ? '' : 'fuses (@electron/fuses), '
  say(`not done here: ${missing}signing, installers, an icon. A release needs them.`)
  return 0
})
