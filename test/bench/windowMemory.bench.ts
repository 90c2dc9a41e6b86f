import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from '@playwright/test'
import { build } from 'vite'
import { findElectronRuntime } from '../../build/lib/electronRuntime.mjs'
import { inRepo } from '../../build/lib/paths.mjs'
import { windowModelConfig } from '../../build/vite/nodeConfig.mjs'
import { report } from './results'

/** What windowModelFill.ts prints. */
interface Filled {
  readonly bytes: number
  readonly logBytes: number
  /** With what the rows and orders of the tree need that were looked at. */
  readonly shown: number
  /** CPU time a message, by round. */
  readonly microseconds: readonly number[]
  /** Milliseconds of the longest call, and how many there were until nothing was pending. */
  readonly longest: Readonly<Record<string, Readonly<Record<string, { longest: number; calls: number }>>>>
}

test.beforeAll(async () => {
  await build({ logLevel: 'error', ...windowModelConfig() })
})

const fill = async (topics: number, rounds: number): Promise<Filled> => {
  const { executable } = await findElectronRuntime()
  const program = inRepo('build', 'out', 'bench', 'windowModelFill.cjs')
  const { stdout } = await promisify(execFile)(executable, ['--expose-gc', program, `${topics}`, `${rounds}`], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  })
  return JSON.parse(stdout) as Filled
}

for (const rounds of [1, 2, 4, 10]) {
  test(`bytes a topic in the window's models, ${rounds} messages each`, async () => {
    const topics = 200_000
    const { bytes, logBytes, microseconds } = await fill(topics, rounds)
    const ofTopic = Math.round(bytes / topics)
    expect(ofTopic).toBeGreaterThan(0)
    report({
      measure: `bytes a topic in the window's models, ${topics} topics, ${rounds} messages of 100 bytes each, without the log`,
      value: `${ofTopic} (the log ${Math.round(logBytes / topics)}); CPU a message ${microseconds[0]} us at first, ${microseconds.at(-1)} us at last`,
      raw: { bytes, logBytes, first: microseconds[0] ?? 0, last: microseconds.at(-1) ?? 0 },
    })
  })
}

test('a million topics opened, searched and sorted', async () => {
  const topics = 1_000_000
  const { bytes, logBytes, shown, longest } = await fill(topics, 1)
  const calls = Object.entries(longest).flatMap(([name, parts]) =>
    Object.entries(parts).map(([part, found]) => ({ name: `${name} ${part}`, ...found })),
  )
  expect(calls.length).toBeGreaterThan(0)
  report({
    measure: `the longest call of the window's models, ${topics} topics`,
    value: `${calls.map(({ name, ...found }) => `${name} ${found.longest} ms of ${found.calls} calls`).join('; ')}; ${Math.round(bytes / 2 ** 20)} MiB without the log of ${Math.round(logBytes / 2 ** 20)}, ${Math.round(shown / 2 ** 20)} MiB after it was looked at`,
    target: 'no call over 50 ms',
    raw: { bytes, logBytes, shown, longest: Math.max(...calls.map((found) => found.longest)) },
  })
})
