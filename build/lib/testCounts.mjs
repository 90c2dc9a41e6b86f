import { readFile } from 'node:fs/promises'
import { inRepo } from './paths.mjs'
import { Problem } from './problem.mjs'

/** @typedef {{ passed: number, failed: number, skipped: readonly string[] }} Counts skipped: titles */

export const resultsFolder = 'build/out/test-results'

/** @type {Counts} */
export const noCounts = { passed: 0, failed: 0, skipped: [] }

/** @param {Counts} one @param {Counts} other @returns {Counts} */
export const addCounts = (one, other) => ({
  passed: one.passed + other.passed,
  failed: one.failed + other.failed,
  skipped: [...one.skipped, ...other.skipped],
})

/** @param {string} name @param {number} exitCode */
const readReport = async (name, exitCode) => {
  const text = await readFile(inRepo(resultsFolder, name), 'utf8').catch(() => null)
  if (text !== null) return JSON.parse(text)
  throw new Problem(`no report was written; the tests ended with code ${exitCode}`)
}

/** A runner that fails for another reason than a test (a broken file, an unhandled error) still counts as a failure.
 * @param {Counts} counts @param {number} exitCode @returns {Counts} */
const withRunnerFailure = (counts, exitCode) =>
  exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts

/** @typedef {{ status: string, fullName: string }} VitestTest */
/** @typedef {{ status: string, assertionResults: readonly VitestTest[] }} VitestFile */

/** @param {{ testResults: readonly VitestFile[] }} report @param {number} exitCode */
const countVitest = (report, exitCode) => {
  const tests = report.testResults.flatMap((file) => file.assertionResults)
  /** @param {VitestFile} file */
  const brokeBeforeItsTests = (file) =>
    file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed')
  const failed = tests.filter((test) => test.status === 'failed').length
  const passed = tests.filter((test) => test.status === 'passed').length
  const others = tests.filter((test) => test.status !== 'failed' && test.status !== 'passed')
  const broken = report.testResults.filter(brokeBeforeItsTests).length
  const counts = { passed, failed: failed + broken, skipped: others.map((test) => test.fullName) }
  return withRunnerFailure(counts, exitCode)
}

/**
 * @typedef {{ title: string, specs?: readonly { title: string, tests: readonly { status: string }[] }[],
 *   suites?: readonly PlaywrightSuite[] }} PlaywrightSuite
 */

/** @param {PlaywrightSuite} suite @returns {readonly string[]} */
const skippedIn = (suite) => [
  ...(suite.specs ?? [])
    .filter((spec) => spec.tests.some((test) => test.status === 'skipped'))
    .map((spec) => `${suite.title} › ${spec.title}`),
  ...(suite.suites ?? []).flatMap(skippedIn),
]

/**
 * @param {{ stats: { expected: number, unexpected: number, flaky: number }, suites: readonly PlaywrightSuite[] }} report
 * @param {number} exitCode
 */
const countPlaywright = ({ stats, suites }, exitCode) => {
  const counts = { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: suites.flatMap(skippedIn) }
  return withRunnerFailure(counts, exitCode)
}

/** @param {number} exitCode */
export const readVitestCounts = async (exitCode) => countVitest(await readReport('vitest.json', exitCode), exitCode)

/** @param {number} exitCode */
export const readPlaywrightCounts = async (exitCode) =>
  countPlaywright(await readReport('playwright.json', exitCode), exitCode)
