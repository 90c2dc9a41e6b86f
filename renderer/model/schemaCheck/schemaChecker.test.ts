import { expect, it } from 'vitest'
import { checkText, type CheckedText, type TextToCheck } from './checkText'
import { createSchemaChecker } from './schemaChecker'

/** Threads that answer when the test says so, and a clock that it turns. */
const createBench = () => {
  const asked: { readonly wanted: TextToCheck; readonly answer: (checked: CheckedText) => void }[] = []
  const timers = new Set<() => void>()
  let started = 0
  let ended = 0
  const checker = createSchemaChecker({
    startThread: () => {
      started += 1
      return { check: (wanted, answer) => asked.push({ wanted, answer }), end: () => (ended += 1) }
    },
    later: (run) => {
      timers.add(run)
      return () => timers.delete(run)
    },
  })
  return {
    asked,
    threads: () => ({ started, ended }),
    check: (text: string, signal = new AbortController().signal) =>
      checker.check({ schema: '{"type": "number"}', text }, signal),
    answer: (index: number) => {
      const one = asked[index]
      if (one) one.answer(checkText(one.wanted))
    },
    runOut: () => [...timers].forEach((run) => run()),
  }
}

it('checks one text after the other, and none that was withdrawn', async () => {
  const bench = createBench()
  const withdrawn = new AbortController()
  const first = bench.check('1')
  const second = bench.check('2', withdrawn.signal)
  const third = bench.check('"a"')
  withdrawn.abort()
  bench.answer(0)
  expect(await first).toEqual({ outcome: 'conforms' })
  expect(await second).toBeNull()
  bench.answer(1)
  expect(await third).toMatchObject({ outcome: 'differs', count: 1, findings: [{ code: 'type', position: 0, end: 3 }] })
  expect(bench.asked.map(({ wanted }) => wanted.text)).toEqual(['1', '"a"'])
  expect(bench.threads()).toEqual({ started: 1, ended: 0 })
})

it('ends a thread that does not come to an end, and goes on with another one', async () => {
  const bench = createBench()
  const first = bench.check('1')
  const second = bench.check('2')
  bench.runOut()
  expect(await first).toEqual({ outcome: 'stuck' })
  bench.answer(1)
  expect(await second).toEqual({ outcome: 'conforms' })
  expect(bench.threads()).toEqual({ started: 2, ended: 1 })
})

it('says what cannot be checked', () => {
  expect(checkText({ schema: '{', text: '1' })).toEqual({ outcome: 'noJson' })
  expect(checkText({ schema: '{}', text: '{' })).toEqual({ outcome: 'noJson' })
  expect(checkText({ schema: '{"$ref": "#"}', text: '1' })).toEqual({ outcome: 'depth' })
})
