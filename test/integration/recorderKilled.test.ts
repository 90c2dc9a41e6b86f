import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { RecorderStatus } from '../../shared/model/recordings'
import { decodeUtf8 } from '../../shared/mqtt/utf8'
import { recordingReader } from '../../shared/recording/recordingFile'
import { runOrThrow } from '../support/runCommand'
import { createTemporaryFolder } from '../support/temporaryFolder'

const kills = Number(process.env['RECORDER_KILLS'] ?? 4)
const folder = createTemporaryFolder('recorder-killed')
const program = join(folder.path, 'recorder.cjs')

beforeAll(async () => writeFileSync(program, (await import('../support/recorderLoop?thread')).default))
afterAll(folder.remove)

interface Running {
  readonly child: ChildProcessByStdio<Writable, Readable, null>
  readonly said: () => readonly RecorderStatus[]
  /** The first thing it says that is so. */
  saidThat(test: (status: RecorderStatus) => boolean): Promise<RecorderStatus>
}

const start = (path: string, limit: readonly string[] = []): Running => {
  const [command, ...words] = [...limit, process.execPath, program, path]
  const child = spawn(command, words, { stdio: ['pipe', 'pipe', 'inherit'] })
  let text = ''
  const said = () =>
    text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as RecorderStatus)
  child.stdout.on('data', (bytes: Buffer) => (text += bytes.toString()))
  const saidThat = async (test: (status: RecorderStatus) => boolean) => {
    for (;;) {
      const found = said().find(test)
      if (found) return found
      await once(child.stdout, 'data')
    }
  }
  return { child, said, saidThat }
}

const end = async ({ child }: Running) => {
  const closed = once(child, 'close')
  child.stdin.write('end\n')
  await closed
}

/** What stands in the file: how many messages from the first on, and what it says that is missing. */
const contentOf = (path: string) => {
  const items = [...recordingReader.read([new Uint8Array(readFileSync(path))])]
  const numbers = items.flatMap((item) =>
    item.kind === 'message' ? [Number(decodeUtf8(item.message.payload).split(' ', 1).join(''))] : [],
  )
  expect(numbers).toEqual(numbers.map((_, index) => index))
  return {
    messages: numbers.length,
    refused: items.flatMap((item) => (item.kind === 'refused' ? [item.reason] : [])),
    marks: items.flatMap((item) => (item.kind === 'mark' ? [item.json] : [])),
  }
}

it(`a recorder that is killed ${kills} times loses nothing that was on disk, and each file says that its end is missing`, async () => {
  for (let kill = 0; kill < kills; kill += 1) {
    const path = join(folder.path, `killed-${kill}.jsonl`)
    const running = start(path)
    const sure = await running.saidThat(({ messages }) => messages >= 200 * (1 + ((kill * 7) % 5)))
    const closed = once(running.child, 'close')
    running.child.kill('SIGKILL')
    await closed
    const { messages, refused } = contentOf(path)
    expect(messages).toBeGreaterThan(0)
    expect(messages).toBeGreaterThanOrEqual(onDiskAt(running.said(), sure))
    expect(refused.at(-1)).toBe('noEnd')
    expect(refused.filter((reason) => reason !== 'noEnd').length).toBeLessThanOrEqual(1)
  }
})

/** Messages that were on disk when it said this: it does so after each write, which has all that had come at the one before. */
const onDiskAt = (said: readonly RecorderStatus[], now: RecorderStatus): number => {
  const at = said.indexOf(now)
  return said[at - 1]?.messages ?? 0
}

// A limit on the size of files is a disk that is full, which anybody may have; Windows and macOS have no prlimit.
const limitBytes = 200_000
const full = ['prlimit', `--fsize=${limitBytes}:`]

it.runIf(process.platform === 'linux')(
  'a recorder whose disk is full says so, waits, and has lost nothing when there is room again',
  async () => {
    const path = join(folder.path, 'full.jsonl')
    const running = start(path, full)
    const troubled = await running.saidThat(({ trouble }) => trouble !== null)
    expect(troubled).toMatchObject({ missed: 0, trouble: { code: 'storageFailed' } })
    expect(readFileSync(path).length).toBe(limitBytes)
    await runOrThrow('prlimit', ['--pid', String(running.child.pid), '--fsize=unlimited:'])
    await running.saidThat(({ trouble, messages }) => trouble === null && messages > troubled.messages)
    await end(running)
    const last = running.said().at(-1)
    expect(last).toMatchObject({ end: 'stopped', missed: 0, trouble: null })
    expect(contentOf(path)).toMatchObject({ messages: last?.messages, refused: [] })
  },
)

it.runIf(process.platform === 'linux')(
  'a recording that ends while its disk is full counts what is not there, and its file says that it has no end',
  async () => {
    const path = join(folder.path, 'full-to-the-end.jsonl')
    const running = start(path, full)
    await running.saidThat(({ trouble }) => trouble !== null)
    await end(running)
    const last = running.said().at(-1)
    const { messages, refused } = contentOf(path)
    expect(last).toMatchObject({ end: 'stopped', messages, trouble: { code: 'storageFailed' } })
    expect(last?.missed).toBeGreaterThan(0)
    expect(refused.at(-1)).toBe('noEnd')
  },
)
