// What npm test does, and what of it side by side.
import { ensureDebianPackages } from './debianPackages.mjs'
import { findElectronRuntime } from './electronRuntime.mjs'
import { ensureDependencies } from './ensureDependencies.mjs'
import { inRepo, repoFolder } from './paths.mjs'
import { Problem } from './problem.mjs'
import { run } from './run.mjs'
import { readPlaywrightCounts, readVitestCounts, resultsFolder } from './testCounts.mjs'

/**
 * @typedef {import('./testCounts.mjs').Counts} Counts
 * @typedef {(text: string) => void} Write
 * @typedef {{ title: string, act: (write: Write) => Promise<Counts | void> }} Step It fails by throwing or by counting failures.
 */

/** @param {readonly string[]} args @param {Write} onOutput @param {NodeJS.ProcessEnv} [env] */
const runNode = (args, onOutput, env = {}) =>
  run(process.execPath, args, { cwd: repoFolder, env: { ...process.env, ...env }, onOutput })

/** @param {string} tool in node_modules @param {string} title @param {readonly string[]} args @returns {Step} */
const check = (title, tool, args) => ({
  title,
  act: async (write) => {
    const exitCode = await runNode([inRepo('node_modules', ...tool.split('/')), ...args], write)
    if (exitCode !== 0) throw new Problem(`it ended with code ${exitCode}`)
  },
})

/** @param {Write} write */
const runUnitTests = async (write) => {
  const vitest = inRepo('node_modules', 'vitest', 'vitest.mjs')
  const report = `--outputFile.json=${inRepo(resultsFolder, 'vitest.json')}`
  const args = ['run', '--config', 'build/vitest.config.ts', '--reporter=default', '--reporter=json', report]
  return readVitestCounts(await runNode([vitest, ...args], write))
}

/** @param {Write} write */
const runBuild = async (write) => {
  const exitCode = await runNode([inRepo('build', 'build.mjs')], write)
  if (exitCode !== 0) throw new Problem(`it ended with code ${exitCode}`)
}

/** @param {Write} write */
const runEndToEndTests = async (write) => {
  const playwright = inRepo('node_modules', '@playwright', 'test', 'cli.js')
  const args = ['test', '--config', 'build/playwright.config.ts', '--reporter=list,json']
  const env = { PLAYWRIGHT_JSON_OUTPUT_FILE: inRepo(resultsFolder, 'playwright.json') }
  return readPlaywrightCounts(await runNode([playwright, ...args], write, env))
}

const folders = ['shared', 'electron', 'renderer', 'build', 'test']
const cruise = ['--config', 'build/layers/cruise.config.mjs', ...folders]

/** One after the other, and before everything else. They speak for themselves, as they take long the first time only. */
/** @type {readonly Step[]} */
export const preparations = [
  { title: 'Dependencies', act: ensureDependencies },
  { title: 'System packages', act: ensureDebianPackages },
  { title: 'Electron runtime', act: async () => void (await findElectronRuntime()) },
]

/**
 * Three tracks keep two cores busy: tests wait for brokers and windows now and then, and the first track is short.
 * @type {readonly (readonly Step[])[]}
 */
export const checks = [
  [
    { title: 'Build', act: runBuild },
    { title: 'End-to-end tests', act: runEndToEndTests },
  ],
  [
    check('Types', 'typescript-native/bin/tsc', ['--build']),
    check('Lint', 'oxlint/bin/oxlint', []),
    check('Format', 'oxfmt/bin/oxfmt', ['--check']),
    check('Imports', 'dependency-cruiser/bin/dependency-cruise.mjs', cruise),
    check('Unused code', 'knip/bin/knip.js', ['--config', 'build/knip.config.mjs']),
  ],
  [{ title: 'Unit and integration tests', act: runUnitTests }],
]
