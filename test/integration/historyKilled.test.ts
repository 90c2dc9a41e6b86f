import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { serialize } from 'node:v8'
import { expect, it } from 'vitest'
import { createHistoryCursor } from '../../electron/core/history/historyReader'
import {
  createFrames,
  historyThreadCode,
  openSqlite,
  readAll,
  recorderIn,
} from '../../electron/core/history/historyTesting'
import { createTemporaryFolder } from '../support/temporaryFolder'
import { inRepo } from '../../build/lib/paths.mjs'

const kills = Number(process.env['HISTORY_KILLS'] ?? 4)

/** Frames of five messages, of which each says its number. */
const someFrames = () => {
  const frames = createFrames()
  return Array.from({ length: 2_000 }, (_, frame) =>
    frames.of(Array.from({ length: 5 }, (__, index) => ({ topic: `t/${index}`, payload: `${frame * 5 + index}` }))),
  ).flat()
}

/** Records until it has said something `commits` times, and is killed then. Answers how many messages were sure. */
const killedAfter = async (parts: readonly string[], commits: number): Promise<number> => {
  const child = spawn(process.execPath, [inRepo('test', 'support', 'historyWriter.cjs'), ...parts])
  let said = ''
  child.stdout.on('data', (bytes: Buffer) => {
    said += bytes.toString()
    if (said.split('\n').length > commits) child.kill('SIGKILL')
  })
  await once(child, 'close')
  const lines = said.split('\n').slice(0, -1)
  return Number(lines.at(-1) ?? 0)
}

it(`loses nothing that was committed when it is killed ${kills} times, and says each time that it was`, async () => {
  const folder = createTemporaryFolder('history-killed')
  const history = join(folder.path, 'history')
  const parts = [join(folder.path, 'thread.cjs'), join(folder.path, 'frames'), history]
  writeFileSync(parts[0] ?? '', await historyThreadCode())
  writeFileSync(parts[1] ?? '', serialize(someFrames()))
  const sure: number[] = []
  for (let kill = 0; kill < kills; kill += 1) sure.push(await killedAfter(parts, 1 + ((kill * 7) % 12)))
  const recorder = recorderIn({ folder: history })
  expect(recorder.load()).toBe(true)
  recorder.stop()

  // Each run wrote its messages from the first on, and a gap stands behind what was left of it.
  const runs: number[] = []
  for (const row of readAll(createHistoryCursor(openSqlite, history, { heads: false }))) {
    if ('gap' in row) {
      expect(row).toEqual({ gap: 'killed', messages: null })
      continue
    }
    const number = Number(row.payload)
    if (number === 0) runs.push(0)
    expect(number).toBe(runs.at(-1))
    runs[runs.length - 1] = number + 1
  }
  const written = sure.filter((messages) => messages > 0)
  expect(runs.length).toBeGreaterThanOrEqual(written.length)
  const total = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0)
  expect(total(runs)).toBeGreaterThanOrEqual(total(sure))
  expect(recorder.status().gapCount).toBe(runs.length)
  folder.remove()
})
