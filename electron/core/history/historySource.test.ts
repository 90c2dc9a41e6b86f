import { afterEach, expect, it } from 'vitest'
import { wholePayloadBytes } from '#shared/model/frame'
import type { RecordedMessage } from '#shared/recording/recordedMessage'
import { openHistorySource } from './historySource'
import { createFrames, recorderIn, testFolders } from './historyTesting'
import { startHistoryWorker } from './historyWorker'

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
