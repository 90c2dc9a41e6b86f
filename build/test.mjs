// npm test [-- --keep-going]: every check of the project, from a fresh clone to the end-to-end tests.
import { mkdir, rm } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { ensureDebianPackages } from './lib/debianPackages.mjs'
import { ensureDependencies } from './lib/ensureDependencies.mjs'
import { findElectronRuntime } from './lib/electronRuntime.mjs'
import { inRepo, repoFolder } from './lib/paths.mjs'
import { Problem, messageOf, runScript } from './lib/problem.mjs'
import { run } from './lib/run.mjs'
import { addCounts, noCounts, readPlaywrightCounts, readVitestCounts, resultsFolder } from './lib/testCounts.mjs'

/** @typedef {import('./lib/testCounts.mjs').Counts} Counts */
/** @typedef {{ title: string, act: () => Promise<Counts | void> }} Step A step that fails throws, or counts failures. */

/** @param {string} script @param {readonly string[]} args @param {NodeJS.ProcessEnv} [env] */
const runTool = (script, args, env = {}) =>
  run(process.execPath, [inRepo('node_modules', ...script.split('/')), ...args], {
    cwd: repoFolder,
    env: { ...process.env, ...env },
  })

/** @param {string} script @param {readonly string[]} args */
const mustSucceed = async (script, args) => {
  const exitCode = await runTool(script, args)
  if (exitCode !== 0) throw new Problem(`it ended with code ${exitCode}`)
}

const runUnitTests = async () => {
  const reporters = [
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${inRepo(resultsFolder, 'vitest.json')}`,
  ]
  const exitCode = await runTool('vitest/vitest.mjs', ['run', '--config', 'build/vitest.config.ts', ...reporters])
  return readVitestCounts(exitCode)
}

const runBuild = async () => {
  const exitCode = await run(process.execPath, [inRepo('build', 'build.mjs')], { cwd: repoFolder })
  if (exitCode !== 0) throw new Problem(`it ended with code ${exitCode}`)
}

const runEndToEndTests = async () => {
  const runtime = await findElectronRuntime()
  const env = {
    ...process.env,
    ELECTRON_OVERRIDE_DIST_PATH: runtime.folder,
    PLAYWRIGHT_JSON_OUTPUT_FILE: inRepo(resultsFolder, 'playwright.json'),
  }
  const playwright = inRepo('node_modules', '@playwright', 'test', 'cli.js')
  const args = [playwright, 'test', '--config', 'build/playwright.config.ts', '--reporter=list,json']
  const [command, before] =
    process.platform === 'linux' ? ['xvfb-run', ['-a', process.execPath]] : [process.execPath, []]
  return readPlaywrightCounts(await run(command, [...before, ...args], { cwd: repoFolder, env }))
}

/** @type {readonly Step[]} */
const steps = [
  { title: 'Dependencies', act: ensureDependencies },
  { title: 'System packages', act: ensureDebianPackages },
  { title: 'Format', act: () => mustSucceed('prettier/bin/prettier.cjs', ['--check', '--log-level', 'warn', '.']) },
  {
    title: 'Lint',
    act: () =>
      mustSucceed('eslint/bin/eslint.js', [
        '--config',
        'build/eslint.config.js',
        '--max-warnings',
        '0',
        '--concurrency',
        'auto',
        '.',
      ]),
  },
  { title: 'Types', act: () => mustSucceed('typescript/bin/tsc', ['--build']) },
  { title: 'Unit and integration tests', act: runUnitTests },
  { title: 'Build', act: runBuild },
  { title: 'Electron runtime', act: async () => void (await findElectronRuntime()) },
  { title: 'End-to-end tests', act: runEndToEndTests },
]

/** @param {Step} step @returns {Promise<Counts>} a step that is no test but fails counts as one failure */
const runStep = async ({ title, act }) => {
  console.log(`\n=== ${title}`)
  const startedAt = performance.now()
  const counts = await Promise.resolve()
    .then(act)
    .catch((error) => {
      console.error(`${title}: ${error instanceof Problem ? messageOf(error) : (error?.stack ?? error)}`)
      return { ...noCounts, failed: 1 }
    })
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1)
  console.log(`=== ${title}: ${counts?.failed ? 'FAILED' : 'ok'} (${seconds} s)`)
  return counts ?? noCounts
}

/** @param {boolean} keepGoing */
const runSteps = async (keepGoing) => {
  let total = noCounts
  for (const [index, step] of steps.entries()) {
    const counts = await runStep(step)
    total = addCounts(total, counts)
    if (counts.failed === 0 || keepGoing) continue
    const left = steps.slice(index + 1).map(({ title }) => title)
    console.log(`\nStopped at "${step.title}"${left.length > 0 ? `; not run: ${left.join(', ')}` : ''}.`)
    break
  }
  return total
}

const readOptions = () => {
  try {
    return parseArgs({ options: { 'keep-going': { type: 'boolean', default: false } } }).values
  } catch (error) {
    throw new Problem(`${messageOf(error)}\nUsage: npm test [-- --keep-going]`)
  }
}

await runScript(async () => {
  const keepGoing = readOptions()['keep-going'] ?? false
  await rm(inRepo(resultsFolder), { recursive: true, force: true })
  await mkdir(inRepo(resultsFolder), { recursive: true })
  const { passed, failed, skipped } = await runSteps(keepGoing)
  if (skipped.length > 0)
    console.log(`\nSkipped, ${skipped.length}:\n${skipped.map((title) => `  ${title}`).join('\n')}`)
  console.log(`\n${passed} passed, ${failed} failed`)
  return failed === 0 ? 0 : 1
})
