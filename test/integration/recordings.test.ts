import { copyFileSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { OpenedRecording, ReplayPlan } from '../../shared/model/recordings'
import { keepSecrets, newProfile } from '../../shared/model/profile'
import { createFrameReader } from '../../shared/model/frameReader'
import { decodeUtf8 } from '../../shared/mqtt/utf8'
import { recordingWriters } from '../../shared/recording/recordingFormats'
import type { RecordedMessage } from '../../shared/recording/recordedMessage'
import { bytesOf, messagesIn, readAll, written } from '../../shared/recording/recordingTesting'
import { startMosquitto, type Mosquitto } from '../support/mosquitto'
import { publishWithMosquitto, subscribeWithMosquitto } from '../support/mosquittoClients'
import { waitFor } from '../support/waitFor'
import { createCoreHarness, type CoreHarness } from './coreHarness'

let harness: CoreHarness
let broker: Mosquitto | null = null
beforeEach(() => void (harness = createCoreHarness('recordings')))
afterEach(async () => {
  const ends = pumps.splice(0).map((end) => end())
  await harness.stop()
  await Promise.all(ends)
  await broker?.stop()
  broker = null
})

type Started = Awaited<ReturnType<CoreHarness['start']>>

const begin = 1_764_000_000_000

const recorded = (given: Partial<RecordedMessage> & { readonly at: number }): RecordedMessage => ({
  time: BigInt(begin + given.at) * 1_000_000n,
  topic: 'plant/temp',
  payload: bytesOf(String(given.at)),
  qos: 1,
  retain: false,
  dup: false,
  direction: 'in',
  connection: 'c',
  packetId: null,
  properties: {},
  ...given,
})

const put = (name: string, content: Uint8Array | string): string => {
  const path = join(harness.folder.path, name)
  writeFileSync(path, content)
  return path
}

const statusOf = (id: string): OpenedRecording | undefined =>
  harness.events
    .flatMap((one) => (one.name === 'openedRecording.changed' && one.payload.connectionId === id ? [one.payload] : []))
    .at(-1)

/** Takes what comes as the window does, until the application ends. */
const pump = (core: Started) => {
  const topics = new Map<string, string[]>()
  const payloads = new Map<string, string[]>()
  const taken = (id: string) => payloads.get(id) ?? []
  let isOver = false
  const run = async () => {
    for (let isFresh = true; !isOver; isFresh = false) {
      const { frames } = await core.value('message.take', { fresh: isFresh })
      for (const frame of frames) {
        const reader = createFrameReader(frame)
        topics.set(frame.connectionId, [...(topics.get(frame.connectionId) ?? []), ...frame.newTopics])
        const texts = Array.from({ length: frame.count }, (_, index) => decodeUtf8(reader.payload(index)))
        payloads.set(frame.connectionId, [...taken(frame.connectionId), ...texts])
      }
    }
  }
  const done = run()
  pumps.push(() => {
    isOver = true
    return done
  })
  return { topics, taken }
}
const pumps: (() => Promise<void>)[] = []

/** Opens a file, and answers when the window has all of it. */
const opened = async (core: Started, path: string, window = pump(core)) => {
  harness.dialogs.choosePath = () => Promise.resolve(path)
  const answer = await core.value('openedRecording.choose', undefined)
  const id = answer?.connectionId ?? ''
  const status = await waitFor('all of the recording', () => {
    const now = statusOf(id)
    return now && now.phase !== 'reading' && window.taken(id).length >= now.messages ? now : null
  })
  return { id, topics: window.topics.get(id) ?? [], payloads: window.taken(id), status }
}

const planOf = (sourceId: string, connectionId: string, given: Partial<ReplayPlan> = {}): ReplayPlan => ({
  sourceId,
  connectionId,
  pace: { kind: 'recorded', factor: 1 },
  from: null,
  to: null,
  include: [],
  exclude: [],
  rewrites: [],
  prefix: 'replay/',
  direction: 'all',
  withoutEchoes: true,
  qos: null,
  retain: null,
  keepsProperties: true,
  ...given,
})

const connected = async () => {
  const running = await startMosquitto()
  broker = running
  const core = await harness.start()
  const profile = newProfile({
    id: 'p1',
    name: 'Plant',
    host: '127.0.0.1',
    port: running.port(),
    subscriptions: [{ id: 's', filter: '#', qos: 2, colour: 'blue', alias: '', enabled: true, muted: false }],
  })
  await core.value('profile.save', { profile, secrets: keepSecrets })
  await core.value('session.connect', { connectionId: 'p1' })
  await harness.reach('online')
  await waitFor('the subscription', () =>
    harness.last('session.changed')?.subscriptions.every(({ state }) => state.phase === 'granted'),
  )
  return { ...core, port: running.port() }
}

describe('a recording that is opened', () => {
  it('comes as messages of a connection of its own, and says what it is and what of it could not be read', async () => {
    const core = await harness.start()
    const lines = decodeUtf8(
      written(recordingWriters.recording(), [recorded({ at: 0 }), recorded({ at: 1_500, topic: 'plant/hum' })]),
    )
    const path = put('night.jsonl', `${lines}{"topic":"cut\n{"event":"lost","detail":"x","t":1764000001600000000}\n`)
    const { id, topics, payloads, status } = await opened(core, path)
    expect(payloads).toEqual(['0', '1500'])
    expect(topics).toEqual(['plant/temp', 'plant/hum'])
    expect(status).toMatchObject({
      file: 'night.jsonl',
      format: 'recording',
      messages: 2,
      from: begin,
      to: begin + 1_500,
      refused: 1,
      phase: 'whole',
      bytesRead: statSync(path).size,
    })
    expect(await core.value('openedRecording.refused', { connectionId: id, from: 0, count: 10 })).toEqual([
      { place: { unit: 'line', number: 4 }, reason: 'notJson', detail: '' },
    ])
    expect(harness.last('openedRecording.marked')?.marks).toEqual([
      { before: 3, time: begin + 1_600, kind: 'event', text: 'lost', detail: 'x' },
    ])
    expect((await core.entry(id))?.profile).toMatchObject({ kind: 'recording', name: 'night.jsonl' })
    expect(await core.invoke('session.connect', { connectionId: id })).toMatchObject({
      error: { code: 'recordingReadOnly' },
    })
    await core.value('openedRecording.close', { connectionId: id })
    expect(await core.entry(id)).toBeUndefined()
    expect(harness.last('session.removed')).toEqual({ connectionId: id })
  })

  it('may be compressed, cut off there, and in UTF-16', async () => {
    const core = await harness.start()
    const many = Array.from({ length: 2_000 }, (_, at) => recorded({ at, payload: bytesOf(`value ${at * 7919}`) }))
    const plain = written(recordingWriters.jsonl(), many)
    const window = pump(core)
    const whole = await opened(core, put('a.gz', gzipSync(plain)), window)
    expect(whole.status).toMatchObject({ messages: 2_000, refused: 0, format: 'mosquitto-json' })
    const zipped = gzipSync(plain)
    const cut = await opened(core, put('b.gz', zipped.subarray(0, zipped.length / 2)), window)
    expect(cut.status.messages).toBeGreaterThan(500)
    expect(cut.status.messages).toBeLessThan(2_000)
    const refused = await core.value('openedRecording.refused', { connectionId: cut.id, from: 0, count: 10 })
    expect(refused.at(-1)).toMatchObject({ reason: 'cutShort', detail: 'gzip: unexpected end of file' })
    const wide = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(decodeUtf8(plain), 'utf16le')])
    expect((await opened(core, put('c.txt', wide), window)).status).toMatchObject({ messages: 2_000, refused: 0 })
  })

  it('what is none, empty or not there fails, and nothing is opened', async () => {
    const core = await harness.start()
    const codeOf = async (path: string) => {
      harness.dialogs.choosePath = () => Promise.resolve(path)
      const answer = await core.invoke('openedRecording.choose', undefined)
      return answer.ok ? 'ok' : answer.error.code
    }
    expect(await codeOf(put('empty', ''))).toBe('recordingEmpty')
    expect(await codeOf(put('text', 'hello\nworld\n'))).toBe('recordingUnknown')
    expect(await codeOf(put('empty.gz', gzipSync(Buffer.alloc(0))))).toBe('recordingEmpty')
    expect(await codeOf(join(harness.folder.path, 'missing'))).toBe('fileMissing')
    expect(await codeOf(harness.folder.path)).toBe('fileNotRegular')
    expect((await core.snapshot()).openedRecordings).toEqual([])
  })

  it('a window that was loaded anew gets all of it again', async () => {
    const core = await harness.start()
    const path = put('a.jsonl', written(recordingWriters.jsonl(), [recorded({ at: 0 }), recorded({ at: 5 })]))
    const window = pump(core)
    const { id } = await opened(core, path, window)
    await core.snapshot()
    await waitFor('all of it twice', () => window.taken(id).length === 4)
    expect(window.taken(id)).toEqual(['0', '5', '0', '5'])
  })
})

describe('a connection that is recorded', () => {
  it('stands in the file as it came and went, while it is written', async () => {
    const { value, port } = await connected()
    const path = join(harness.folder.path, 'live.jsonl')
    harness.dialogs.savePath = () => Promise.resolve(path)
    await value('recorder.start', { connectionId: 'p1' })
    await publishWithMosquitto({ port, topic: 'a/b', payload: new Uint8Array([0, 255, 1]), qos: 1 })
    await waitFor(
      'the first one in the counts, though nothing follows it',
      () => harness.last('recorder.changed')?.messages === 1,
    )
    await waitFor('the first one in the file', () => messagesIn(readAll(readFileSync(path))).length === 1)
    await value('message.publish', {
      connectionId: 'p1',
      topic: 'out/going',
      payload: bytesOf('hello'),
      qos: 2,
      retain: false,
      properties: {
        contentType: 'text/plain',
        userProperties: [
          ['k', 'v'],
          ['k', 'w'],
        ],
      },
    })
    await value('recorder.bookmark', { connectionId: 'p1', time: begin, topic: 'a/b', note: 'look' })
    const items = await waitFor('three messages and a bookmark in the file', () => {
      const read = readAll(readFileSync(path))
      return messagesIn(read).length >= 3 && read.some(({ kind }) => kind === 'mark') ? read : null
    })
    // As if the process was killed now: nothing of it is asked to be written.
    const copy = join(harness.folder.path, 'copy.jsonl')
    copyFileSync(path, copy)
    const messages = messagesIn(items)
    expect(messages.map(({ topic, direction }) => [topic, direction])).toEqual([
      ['a/b', 'in'],
      ['out/going', 'out'],
      ['out/going', 'in'],
    ])
    expect(messages[0]).toMatchObject({ payload: new Uint8Array([0, 255, 1]), qos: 1, connection: 'Plant' })
    expect(messages[1]?.properties).toEqual({
      contentType: 'text/plain',
      userProperties: [
        ['k', 'v'],
        ['k', 'w'],
      ],
    })
    await value('session.disconnect', { connectionId: 'p1' })
    await value('recorder.stop', { connectionId: 'p1' })
    expect(harness.last('recorder.changed')).toMatchObject({
      messages: 3,
      end: 'stopped',
      missed: 0,
      trouble: null,
      bytes: statSync(path).size,
    })
    const marks = readAll(readFileSync(path)).flatMap((item) => (item.kind === 'mark' ? [item.json] : []))
    expect(marks[0]).toContain('"note":"look"')
    expect(marks.at(-2)).toContain('"event":"disconnected"')
    expect(marks.at(-1)).toContain('"event":"end"')
    expect(readAll(readFileSync(copy)).at(-1)).toMatchObject({ kind: 'refused', reason: 'noEnd' })
    expect(readFileSync(path).subarray(0, statSync(copy).size)).toEqual(readFileSync(copy))
  })
})

describe('a replay', () => {
  const phaseOf = () => harness.last('replay.changed')?.phase
  const over = () => waitFor('the end of the replay', () => phaseOf() === 'finished')

  it('sends what was recorded in its order, under a prefix, with its properties and without echoes', async () => {
    const core = await connected()
    const sent = recorded({ at: 10, topic: 'cmd', direction: 'out', payload: bytesOf('go') })
    const properties = { contentType: 'x', responseTopic: 'answers', subscriptionIdentifiers: [7], topicAlias: 3 }
    const messages = [
      recorded({ at: 0, properties, retain: true }),
      sent,
      recorded({ at: 20, topic: 'cmd', payload: bytesOf('go') }),
      recorded({ at: 30, topic: '$SYS/uptime' }),
      recorded({ at: 40, topic: 'plant/a/x', retain: true }),
    ]
    const { id } = await opened(core, put('r.jsonl', written(recordingWriters.recording(), messages)))
    const witness = await subscribeWithMosquitto({ port: core.port, filters: ['#'], qos: 2 })
    const rewrites = [{ filter: 'plant/+/#', topic: 'site/$2/$1' }]
    await core.value('replay.start', planOf(id, 'p1', { exclude: ['$SYS/#'], rewrites, pace: { kind: 'fast' } }))
    const received = await witness.waitForMessages(3)
    await over()
    expect(received.map(({ topic, payload, qos }) => [topic, payload.toString(), qos])).toEqual([
      ['replay/site//temp', '0', 1],
      ['replay/cmd', 'go', 1],
      ['replay/site/x/a', '40', 1],
    ])
    expect(harness.last('replay.changed')).toMatchObject({
      read: 5,
      sent: 3,
      acknowledged: 3,
      leftOut: 1,
      echoes: 1,
      lost: 0,
      refused: 0,
      unsendable: 0,
    })
    await witness.stop()
  })

  it('keeps the pace of the recording, by its factor, and says how late it was', async () => {
    const core = await connected()
    const count = 2_000
    const messages = Array.from({ length: count }, (_, at) => recorded({ at, qos: 0 }))
    const { id } = await opened(core, put('r.jsonl', written(recordingWriters.recording(), messages)))
    const witness = await subscribeWithMosquitto({ port: core.port, filters: ['replay/#'], qos: 0 })
    const took = async (factor: number) => {
      const from = performance.now()
      await core.value('replay.start', planOf(id, 'p1', { pace: { kind: 'recorded', factor } }))
      await over()
      const milliseconds = performance.now() - from
      await core.value('replay.control', { connectionId: 'p1', act: 'dismiss' })
      harness.events.splice(0)
      return milliseconds
    }
    const once = await took(1)
    const fourTimes = await took(4)
    const received = await witness.waitForMessages(2 * count)
    expect(received.slice(0, count).map(({ payload }) => Number(payload.toString()))).toEqual(
      messages.map((_, at) => at),
    )
    // The last is due after the whole time, and never before it.
    expect(once).toBeGreaterThanOrEqual(count - 1)
    expect(fourTimes).toBeGreaterThanOrEqual((count - 1) / 4)
    await witness.stop()
  })

  it('goes step by step, pauses, and stops', async () => {
    const core = await connected()
    const messages = Array.from({ length: 5 }, (_, at) => recorded({ at: at * 1_000 }))
    const { id } = await opened(core, put('r.jsonl', written(recordingWriters.recording(), messages)))
    const act = (what: 'pause' | 'resume' | 'step' | 'stop') =>
      core.value('replay.control', { connectionId: 'p1', act: what })
    const acknowledged = (count: number) =>
      waitFor(`${count} answered`, () => harness.last('replay.changed')?.acknowledged === count)
    await core.value('replay.start', planOf(id, 'p1', { pace: { kind: 'step' } }))
    await waitFor('the first one', async () => (await core.snapshot()).replays[0]?.acknowledged === 1)
    await act('step')
    await waitFor('the second one', async () => (await core.snapshot()).replays[0]?.acknowledged === 2)
    expect(phaseOf()).toBe('paused')
    expect(await core.invoke('replay.start', planOf(id, 'p1'))).toMatchObject({ error: { code: 'replayRuns' } })
    await act('stop')
    expect(phaseOf()).toBe('stopped')
    await core.value('replay.start', planOf(id, 'p1', { from: begin + 3_000, pace: { kind: 'fast' } }))
    await over()
    await acknowledged(2)
    await core.value('replay.start', planOf(id, 'p1'))
    await core.value('session.disconnect', { connectionId: 'p1' })
    await waitFor('its end with the connection', () => phaseOf() === 'connectionEnded')
    expect(await core.invoke('replay.start', planOf(id, 'p1'))).toMatchObject({ error: { code: 'notConnected' } })
  })
})
