// npm test [-- --keep-going]: every check of the project, from a fresh clone to the end-to-end tests.
import { mkdir, rm } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { checks, preparations } from './lib/checks.mjs'
import { inRepo } from './lib/paths.mjs'
import { Problem, messageOf, runScript } from './lib/problem.mjs'
import { createRun } from './lib/sideBySide.mjs'
import { describeFailure, noCounts, resultsFolder } from './lib/testCounts.mjs'

/**
 * @typedef {import('./lib/checks.mjs').Step} Step
 * @typedef {import('./lib/testCounts.mjs').Counts} Counts
 */

/** Beginnings and ends, and all that a step wrote between them: steps that run side by side do not mix their lines.
 * @param {Step} step @returns {Promise<Counts>} a step that is no test but fails counts as one failure */
const runStep = async ({ title, act }) => {
  console.log(`... ${title}`)
  let output = ''
  const startedAt = performance.now()
  const counts = await act((text) => (output += text)).catch((error) => {
    output += `${title}: ${error instanceof Problem ? messageOf(error) : (error?.stack ?? error)}\n`
    return { ...noCounts, failures: [describeFailure(title, messageOf(error))] }
  })
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1)
  const outcome = `=== ${title}: ${counts?.failures.length ? 'FAILED' : 'ok'} (${seconds} s)`
  console.log(output.trim() === '' ? outcome : `\n=== ${title}\n${output.trimEnd()}\n${outcome}\n`)
  return counts ?? noCounts
}

const readOptions = () => {
  try {
    return parseArgs({ options: { 'keep-going': { type: 'boolean', default: false } } }).values
  } catch (error) {
    throw new Problem(`${messageOf(error)}\nUsage: npm test [-- --keep-going]`)
  }
}

await runScript(async () => {
  const steps = createRun(runStep, readOptions()['keep-going'] ?? false)
  await rm(inRepo(resultsFolder), { recursive: true, force: true })
  await mkdir(inRepo(resultsFolder), { recursive: true })
  await steps.side([preparations])
  await steps.side(checks)
  const { passed, failures, unsteady, skipped } = steps.total()
  if (steps.notRun.length > 0) console.log(`\nStopped at a failure; not run: ${steps.notRun.join(', ')}.`)
  if (skipped.length > 0)
    console.log(`\nSkipped, ${skipped.length}:\n${skipped.map((title) => `  ${title}`).join('\n')}`)
  if (unsteady.length > 0)
    console.log(`\nPassed at a second try, ${unsteady.length}:\n${unsteady.map((text) => `  ${text}`).join('\n')}`)
  if (failures.length > 0)
    console.log(`\nFailed, ${failures.length}:\n${failures.map((text) => `  ${text}`).join('\n')}`)
  console.log(`\n${passed} passed, ${failures.length} failed`)
  return failures.length === 0 ? 0 : 1
})
