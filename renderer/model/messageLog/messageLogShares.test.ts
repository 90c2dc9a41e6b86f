import { describe, expect, it } from 'vitest'
import { flags, payloadHeadBytes, recordBytes } from '#shared/model/frame'
import { recordOffset } from '#shared/model/frameReader'
import { createMessageLog, type MessageLog } from './messageLog'
import { frameOfMessages, type GivenMessage } from './messageLogTesting'

const megabyte = 2 ** 20
const topicNames = Array.from({ length: 20_000 }, (_, topic) => `plant/${topic}`)

const logWith = (bytes: number) => createMessageLog({ topicNames, matchSets: [[]], limits: { bytes, rows: null } })

/** One message on each topic in turn. */
const fill = (log: MessageLog, messages: number, one: Omit<GivenMessage, 'topicId'>) => {
  for (let sequence = 0; sequence < messages; sequence++)
    log.append(frameOfMessages(sequence, [{ topicId: sequence % topicNames.length, ...one }]))
}
const keptBytes = (log: MessageLog, messageBytes: number) => log.keptCount() * (messageBytes + recordBytes)

describe('the shares of the memory for messages', () => {
  it.each([
    { name: 'payloads of 2 kB', payload: new Uint8Array(2_000) },
    { name: 'properties of 2 kB', payload: new Uint8Array(10), properties: new Uint8Array(2_000) },
    { name: 'hardly any payload', payload: new Uint8Array(8) },
  ])('keep three quarters for the log on 20,000 topics: $name', ({ payload, properties = new Uint8Array() }) => {
    const log = logWith(32 * megabyte)
    fill(log, 60_000, { payload, properties })
    const size = payload.length + properties.length
    if (size > 1_000) expect(log.evictedCount()).toBeGreaterThan(0)
    const wanted = Math.min(60_000 * (size + recordBytes), 0.75 * 32 * megabyte)
    // What is evicted at once is a segment.
    expect(keptBytes(log, size)).toBeGreaterThan(wanted - 2 * megabyte)
    expect(log.bytes()).toBeLessThanOrEqual(32 * megabyte)
  })

  it('keep three quarters for the log where only heads of large payloads are here', () => {
    const log = logWith(32 * megabyte)
    for (let sequence = 0; sequence < 2_000; sequence++) {
      const frame = frameOfMessages(sequence, [
        { topicId: sequence, payload: new Uint8Array(payloadHeadBytes), flags: flags.head },
      ])
      new DataView(frame.records.buffer).setUint32(recordOffset.payloadLength, 3_000_000, true)
      log.append(frame)
    }
    expect(keptBytes(log, payloadHeadBytes)).toBeGreaterThan(22 * megabyte)
    expect(log.bytes()).toBeLessThanOrEqual(32 * megabyte)
  })

  it('let the oldest of the latest values go first, and say which went', () => {
    const log = logWith(32 * megabyte)
    fill(log, 20_000, { payload: new Uint8Array(2_000) })
    const evicted = topicNames.map((topic) => log.isLatestEvicted(topic))
    const firstKept = evicted.indexOf(false)
    expect(firstKept).toBeGreaterThan(0)
    expect(evicted.lastIndexOf(true)).toBe(firstKept - 1)
    expect(log.latestOf(topicNames[firstKept - 1]!)).toBeNull()
    expect(log.latestOf(topicNames[firstKept]!)?.sequence).toBe(firstKept)
    // The copies have their quarter and no more.
    const copies = 20_000 - firstKept - log.keptCount()
    expect(copies * 2_000).toBeLessThanOrEqual(8 * megabyte)
    expect(copies * 2_000).toBeGreaterThan(4 * megabyte)
  })

  it('have a value again when the topic has a new message', () => {
    const log = logWith(32 * megabyte)
    fill(log, 20_000, { payload: new Uint8Array(2_000) })
    log.append(frameOfMessages(20_000, [{ topicId: 0, payload: 'new' }]))
    expect([log.isLatestEvicted('plant/0'), log.latestOf('plant/0')?.sequence]).toEqual([false, 20_000])
  })

  it('follow a smaller budget', () => {
    const log = logWith(128 * megabyte)
    fill(log, 40_000, { payload: new Uint8Array(2_000) })
    log.setBudget({ bytes: 32 * megabyte, rows: null })
    expect(log.bytes()).toBeLessThanOrEqual(32 * megabyte)
    expect(keptBytes(log, 2_000)).toBeGreaterThan(22 * megabyte)
  })

  it('say nothing of topics that never had a message, or were cleared', () => {
    const log = logWith(32 * megabyte)
    fill(log, 20_000, { payload: new Uint8Array(2_000) })
    expect(log.isLatestEvicted('never/heard')).toBe(false)
    log.clear()
    expect(log.isLatestEvicted('plant/0')).toBe(false)
  })
})
