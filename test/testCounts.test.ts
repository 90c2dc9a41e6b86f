import { expect, it } from 'vitest'
import { countPlaywright, countVitest } from '../build/lib/testCounts.mjs'
import { inRepo } from '../build/lib/paths.mjs'

it('names each failed unit test, its file and its reason without colours', () => {
  const failing = {
    status: 'failed',
    fullName: 'adds',
    failureMessages: ['\u001B[31mAssertionError: 1 is not 2\u001B[39m\n    at file'],
  }
  const report = {
    testResults: [
      {
        name: inRepo('shared', 'sum.test.ts'),
        status: 'failed',
        assertionResults: [
          failing,
          { status: 'passed', fullName: 'subtracts' },
          { status: 'pending', fullName: 'divides' },
        ],
      },
    ],
  }
  expect(countVitest(report, 1)).toEqual({
    passed: 1,
    failures: ['shared/sum.test.ts › adds\n    AssertionError: 1 is not 2\n        at file'],
    unsteady: [],
    skipped: ['divides'],
  })
})

it('names a unit test that passed at its second try, and counts it as passed', () => {
  const test = { status: 'passed', fullName: 'waits', failureMessages: ['Error: too late'] }
  const file = { name: inRepo('shared', 'wait.test.ts'), status: 'passed', assertionResults: [test] }
  expect(countVitest({ testResults: [file] }, 0)).toEqual({
    passed: 1,
    failures: [],
    unsteady: ['shared/wait.test.ts › waits\n    Error: too late'],
    skipped: [],
  })
})

it('counts a file that broke before its tests, and a runner that failed without a test', () => {
  const broken = { name: inRepo('a.test.ts'), status: 'failed', message: 'no such module', assertionResults: [] }
  expect(countVitest({ testResults: [broken] }, 1).failures).toEqual(['a.test.ts\n    no such module'])
  expect(countVitest({ testResults: [] }, 3).failures).toEqual(['vitest\n    ended with code 3, though no test failed'])
})

it('names each failed end-to-end test, and apart from them one that passed at its second try', () => {
  const spec = (title: string, status: string) => ({
    title,
    tests: [{ status, results: status === 'expected' ? [{}] : [{ error: { message: 'not visible' } }] }],
  })
  const suite = {
    title: 'e2e/log.test.ts',
    specs: [
      spec('opens', 'unexpected'),
      spec('closes', 'expected'),
      { title: 'later', tests: [{ status: 'skipped' }] },
    ],
    suites: [{ title: 'narrow', specs: [spec('folds', 'flaky')] }],
  }
  expect(countPlaywright({ stats: { expected: 1, flaky: 1 }, suites: [suite] }, 1)).toEqual({
    passed: 2,
    failures: ['e2e/log.test.ts › opens\n    not visible'],
    unsteady: ['narrow › folds\n    not visible'],
    skipped: ['e2e/log.test.ts › later'],
  })
})
