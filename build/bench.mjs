// npm run bench [-- words]: measures the built application in a real window against a real broker. Words choose files
// or titles, such as `flood` or `cold`. The table goes to the terminal, its figures to build/bench/results.json.
import { existsSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { ensureDebianPackages } from './lib/debianPackages.mjs'
import { findElectronRuntime } from './lib/electronRuntime.mjs'
import { ensureDependencies } from './lib/ensureDependencies.mjs'
import { inRepo, repoFolder } from './lib/paths.mjs'
import { runScript } from './lib/problem.mjs'
import { run } from './lib/run.mjs'

const resultsFile = inRepo('build', 'bench', 'results.json')

/** @typedef {{ measure: string, value: string, target?: string }} Figure */

/** @param {readonly string[]} words */
const runBenchmarks = async (words) => {
  const runtime = await findElectronRuntime()
  const env = { ...process.env, ELECTRON_OVERRIDE_DIST_PATH: runtime.folder }
  const playwright = inRepo('node_modules', '@playwright', 'test', 'cli.js')
  const args = [playwright, 'test', '--config', 'build/playwright.bench.config.ts', ...words]
  return run(process.execPath, args, { cwd: repoFolder, env })
}

const printTable = async () => {
  if (!existsSync(resultsFile)) return
  /** @type {readonly Figure[]} */
  const figures = JSON.parse(await readFile(resultsFile, 'utf8'))
  console.log('\n| measure | figure | target |\n|---|---|---|')
  for (const { measure, value, target } of figures) console.log(`| ${measure} | ${value} | ${target ?? ''} |`)
}

await runScript(async () => {
  await ensureDependencies()
  await ensureDebianPackages()
  await rm(resultsFile, { force: true })
  const exitCode = await runBenchmarks(process.argv.slice(2))
  await printTable()
  return exitCode
})
