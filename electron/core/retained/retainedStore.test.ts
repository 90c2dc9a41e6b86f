import { describe, expect, it } from 'vitest'
import { retainedPageLimits } from '#shared/model/retained'
import type { WireMessage } from '../broker/message/wireMessage'
import { createRetainedStore } from './retainedStore'

const message = (topic: string, propertyBytes = 0): WireMessage => ({
  time: 0,
  clockShift: 0,
  topic: {
    text: topic,
    id: 0,
  } as WireMessage['topic'],
  packetId: 0,
  flags: 1,
  source: Buffer.alloc(propertyBytes + 1),
  start: 0,
  payloadStart: propertyBytes,
  end: propertyBytes + 1,
})

/** Adds messages until one is refused; how many fitted in. */
const filled = (limits: { entries: number; bytes: number }, next: (index: number) => WireMessage) => {
  const store = createRetainedStore(limits)
  for (let index = 0; index < 100_000; index += 1) {
    const refused = store.add(next(index))
    if (refused) return { count: store.size, refused }
  }
  return { count: store.size, refused: null }
}

describe('retained store', () => {
  it('counts topics, properties and what holds them against its limit', () => {
    const limits = { entries: 50_000, bytes: 2 ** 20 }
    const long = (index: number) => message(`${index}/`.padEnd(60_000, 'é'))
    expect(filled(limits, long)).toEqual({ count: 8, refused: 'bytes' })
    expect(filled(limits, (index) => message(`t/${index}`, 100_000)).count).toBeLessThan(11)
    expect(filled(limits, (index) => message(`t/${index}`)).count).toBeLessThan(2 ** 20 / 300)
    expect(filled({ entries: 3, bytes: 2 ** 20 }, long)).toEqual({ count: 3, refused: 'entries' })
  })

  it('hands out pages of bounded size that follow on each other without a gap', () => {
    const store = createRetainedStore()
    const topics = Array.from({ length: 100 }, (_, index) => `${index}/`.padEnd(60_000, 'x'))
    for (const topic of topics) store.add(message(topic))
    const read: string[] = []
    while (read.length < store.size) {
      const page = store.entries(read.length).map(({ topic }) => topic)
      expect(page.join('').length).toBeLessThanOrEqual(retainedPageLimits.characters)
      expect(page.length).toBeGreaterThan(0)
      read.push(...page)
    }
    expect(read).toEqual(topics)
  })
})
