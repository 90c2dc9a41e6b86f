import { readFile } from 'node:fs/promises'
import { relative } from 'node:path'
import { inRepo, repoFolder } from './paths.mjs'
import { Problem } from './problem.mjs'

/**
 * @typedef {{ passed: number, failures: readonly string[], unsteady: readonly string[], skipped: readonly string[] }} Counts
 *   failures: title and reason; unsteady: title and the reason of the first try, of tests that passed at a later one (they count
 *   as passed); skipped: titles
 */

export const resultsFolder = 'build/out/test-results'

/** @type {Counts} */
export const noCounts = { passed: 0, failures: [], unsteady: [], skipped: [] }

/** @param {Counts} one @param {Counts} other @returns {Counts} */
export const addCounts = (one, other) => ({
  passed: one.passed + other.passed,
  failures: [...one.failures, ...other.failures],
  unsteady: [...one.unsteady, ...other.unsteady],
  skipped: [...one.skipped, ...other.skipped],
})

/** @param {string} name @param {number} exitCode */
const readReport = async (name, exitCode) => {
  const text = await readFile(inRepo(resultsFolder, name), 'utf8').catch(() => null)
  if (text !== null) return JSON.parse(text)
  throw new Problem(`no report was written; the tests ended with code ${exitCode}`)
}

const reasonLines = 12
const colours = /\u001B\[[\d;]*m/g

/** Said again at the end, where whoever has only the end of the output still finds it.
 * @param {string} title @param {string | undefined} reason @returns {string} a stack is cut to its first lines */
export const describeFailure = (title, reason) => {
  const lines = (reason ?? '').replace(colours, '').trim().split('\n').slice(0, reasonLines)
  return [title, ...lines.filter((line) => line.trim() !== '').map((line) => `    ${line}`)].join('\n')
}

/** A runner that fails for another reason than a test (an unhandled error) still counts as a failure.
 * @param {Counts} counts @param {string} runner @param {number} exitCode @returns {Counts} */
const withRunnerFailure = (counts, runner, exitCode) =>
  exitCode !== 0 && counts.failures.length === 0
    ? { ...counts, failures: [describeFailure(runner, `ended with code ${exitCode}, though no test failed`)] }
    : counts

/** @typedef {{ status: string, fullName: string, failureMessages?: readonly string[] }} VitestTest */
/** @typedef {{ name?: string, status: string, message?: string, assertionResults: readonly VitestTest[] }} VitestFile */

/** @param {VitestFile} file */
const nameOf = (file) => (file.name === undefined ? '' : relative(repoFolder, file.name))

/** @param {VitestFile} file @param {(test: VitestTest) => boolean} isMeant @returns {readonly string[]} */
const describeTests = (file, isMeant) =>
  file.assertionResults
    .filter(isMeant)
    .map((test) => describeFailure(`${nameOf(file)} › ${test.fullName}`, test.failureMessages?.join('\n')))

/** @param {VitestFile} file @returns {readonly string[]} */
const failuresOfFile = (file) => {
  const failures = describeTests(file, (test) => test.status === 'failed')
  const brokeBeforeItsTests = file.status === 'failed' && failures.length === 0
  return brokeBeforeItsTests ? [describeFailure(nameOf(file), file.message)] : failures
}

/** Errors of earlier tries stay with a test that passed.
 * @param {VitestTest} test */
const passedLater = (test) => test.status === 'passed' && (test.failureMessages?.length ?? 0) > 0

/** @param {{ testResults: readonly VitestFile[] }} report @param {number} exitCode @returns {Counts} */
export const countVitest = (report, exitCode) => {
  const tests = report.testResults.flatMap((file) => file.assertionResults)
  const passed = tests.filter((test) => test.status === 'passed').length
  const others = tests.filter((test) => test.status !== 'failed' && test.status !== 'passed')
  const failures = report.testResults.flatMap(failuresOfFile)
  const unsteady = report.testResults.flatMap((file) => describeTests(file, passedLater))
  const skipped = others.map((test) => test.fullName)
  return withRunnerFailure({ passed, failures, unsteady, skipped }, 'vitest', exitCode)
}

/**
 * @typedef {{ status: string, results?: readonly { error?: { message?: string } }[] }} PlaywrightTest
 * @typedef {{ title: string, specs?: readonly { title: string, tests: readonly PlaywrightTest[] }[],
 *   suites?: readonly PlaywrightSuite[] }} PlaywrightSuite
 */

/** @param {PlaywrightSuite} suite @returns {readonly { title: string, tests: readonly PlaywrightTest[] }[]} */
const specsIn = (suite) => [
  ...(suite.specs ?? []).map(({ title, tests }) => ({ title: `${suite.title} › ${title}`, tests })),
  ...(suite.suites ?? []).flatMap(specsIn),
]

/** @param {PlaywrightTest} test @returns the first try's error */
const errorOf = (test) => test.results?.find(({ error }) => error !== undefined)?.error?.message

/** @param {{ stats: { expected: number, flaky: number }, suites: readonly PlaywrightSuite[] }} report
 * @param {number} exitCode @returns {Counts} */
export const countPlaywright = ({ stats, suites }, exitCode) => {
  const specs = suites.flatMap(specsIn)
  /** @param {string} outcome */
  const describe = (outcome) =>
    specs.flatMap(({ title, tests }) =>
      tests.filter(({ status }) => status === outcome).map((test) => describeFailure(title, errorOf(test))),
    )
  const skipped = specs.filter(({ tests }) => tests.some(({ status }) => status === 'skipped'))
  const counts = {
    passed: stats.expected + stats.flaky,
    failures: describe('unexpected'),
    unsteady: describe('flaky'),
    skipped: skipped.map(({ title }) => title),
  }
  return withRunnerFailure(counts, 'playwright', exitCode)
}

/** @param {number} exitCode */
export const readVitestCounts = async (exitCode) => countVitest(await readReport('vitest.json', exitCode), exitCode)

/** @param {number} exitCode */
export const readPlaywrightCounts = async (exitCode) =>
  countPlaywright(await readReport('playwright.json', exitCode), exitCode)
