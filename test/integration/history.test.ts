import { join } from 'node:path'
import { cpSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Frame } from '../../shared/model/frame'
import { createFrameReader, isFrameSound } from '../../shared/model/frameReader'
import type { HistorySettings } from '../../shared/model/history'
import { keepSecrets, newProfile } from '../../shared/model/profile'
import { createHistoryCursor } from '../../electron/core/history/historyReader'
import { createFrames, openSqlite, readAll, recorderIn } from '../../electron/core/history/historyTesting'
import { mountedTmpfs } from '../support/mountedTmpfs'
import { startMosquitto, type Mosquitto } from '../support/mosquitto'
import { publishLinesWithMosquitto } from '../support/mosquittoClients'
import { waitFor } from '../support/waitFor'
import { createCoreHarness, type CoreHarness } from './coreHarness'
import { subscribed } from './sessionHarness'

let harness: CoreHarness
let broker: Mosquitto
beforeEach(async () => {
  harness = createCoreHarness('history')
  broker = await startMosquitto()
})
afterEach(async () => {
  await harness.stop()
  await broker.stop()
})

const connectionId = 'p1'
const everything: HistorySettings = { mode: 'on', incoming: true, outgoing: true, include: [], exclude: [] }

type Started = Awaited<ReturnType<CoreHarness['start']>>

const started = async (history = everything) => {
  const core = await harness.start()
  const address = { host: '127.0.0.1', port: broker.port() }
  const profile = newProfile({ id: connectionId, name: 'Plant', ...address, subscriptions: [subscribed('#')], history })
  await core.value('profile.save', { profile, secrets: keepSecrets })
  return core
}

const connected = async (core: Started) => {
  harness.events.length = 0
  await core.value('session.connect', { connectionId })
  await harness.reach('online')
  await waitFor('a granted filter', () =>
    harness.last('session.changed')?.subscriptions.some(({ state }) => state.phase === 'granted'),
  )
}

/** What the log of a window would say, from its beginning on: topics with payloads, and marks. */
const createWindow = (core: Started) => {
  const rows: string[] = []
  const sequences: number[] = []
  const names = new Map<number, string>()
  let isFresh = true
  const read = (frame: Frame) => {
    expect(isFrameSound(frame)).toBe(true)
    frame.newTopics.forEach((topic, index) => names.set(frame.firstTopicId + index, topic))
    for (const mark of frame.marks ?? []) rows.push(mark.kind === 'earlier' ? `earlier ${mark.messages}` : mark.kind)
    const reader = createFrameReader(frame)
    for (let index = 0; index < frame.count; index += 1) {
      rows.push(`${names.get(reader.topicId(index))} ${Buffer.from(reader.payload(index)).toString()}`)
      sequences.push(frame.firstSequence + index)
    }
  }
  const take = async () => {
    const batch = await core.value('message.take', { fresh: isFresh })
    isFresh = false
    batch.frames.forEach(read)
  }
  return {
    rows,
    sequences,
    until: async (last: string) => {
      while (!rows.includes(last)) await take()
    },
  }
}

const lines = (first: number, count: number) => Array.from({ length: count }, (_, index) => `${first + index}`)

describe('a connection with a history', () => {
  it('has its log after a restart, then what comes, without a gap and without doubles', async () => {
    let core = await started()
    await connected(core)
    await publishLinesWithMosquitto({ port: broker.port(), topic: 'a/b', qos: 1, lines: lines(0, 300) })
    const before = createWindow(core)
    await before.until('a/b 299')
    await core.core.dispose()

    core = await harness.start()
    await connected(core)
    await publishLinesWithMosquitto({ port: broker.port(), topic: 'a/b', qos: 1, lines: lines(300, 100) })
    const after = createWindow(core)
    await after.until('a/b 399')
    const expected = lines(0, 400).map((line) => `a/b ${line}`)
    expect(after.rows).toEqual([...expected.slice(0, 300), 'now', ...expected.slice(300)])
    expect(after.sequences).toEqual(after.sequences.toSorted((one, other) => one - other))
    expect(new Set(after.sequences).size).toBe(400)

    const status = await core.value('history.status', { connectionId })
    expect(status).toMatchObject({ phase: 'recording', gapCount: 0 })
    await waitFor('all on disk', () => harness.last('history.changed')?.segments.at(-1)?.messages === 400)
    await core.value('history.remove', { connectionId })
    expect((await core.value('history.status', { connectionId })).segments).toEqual([])
  })

  it('opens a stretch of what is on disk as a connection that only reads', async () => {
    const core = await started()
    await connected(core)
    await publishLinesWithMosquitto({ port: broker.port(), topic: 'a/b', qos: 1, lines: lines(0, 50) })
    await waitFor('all on disk', () => harness.last('history.changed')?.segments.at(-1)?.messages === 50)
    const all = await core.value('history.measure', { connectionId, from: null, to: null })
    expect(all.messages).toBe(50)
    const last = all.to ?? 0
    const end = await core.value('history.measure', { connectionId, from: last, to: null })
    expect(end.messages).toBeGreaterThan(0)

    const stretch = { connectionId, from: null, to: last }
    const { connectionId: opened } = await core.value('history.openStretch', stretch)
    await waitFor('all read', () => harness.last('openedRecording.changed')?.phase === 'whole')
    expect(harness.last('openedRecording.changed')).toMatchObject({
      connectionId: opened,
      format: 'history',
      messages: 50 - end.messages,
      refused: 0,
      stretch: { ...stretch, messages: 50 - end.messages },
    })
    const path = join(harness.folder.path, 'stretch.jsonl')
    harness.dialogs.savePath = () => Promise.resolve(path)
    const plan = {
      connectionId: opened,
      suggestedName: 'stretch.jsonl',
      format: 'jsonl',
      template: '',
      filter: null,
    } as const
    expect(await core.value('openedRecording.export', plan)).toEqual({ written: 50 - end.messages, path })
    const written = readFileSync(path, 'utf8').trimEnd().split('\n')
    expect(written.map((line) => (JSON.parse(line) as { payload: unknown }).payload)).toEqual(
      lines(0, 50 - end.messages),
    )
    expect(await core.invoke('history.openStretch', { connectionId, from: last + 1, to: null })).toMatchObject({
      ok: false,
      error: { code: 'historyStretchEmpty' },
    })
    await core.value('openedRecording.close', { connectionId: opened })
    expect((await core.value('history.measure', { connectionId, from: null, to: null })).messages).toBe(50)
  })

  it('says in its log that it was ended without a warning', async () => {
    const history = join(harness.dataFolder, 'history')
    const copy = join(harness.folder.path, 'as-it-was')
    let core = await started()
    await connected(core)
    await publishLinesWithMosquitto({ port: broker.port(), topic: 'a/b', qos: 1, lines: lines(0, 3) })
    await waitFor('three on disk', () => harness.last('history.changed')?.segments.at(-1)?.messages === 3)
    cpSync(history, copy, { recursive: true })
    await core.core.dispose()
    rmSync(history, { recursive: true })
    cpSync(copy, history, { recursive: true })

    core = await harness.start()
    await core.value('history.open', { connectionId })
    const after = createWindow(core)
    await after.until('now')
    expect(after.rows).toEqual([...lines(0, 3).map((line) => `a/b ${line}`), 'gap', 'now'])
  })

  it('writes while no window takes anything, and only what its settings say', async () => {
    const core = await started({ ...everything, mode: 'filtered', include: ['a/#'], exclude: ['a/no'] })
    await connected(core)
    for (const topic of ['a/yes', 'a/no', 'b'])
      await publishLinesWithMosquitto({ port: broker.port(), topic, qos: 1, lines: lines(0, 5) })
    await waitFor('five on disk', () => harness.last('history.changed')?.segments.at(-1)?.messages === 5)
  })

  it('keeps nothing where its settings say so, and goes with its profile', async () => {
    const folder = join(harness.dataFolder, 'history')
    const core = await started()
    await connected(core)
    await publishLinesWithMosquitto({ port: broker.port(), topic: 'a', qos: 1, lines: ['1'] })
    await waitFor('it on disk', () => harness.last('history.changed')?.segments.at(-1)?.messages === 1)
    const { profile } = (await core.entry(connectionId)) ?? { profile: null }
    if (!profile) throw new Error('There is no profile.')
    await core.value('profile.save', {
      profile: { ...profile, history: { ...everything, mode: 'off' } },
      secrets: keepSecrets,
    })
    await waitFor('an idle history', () => harness.last('history.changed')?.phase === 'idle')
    await core.value('profile.delete', { connectionId })
    expect(readdirSync(folder)).toEqual([connectionId])
    await core.core.dispose()
    expect(readdirSync(folder)).toEqual([])
  })
})

describe('a full disk', () => {
  it('pauses a history, which counts what is missing and goes on when there is room', ({ skip }) => {
    const disk = mountedTmpfs(harness.folder.path, '8m')
    if (!disk) return skip('Only root can mount a file system.')
    let now = Date.now()
    const folder = join(disk.path, 'history')
    const recorder = recorderIn({ folder, now: () => now })
    const frames = createFrames()
    const give = (topic: string) => {
      frames.of(Array.from({ length: 100 }, () => ({ topic, payload: 'x'.repeat(1_000) }))).forEach(recorder.add)
      recorder.tick()
    }
    give('before')
    disk.fill()
    for (let round = 0; round < 3; round += 1) give('lost')
    expect(recorder.status().phase).toBe('full')
    const { missing } = recorder.status()
    expect(missing + recorder.committed()).toBe(400)
    now += 60_000
    recorder.tick()
    expect(recorder.status().phase).toBe('full')
    disk.empty()
    now += 60_000
    recorder.tick()
    give('after')
    expect(recorder.status()).toMatchObject({ phase: 'recording', missing })
    recorder.stop()
    const rows = readAll(createHistoryCursor(openSqlite, folder, { heads: false }))
    expect(rows.filter((row) => 'gap' in row)).toEqual([{ gap: 'disk', messages: missing }])
    expect(rows.filter((row) => 'topic' in row && row.topic === 'after')).toHaveLength(100)
    disk.unmount()
  })
})
