// npm run dev [-- arguments]: the application while it is being written. A saved module of the window is replaced in it; a
// saved file of main or preload is built and the application started again.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createServer as createNetServer } from 'node:net'
import { join } from 'node:path'
import { build, createServer } from 'vite'
import { checkDisplay, sandboxArguments } from './lib/displayCheck.mjs'
import { findElectronRuntime } from './lib/electronRuntime.mjs'
import { ensureDependencies } from './lib/ensureDependencies.mjs'
import { inRepo } from './lib/paths.mjs'
import { runScript, say } from './lib/problem.mjs'
import { applicationEnvironment } from './lib/run.mjs'
import { developmentApplication, mainConfig, preloadConfig } from './vite/nodeConfig.mjs'
import { developmentRendererConfig } from './vite/rendererConfig.mjs'

const findPort = async () => {
  const server = createNetServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  return typeof address === 'object' && address ? address.port : 0
}

/** @param {number} port */
const servePage = async (port) => {
  const server = await createServer(developmentRendererConfig(port))
  await server.listen()
  return server
}

const writeApplicationFolder = async () => {
  await mkdir(developmentApplication, { recursive: true })
  const { name, productName, version, type, main } = JSON.parse(await readFile(inRepo('package.json'), 'utf8'))
  const text = JSON.stringify({ name, productName, version, type, main })
  await writeFile(join(developmentApplication, 'package.json'), text)
}

/** Builds, and again whenever a file it read is saved.
 * @param {import('vite').InlineConfig} config @param {() => void} onBuilt @returns {Promise<void>} when it was built first */
const keepBuilt = async (config, onBuilt) => {
  const watching = await build({ logLevel: 'warn', ...config, build: { ...config.build, watch: {} } })
  if (!('on' in watching)) throw new Error('Vite does not watch.')
  await new Promise((resolve) => {
    watching.on('event', (event) => {
      if (event.code === 'ERROR') console.error(event.error.message)
      if (event.code !== 'END') return
      resolve(undefined)
      onBuilt()
    })
  })
}

/** One application at a time: a start ends the one before. @param {() => import('node:child_process').ChildProcess} launch */
const createRunner = (launch) => {
  /** @type {import('node:child_process').ChildProcess | null} */
  let running = null
  let starts = 0
  /** @type {(code: number) => void} */
  let end = () => undefined
  /** @type {Promise<number>} */
  const ended = new Promise((resolve) => (end = resolve))
  const start = async () => {
    const number = (starts += 1)
    const before = running
    if (before && before.exitCode === null && before.signalCode === null) {
      before.kill()
      await once(before, 'exit')
    }
    if (number !== starts) return
    const child = launch()
    running = child
    child.once('exit', (code) => {
      if (number === starts) end(code ?? 1)
    })
  }
  return { start, ended }
}

await runScript(async () => {
  checkDisplay(process.env, process.platform)
  await ensureDependencies()
  const { executable } = await findElectronRuntime()
  process.env['NODE_ENV'] = 'development'
  const port = await findPort()
  const server = await servePage(port)
  await writeApplicationFolder()
  const args = [...sandboxArguments(), developmentApplication, ...process.argv.slice(2)]
  const env = { ...applicationEnvironment(), TOPICSCOPE_DEVELOPMENT_PORT: String(port) }
  const runner = createRunner(() => spawn(executable, args, { env, stdio: 'inherit' }))
  let isStarted = false
  const restart = () => {
    if (!isStarted) return
    say('built, starting again')
    void runner.start()
  }
  await Promise.all([keepBuilt(mainConfig('development'), restart), keepBuilt(preloadConfig('development'), restart)])
  isStarted = true
  await runner.start()
  const exitCode = await runner.ended
  await server.close()
  process.exit(exitCode)
})
