import { afterEach, expect, it } from 'vitest'
import { wholePayloadBytes } from '#shared/model/frame'
import { missingIn } from '#shared/model/history'
import type { RecordedMessage, RecordingItem } from '#shared/recording/recordedMessage'
import type { OpenSqlite } from '../sqlite'
import { measureHistory } from './historyMeasure'
import { createHistoryCursor } from './historyReader'
import { openHistorySource } from './historySource'
import { createFrames, openSqlite, recorderIn, testFolders } from './historyTesting'
import { startHistoryWorker } from './historyWorker'
import { segmentsIn } from './segmentFile'

const folders = testFolders()
afterEach(folders.removeAll)

const never = new AbortController().signal

const allOf = async (pieces: AsyncIterable<readonly RecordedMessage[]>) => {
  const found: RecordedMessage[] = []
  for await (const piece of pieces) found.push(...piece)
  return found
}

it('gives the messages of a history as a recording has them, over its segments and between times', async () => {
  const folder = folders.make()
  const recorder = recorderIn({ folder, segments: { messages: 2 } })
  const frames = createFrames()
  const from = Date.now()
  const payload = new Uint8Array(wholePayloadBytes + 1).fill(7)
  const sent = [
    {
      topic: 'a',
      payload: 'one',
      qos: 1 as const,
      retain: true,
      properties: { userProperties: [['k', 'v'] as [string, string]] },
    },
    { topic: 'plant/線', payload: new Uint8Array([0, 255, 10]), outgoing: true },
    { topic: 'b', payload: '' },
    { topic: 'big', payload },
    { topic: 'a', payload: 'last' },
  ]
  sent.forEach((message, index) => {
    const [recorded] = frames.of([{ ...message, time: from + index + 0.25 }])
    const isBig = message.topic === 'big'
    if (recorded) recorder.add({ ...recorded, whole: isBig ? new Map([[0, payload]]) : recorded.whole })
    recorder.tick()
  })
  recorder.stop()

  const worker = await startHistoryWorker()
  let cursor = 0
  const parts = { folder, connection: 'Plant', worker, newCursor: () => (cursor += 1) }
  const source = await openHistorySource({ ...parts, range: {} })
  expect(source.summary).toEqual({ messages: 5, from: from + 0.25, to: from + 4.25 })
  const all = await allOf(source.read({ signal: never }))
  expect(all[0]).toEqual({
    time: BigInt(from) * 1_000_000n + 250_000n,
    topic: 'a',
    payload: new TextEncoder().encode('one'),
    qos: 1,
    retain: true,
    dup: false,
    direction: 'in',
    connection: 'Plant',
    packetId: 7,
    properties: { userProperties: [['k', 'v']] },
  })
  expect(all.map(({ topic, direction, payload: { length } }) => [topic, direction, length])).toEqual([
    ['a', 'in', 3],
    ['plant/線', 'out', 3],
    ['b', 'in', 0],
    ['big', 'in', payload.length],
    ['a', 'in', 4],
  ])
  const part = await openHistorySource({ ...parts, range: { from: from + 1, to: from + 4 } })
  expect(part.summary.messages).toBe(3)
  expect((await allOf(part.read({ signal: never }))).map(({ topic }) => topic)).toEqual(['plant/線', 'b', 'big'])
  expect((await allOf(part.read({ from: from + 2, signal: never }))).map(({ topic }) => topic)).toEqual(['b', 'big'])
  const slice = await worker.ask('payload', { folder, seq: 4, from: wholePayloadBytes, to: wholePayloadBytes + 10 })
  expect(slice).toEqual(new Uint8Array([7]))
  await source.close()
  await worker.close()
})

it('says where messages are missing between its own', async () => {
  const folder = folders.make()
  const recorder = recorderIn({ folder })
  const frames = createFrames()
  const [first] = frames.of([{ topic: 'a', payload: 'one' }])
  const [second] = frames.of([{ topic: 'a', payload: 'two' }])
  if (first) recorder.add(first)
  const gap = { cause: 'busy', messages: 12, from: 1_000, to: 2_000 } as const
  if (second) recorder.add({ ...second, gap })
  recorder.tick()
  recorder.stop()
  const worker = await startHistoryWorker()
  const source = await openHistorySource({ folder, connection: 'Plant', worker, newCursor: () => 1, range: {} })
  const items: RecordingItem[] = []
  for await (const piece of source.readItems({ signal: never })) items.push(...piece)
  expect(items.map(({ kind }) => kind)).toEqual(['message', 'refused', 'mark', 'message'])
  expect(items[1]).toMatchObject({ place: { unit: 'message', number: 2 }, reason: 'notKept', detail: 'busy 12' })
  expect(items[2]).toMatchObject({ json: '{"event":"missing","detail":"busy 12","t":1000000000}' })
  expect(missingIn('busy 12')).toEqual({ cause: 'busy', messages: 12 })
  await worker.close()
})

it('opens no more of a long history than what is asked for, whatever it has', () => {
  const folder = folders.make()
  const recorder = recorderIn({ folder, segments: { messages: 10 } })
  const frames = createFrames()
  for (let count = 0; count < 300; count += 1) {
    for (const recorded of frames.of([{ topic: 'a', time: 1_000 + count }])) recorder.add(recorded)
    recorder.tick()
  }
  recorder.stop()
  expect(segmentsIn(folder).length).toBeGreaterThanOrEqual(30)
  const rowsRead: string[] = []
  const opened: string[] = []
  const counting: OpenSqlite = (path, options) => {
    opened.push(path)
    const database = openSqlite(path, options)
    return {
      exec: (sql) => database.exec(sql),
      close: () => database.close(),
      prepare: (sql) => {
        if (/FROM messages/.test(sql)) rowsRead.push(path)
        return database.prepare(sql)
      },
    }
  }
  expect(measureHistory(counting, folder, { from: 1_100, to: 1_120 }).messages).toBe(20)
  // Those at both ends, and the one that is written: the others say what they have without a look at their messages.
  expect(rowsRead.length).toBeLessThanOrEqual(3)
  opened.length = 0
  const cursor = createHistoryCursor(counting, folder, { first: 291, heads: false })
  expect(cursor.next()?.first).toBe(291)
  cursor.close()
  expect(opened.length).toBe(1)
})
