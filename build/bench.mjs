// npm run bench [-- words]: measures the built application in a real window against a real broker. Words choose files
// or titles, such as `flood` or `cold`. The table goes to the terminal, its figures to build/bench/results.json and into the table
// of this machine in build/docs/performance.md.
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { cpus, loadavg, platform, totalmem } from 'node:os'
import { promisify } from 'node:util'
import { ensureDebianPackages } from './lib/debianPackages.mjs'
import { findElectronRuntime } from './lib/electronRuntime.mjs'
import { ensureDependencies } from './lib/ensureDependencies.mjs'
import { inRepo, repoFolder } from './lib/paths.mjs'
import { withFigures } from './lib/performanceTable.mjs'
import { runScript } from './lib/problem.mjs'
import { run } from './lib/run.mjs'

const resultsFile = inRepo('build', 'bench', 'results.json')
const performanceFile = inRepo('build', 'docs', 'performance.md')

/** @typedef {{ measure: string, value: string, target?: string }} Figure */

/** @param {{ folder: string }} runtime @param {readonly string[]} words */
const runBenchmarks = async (runtime, words) => {
  const env = { ...process.env, ELECTRON_OVERRIDE_DIST_PATH: runtime.folder }
  const playwright = inRepo('node_modules', '@playwright', 'test', 'cli.js')
  const args = [playwright, 'test', '--config', 'build/playwright.bench.config.ts', ...words]
  return run(process.execPath, args, { cwd: repoFolder, env })
}

/** @returns {Promise<readonly Figure[]>} */
const readFigures = async () => (existsSync(resultsFile) ? JSON.parse(await readFile(resultsFile, 'utf8')) : [])

/** @param {readonly Figure[]} figures */
const printTable = (figures) => {
  if (figures.length === 0) return
  console.log('\n| measure | figure | target |\n|---|---|---|')
  for (const { measure, value, target } of figures) console.log(`| ${measure} | ${value} | ${target ?? ''} |`)
}

/** @param {{ executable: string }} runtime */
const machineWith = async ({ executable }) => {
  const asNode = { env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' } }
  const { stdout } = await promisify(execFile)(executable, ['-p', 'process.versions.electron'], asNode)
  const gigabytes = Math.round(totalmem() / 2 ** 30)
  const processor = cpus()[0]?.model.trim() ?? 'unknown processor'
  return `${cpus().length} x ${processor}, ${gigabytes} GB, ${platform()}, Electron ${stdout.trim()}`
}

/** @param {readonly Figure[]} figures @param {{ machine: string, load: string }} circumstances */
const keepFigures = async (figures, circumstances) => {
  if (figures.length === 0) return
  const text = existsSync(performanceFile) ? await readFile(performanceFile, 'utf8') : ''
  const date = new Date().toISOString().slice(0, 10)
  await writeFile(performanceFile, withFigures(text, figures, { ...circumstances, date }))
  await run(process.execPath, [inRepo('node_modules', 'oxfmt', 'bin', 'oxfmt'), performanceFile], { cwd: repoFolder })
}

await runScript(async () => {
  await ensureDependencies()
  await ensureDebianPackages()
  await rm(resultsFile, { force: true })
  const runtime = await findElectronRuntime()
  const circumstances = { machine: await machineWith(runtime), load: (loadavg()[0] ?? 0).toFixed(1) }
  const exitCode = await runBenchmarks(runtime, process.argv.slice(2))
  const figures = await readFigures()
  printTable(figures)
  await keepFigures(figures, circumstances)
  return exitCode
})
