import fc from 'fast-check'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { exportFormats } from '#shared/recording/exportFormat'
import type { OpenedRecording, RecordingExportPlan, RecordingExportProgress } from '#shared/model/recordings'
import { joinedBytes } from '#shared/encoding/joinedBytes'
import type { RecordedMessage, RecordingItem } from '#shared/recording/recordedMessage'
import { recordingWriter } from '#shared/recording/recordingFile'
import { anyMessage, bytesOf, messagesIn, readAll } from '#shared/recording/recordingTesting'
import { mountedTmpfs } from '../../../../test/support/mountedTmpfs'
import { createTemporaryFolder, type TemporaryFolder } from '../../../../test/support/temporaryFolder'
import { createFileWriting } from '../../files/fileWriting'
import type { MessageSource } from '../messageSource'
import { contentOfFile } from '../recordedContent'
import { openRecordingFile } from '../recordingFile'
import { createRecordingSource } from '../recordingSource'
import { createSourceExports } from './sourceExports'

let folder: TemporaryFolder
const closing: (() => Promise<void>)[] = []
beforeEach(() => void (folder = createTemporaryFolder('source-exports')))
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
  folder.remove()
})

const mark = '{"bookmark":{"note":"here","on":"t/0"},"t":1764000000000000000}'
const event = '{"event":"lost","detail":"it went","t":1764000000000000000}'

const message = (number: number, payload: Uint8Array = bytesOf(String(number))): RecordedMessage => ({
  time: 1_764_000_000_000_000_000n + BigInt(number) * 1_000_000n,
  topic: `t/${number % 3}`,
  payload,
  qos: 1,
  retain: false,
  dup: false,
  direction: 'in',
  connection: 'c',
  packetId: 7,
  properties: { contentType: 'text/plain' },
})

/** A recording on disk that is open. */
const recordingOf = async (parts: readonly (RecordedMessage | string)[]): Promise<MessageSource> => {
  const path = join(folder.path, 'source')
  const lines = parts.map((part) =>
    typeof part === 'string' ? (recordingWriter.mark?.(part) ?? bytesOf('')) : recordingWriter.message(part),
  )
  writeFileSync(path, joinedBytes([recordingWriter.begin(), ...lines]))
  const opened = await openRecordingFile(path, { temporaryFolder: folder.path, signal: new AbortController().signal })
  if (!opened.ok) throw new Error(opened.error.message)
  closing.push(() => opened.value.close())
  const messages = parts.filter((part) => typeof part !== 'string').length
  return createRecordingSource(
    contentOfFile(opened.value),
    () => ({ messages, from: null, to: null }) as OpenedRecording,
  )
}

interface Given {
  readonly source: MessageSource
  readonly to?: string
  readonly plan?: Partial<RecordingExportPlan>
  readonly onProgress?: (progress: RecordingExportProgress) => void
}

const exporting = ({ source, to = join(folder.path, 'out'), plan = {}, onProgress = () => undefined }: Given) => {
  const files = createFileWriting({
    choosePath: () => Promise.resolve(null),
    choosePaths: () => Promise.resolve([]),
    confirm: () => Promise.resolve(false),
    savePath: () => Promise.resolve(to),
    writeClipboard: () => undefined,
  })
  const exports = createSourceExports({ files, sourceOf: () => source, onProgress })
  const whole = { connectionId: 'r', suggestedName: 'out', format: 'recording', template: '%t', filter: null } as const
  return { exports, to, done: exports.run({ ...whole, ...plan }), again: () => exports.run({ ...whole, ...plan }) }
}

const withoutPlace = (items: readonly RecordingItem[]) =>
  items.map((item) => (item.kind === 'message' ? item.message : item.kind === 'mark' ? item.json : item.reason))

describe('an export straight from a recording', () => {
  it('as a recording has every message, event and bookmark in its order', async () => {
    const parts = [event, ...Array.from({ length: 3_000 }, (_, number) => message(number)), mark, message(3_000), mark]
    const told: RecordingExportProgress[] = []
    const { to, done } = exporting({ source: await recordingOf(parts), onProgress: (one) => told.push(one) })
    expect(await done).toEqual({ ok: true, value: { written: 3_001, path: to } })
    expect(withoutPlace(readAll(readFileSync(to)))).toEqual(parts)
    expect(told.at(-1)).toEqual({ connectionId: 'r', written: 3_001, read: 3_001, total: 3_001 })
  })

  it('gives back whatever a message may have', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyMessage, { maxLength: 20 }), async (messages) => {
        const source = await recordingOf(messages)
        const { to, done } = exporting({ source })
        expect(await done).toMatchObject({ value: { written: messages.length } })
        expect(messagesIn(readAll(readFileSync(to)))).toEqual(messages)
      }),
      { numRuns: 30 },
    )
  })

  it.each(exportFormats)('is written as %s, with the exact count', async (format) => {
    const source = await recordingOf([event, ...Array.from({ length: 1_200 }, (_, number) => message(number)), mark])
    const { to, done } = exporting({ source, plan: { format } })
    expect(await done).toEqual({ ok: true, value: { written: 1_200, path: to } })
    expect(readdirSync(folder.path).toSorted()).toEqual(['out', 'source'])
    if (format === 'jsonl') expect(messagesIn(readAll(readFileSync(to)))).toHaveLength(1_200)
    if (format === 'raw') expect(statSync(to).isDirectory()).toBe(true)
    else expect(statSync(to).size).toBeGreaterThan(1_200)
  })

  it('of a topic has its messages alone, and says how many these are', async () => {
    const source = await recordingOf(Array.from({ length: 300 }, (_, number) => message(number)))
    const { to, done } = exporting({ source, plan: { filter: 't/1' } })
    expect(await done).toMatchObject({ value: { written: 100 } })
    expect(new Set(messagesIn(readAll(readFileSync(to))).map(({ topic }) => topic))).toEqual(new Set(['t/1']))
    const wrong = exporting({ source, plan: { filter: 'a/#/b' } })
    expect(await wrong.done).toMatchObject({ error: { code: 'topicFilterInvalid' } })
  })

  it('of a source that has messages alone is the same', async () => {
    const messages = Array.from({ length: 10 }, (_, number) => message(number))
    const { readItems: _, ...plain } = await recordingOf(messages)
    const { to, done } = exporting({ source: plain })
    expect(await done).toMatchObject({ value: { written: 10 } })
    expect(messagesIn(readAll(readFileSync(to)))).toEqual(messages)
  })

  it('that is cancelled leaves nothing, and another one can begin', async () => {
    const source = await recordingOf(
      Array.from({ length: 20_000 }, (_, number) => message(number, new Uint8Array(500))),
    )
    const { exports, done, again } = exporting({
      source,
      onProgress: ({ read }) => (read > 0 ? exports.cancel('r') : undefined),
    })
    expect(await again()).toMatchObject({ error: { code: 'exportRuns' } })
    const ended = await done
    expect(ended).toMatchObject({ ok: true, value: { path: null } })
    if (ended.ok) expect(ended.value?.written).toBeLessThan(20_000)
    expect(readdirSync(folder.path)).toEqual(['source'])
  })

  it('on a disk that gets full says so, and leaves what was there', async ({ skip }) => {
    const disk = mountedTmpfs(folder.path, '1m')
    if (!disk) return skip('This user cannot mount.')
    closing.push(async () => {
      await Promise.resolve()
      disk.unmount()
    })
    const to = join(disk.path, 'out')
    writeFileSync(to, 'before')
    const source = await recordingOf(
      Array.from({ length: 4_000 }, (_, number) => message(number, new Uint8Array(1_000))),
    )
    expect(await exporting({ source, to }).done).toMatchObject({
      ok: false,
      error: { code: 'fileNotWritten', values: { cause: 'full' } },
    })
    expect(readFileSync(to, 'utf8')).toBe('before')
    expect(readdirSync(disk.path)).toEqual(['out'])
  })

  it('of a payload of 100 MB has all of its bytes', async () => {
    const payload = new Uint8Array(100 * 2 ** 20)
    const source: MessageSource = {
      summary: { messages: 1, from: null, to: null },
      async *read() {
        await Promise.resolve()
        yield [message(0, payload)]
      },
      close: () => Promise.resolve(),
    }
    const { to, done } = exporting({ source, plan: { format: 'raw' } })
    expect(await done).toMatchObject({ value: { written: 1 } })
    const names = readdirSync(to, { recursive: true }).map(String)
    expect(names.map((name) => statSync(join(to, name)).size)).toContain(payload.length)
  })
})
