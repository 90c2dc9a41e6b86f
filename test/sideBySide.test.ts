import { expect, it } from 'vitest'
import { createRun } from '../build/lib/sideBySide.mjs'
import { noCounts } from '../build/lib/testCounts.mjs'

interface Ending {
  readonly passed: number
  readonly failures: readonly string[]
}

/** Steps that end when the test says so. */
const stepsThatWait = () => {
  const endings = new Map<string, (ending: Ending) => void>()
  return {
    step: (title: string) => ({ title, act: () => Promise.resolve() }),
    run: ({ title }: { readonly title: string }) =>
      new Promise<Ending>((resolve) => endings.set(title, resolve)).then((ending) => ({ ...noCounts, ...ending })),
    end: async (title: string, ending: Ending) => {
      endings.get(title)?.(ending)
      // What follows the step is under way when this is over.
      await new Promise((resolve) => setImmediate(resolve))
    },
  }
}

it('counts what steps find that run at the same time, whichever ends first', async () => {
  const steps = stepsThatWait()
  const run = createRun(steps.run, true)
  const over = run.side([[steps.step('windows')], [steps.step('units'), steps.step('more')]])
  await steps.end('units', { passed: 2_946, failures: [] })
  await steps.end('windows', { passed: 97, failures: ['a window'] })
  await steps.end('more', { passed: 3, failures: [] })
  await over
  expect(run.total()).toMatchObject({ passed: 3_046, failures: ['a window'] })
})

it('begins nothing behind a failure, and says what it did not run', async () => {
  const steps = stepsThatWait()
  const run = createRun(steps.run, false)
  const over = run.side([[steps.step('lint'), steps.step('never')], [steps.step('windows')]])
  await steps.end('lint', { passed: 0, failures: ['lint'] })
  await steps.end('windows', { passed: 5, failures: [] })
  await over
  expect(run.total()).toMatchObject({ passed: 5, failures: ['lint'] })
  expect(run.notRun).toEqual(['never'])
})
