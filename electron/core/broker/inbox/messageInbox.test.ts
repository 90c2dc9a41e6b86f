import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { flags, payloadHeadBytes, recordBytes, wholePayloadBytes, type Batch, type Frame } from '#shared/model/frame'
import { isFrameSound, readRecord } from '#shared/model/frameReader'
import type { Subscription } from '#shared/model/subscription'
import { filterMatches } from '#shared/mqtt/topicFilter'
import { sentMarks, type MessageMarks, type WireMessage } from '../message/wireMessage'
import type { ConnectionInbox } from './connectionInbox'
import { frameLimits } from './frameWriter'
import { createLargePayloads } from './largePayloads'
import { createMessageInbox, type MessageInbox } from './messageInbox'

interface Sent {
  readonly topic: string
  readonly properties: Buffer
  readonly payload: Buffer
  readonly flags: number
  readonly packetId: number
  readonly time: number
}
const message = (given: Partial<Sent> = {}): Sent => ({
  topic: 'plant/line',
  properties: Buffer.alloc(0),
  payload: Buffer.from('21.5'),
  flags: 0,
  packetId: 0,
  time: 1_700_000_000_000,
  ...given,
})

/** As a session judges what comes once and names no subscription. */
const marksOf = ({ matching }: ConnectionInbox, sent: WireMessage, isStored = false): MessageMarks => {
  if ((sent.flags & flags.outgoing) !== 0) return sentMarks
  return { kind: 'own', matchSetId: matching.count(sent, [], isStored), flags: isStored ? flags.stored : 0 }
}

/** As a session does it: properties and payload lie next to each other somewhere in a socket chunk. */
const addTo = (inbox: MessageInbox, sent: Sent, id = 'a') => {
  const source = Buffer.concat([Buffer.from('head'), sent.properties, sent.payload, Buffer.from('tail')])
  const payloadStart = 4 + sent.properties.length
  const connection = inbox.connection(id)
  const topic = connection.topics.ofText(sent.topic)
  const { time, packetId } = sent
  const end = payloadStart + sent.payload.length
  const places = { source, start: 4, payloadStart, end }
  const wire = { time, clockShift: 0, topic, packetId, flags: sent.flags, ...places }
  return connection.add(wire, marksOf(connection, wire))
}

const subscription = (id: string, filter: string, given: Partial<Subscription> = {}): Subscription => ({
  id,
  filter,
  qos: 0,
  colour: 'blue',
  alias: '',
  enabled: true,
  muted: false,
  ...given,
})

/** What the window knows after a row of batches. */
const createWindow = () => {
  const tables = new Map<string, { topics: string[]; sets: (readonly string[])[] }>()
  const received: { connectionId: string; sequence: number; sent: Sent; matches: readonly string[] }[] = []
  let dropped = 0
  const readFrame = (frame: Frame) => {
    expect(isFrameSound(frame)).toBe(true)
    const table = tables.get(frame.connectionId) ?? { topics: [], sets: [] }
    tables.set(frame.connectionId, table)
    expect(table.topics.length).toBe(frame.firstTopicId)
    expect(table.sets.length).toBe(frame.firstMatchSetId)
    table.topics.push(...frame.newTopics)
    table.sets.push(...frame.newMatchSets)
    dropped += frame.droppedBefore
    for (let index = 0; index < frame.count; index += 1) {
      const record = readRecord(frame, index)
      if (!record) throw new Error('A sound frame has all its records.')
      const bits = record.qos | (record.retain ? flags.retain : 0) | (record.dup ? flags.dup : 0)
      received.push({
        connectionId: frame.connectionId,
        sequence: record.sequence,
        matches: table.sets[record.matchSetId] ?? ['unknown set'],
        sent: {
          topic: table.topics[record.topicId] ?? 'unknown topic',
          properties: Buffer.from(record.properties),
          payload: Buffer.from(record.payload),
          flags: bits | (record.outgoing ? flags.outgoing : 0),
          packetId: record.packetId,
          time: record.time,
        },
      })
    }
  }
  return { read: (batch: Batch) => batch.frames.forEach(readFrame), received, dropped: () => dropped, tables }
}

describe('the message inbox', () => {
  it('answers at once with what waits, in order and byte for byte', async () => {
    const inbox = createMessageInbox()
    const sent = [
      message(),
      message({ payload: Buffer.alloc(0) }),
      message({ topic: 'ümläut', payload: Buffer.alloc(5_000, 0xff) }),
    ]
    sent.forEach((one) => addTo(inbox, one))
    const window = createWindow()
    window.read(await inbox.take({ fresh: true }))
    expect(window.received.map(({ sent: one }) => one)).toEqual(sent)
    expect(window.received.map(({ sequence }) => sequence)).toEqual([1, 2, 3])
  })

  it('waits for the first arrival and then answers with the whole chunk', async () => {
    const inbox = createMessageInbox()
    const taking = inbox.take({ fresh: false })
    addTo(inbox, message())
    addTo(inbox, message())
    expect((await taking).frames[0]?.count).toBe(2)
  })

  it('answers a change of totals or of a delivery without any message', async () => {
    const inbox = createMessageInbox()
    const taking = inbox.take({ fresh: false })
    inbox.connection('a').countBytes(12, 4)
    inbox.connection('a').deliver({ sequence: 1, state: 'sent', reasonCode: 0, at: 5 })
    expect(await taking).toMatchObject({
      frames: [],
      connections: [{ connectionId: 'a', totals: { bytesIn: 12, bytesOut: 4 }, deliveries: [{ state: 'sent' }] }],
    })
  })

  it('tells only the latest state of a delivery', async () => {
    const inbox = createMessageInbox()
    for (const state of ['queued', 'sent', 'acknowledged'] as const)
      inbox.connection('a').deliver({ sequence: 7, state, reasonCode: 0, at: 5 })
    const { connections } = await inbox.take({ fresh: false })
    expect(connections[0]?.deliveries).toEqual([{ sequence: 7, state: 'acknowledged', reasonCode: 0, at: 5 }])
  })

  it('gives an older take an empty answer when a window is loaded anew', async () => {
    const inbox = createMessageInbox()
    const old = inbox.take({ fresh: false })
    const fresh = inbox.take({ fresh: true })
    addTo(inbox, message())
    expect(await old).toEqual({ frames: [], connections: [], more: false })
    expect((await fresh).frames).toHaveLength(1)
  })

  it('sends topics and match sets again to a fresh window, also for messages that waited', async () => {
    const inbox = createMessageInbox()
    inbox.connection('a').setSubscriptions([subscription('s', 'one/#')])
    addTo(inbox, message({ topic: 'one/a' }))
    await inbox.take({ fresh: true })
    addTo(inbox, message({ topic: 'one/a' }))
    addTo(inbox, message({ topic: 'two' }))
    const window = createWindow()
    window.read(await inbox.take({ fresh: true }))
    expect(window.received.map(({ sent, matches }) => [sent.topic, matches])).toEqual([
      ['one/a', ['s']],
      ['two', []],
    ])
    expect(window.received.map(({ sequence }) => sequence)).toEqual([2, 3])
  })

  it('tells a fresh window the totals of every connection although nothing is new', async () => {
    const inbox = createMessageInbox()
    addTo(inbox, message())
    await inbox.take({ fresh: true })
    expect((await inbox.take({ fresh: true })).connections).toMatchObject([{ totals: { received: 1 } }])
  })

  it('drops the newest message when full, counts it and says so in the next frame', async () => {
    const inbox = createMessageInbox({ messages: 2 })
    inbox.connection('a').setSubscriptions([subscription('s', '#')])
    for (let index = 0; index < 5; index += 1) addTo(inbox, message())
    const first = await inbox.take({ fresh: false })
    addTo(inbox, message())
    const second = await inbox.take({ fresh: false })
    expect(first.connections[0]?.totals).toMatchObject({ received: 5, dropped: 3 })
    expect(first.connections[0]?.subscriptions).toMatchObject([{ subscriptionId: 's', messages: 5 }])
    expect(second.frames).toMatchObject([{ firstSequence: 6, count: 1, droppedBefore: 3 }])
  })

  it('closes a frame at its limit and gives a message beyond it its own', async () => {
    const inbox = createMessageInbox()
    const large = message({ properties: Buffer.alloc(frameLimits.bytes + 1, 1) })
    for (const one of [message(), large, message()]) addTo(inbox, one)
    const { frames } = await inbox.take({ fresh: false })
    expect(frames.map(({ count }) => count)).toEqual([1, 1, 1])
    expect(frames.map(({ records }) => records.buffer.byteLength)).toEqual([recordBytes, recordBytes, recordBytes])
  })

  it('takes as many batches as the budget needs, at least one frame each', async () => {
    const inbox = createMessageInbox({ batchBytes: 1 })
    for (const id of ['a', 'b']) addTo(inbox, message(), id)
    expect(await inbox.take({ fresh: false })).toMatchObject({ frames: [{ connectionId: 'a' }], more: true })
    expect(await inbox.take({ fresh: false })).toMatchObject({ frames: [{ connectionId: 'b' }], more: false })
  })

  it.each([
    ['bytes', { batchBytes: 1 }],
    ['messages', { batchMessages: 1 }],
  ])('says whether more waits behind a batch that is full by %s', async (_limit, limits) => {
    const inbox = createMessageInbox(limits)
    for (const properties of [Buffer.alloc(frameLimits.bytes), Buffer.alloc(frameLimits.bytes)])
      addTo(inbox, message({ properties }))
    expect(await inbox.take({ fresh: false })).toMatchObject({ frames: [{ firstSequence: 1 }], more: true })
    expect(await inbox.take({ fresh: false })).toMatchObject({ frames: [{ firstSequence: 2 }], more: false })
  })

  it('tells the bytes that wait, until they are taken or discarded', async () => {
    const inbox = createMessageInbox({ bytes: 10_000 })
    const waiting = 2 * (recordBytes + 100)
    for (const id of ['a', 'b']) addTo(inbox, message({ payload: Buffer.alloc(100) }), id)
    expect(inbox.memory()).toEqual({ bytes: waiting, limitBytes: 10_000 })
    inbox.remove('b')
    expect(inbox.memory().bytes).toBe(waiting / 2)
    await inbox.take({ fresh: false })
    expect(inbox.memory().bytes).toBe(0)
  })

  it('makes room again as batches are taken, and when a connection is removed', async () => {
    const inbox = createMessageInbox({ messages: 1 })
    addTo(inbox, message())
    await inbox.take({ fresh: false })
    addTo(inbox, message())
    inbox.remove('a')
    addTo(inbox, message(), 'b')
    expect((await inbox.take({ fresh: false })).frames).toMatchObject([{ connectionId: 'b', droppedBefore: 0 }])
  })

  it('matches again after the list of subscriptions changed, and counts on', async () => {
    const inbox = createMessageInbox()
    const one = subscription('one', '#')
    inbox.connection('a').setSubscriptions([one])
    addTo(inbox, message())
    inbox
      .connection('a')
      .setSubscriptions([one, subscription('two', 'plant/+'), subscription('off', '#', { enabled: false })])
    addTo(inbox, message())
    const window = createWindow()
    const batch = await inbox.take({ fresh: true })
    window.read(batch)
    expect(window.received.map(({ matches }) => matches)).toEqual([['one'], ['one', 'two']])
    expect(batch.connections[0]?.subscriptions.map(({ messages }) => messages)).toEqual([2, 1, 0])
  })

  it('hands over what it was given, whatever the order of messages, takes, reloads and overflow', async () => {
    const topics = ['a', 'a/b', 'ü/x', '$SYS/a', 'deep/er/est']
    const sentMessage = fc.record({
      topic: fc.constantFrom(...topics),
      properties: fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
      payload: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
      flags: fc
        .tuple(fc.constantFrom(0, 1, 2), fc.subarray([flags.retain, flags.dup, flags.outgoing]))
        .map(([qos, more]) => more.reduce((all: number, flag) => all | flag, qos)),
      packetId: fc.nat(65_535),
      time: fc.nat(),
    })
    const step = fc.oneof(
      { weight: 8, arbitrary: fc.record({ add: sentMessage, to: fc.constantFrom('a', 'b') }) },
      { weight: 2, arbitrary: fc.constantFrom('take' as const, 'reload' as const) },
      { weight: 1, arbitrary: fc.record({ filters: fc.subarray(['#', 'a/+', '+/+', 'a/#', '$SYS/#']) }) },
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), fc.integer({ min: 1, max: 20 }), async (steps, limit) => {
        const inbox = createMessageInbox({ messages: limit })
        const expected: unknown[] = []
        const got: unknown[] = []
        let filters: readonly string[] = []
        let room = limit
        let window = createWindow()
        const take = async (fresh: boolean) => {
          if (fresh) window = createWindow()
          const before = window.received.length
          // Without a change the inbox would wait, which is its right.
          inbox.connection('a').countBytes(1, 0)
          window.read(await inbox.take({ fresh }))
          got.push(...window.received.slice(before))
          room = limit
        }
        const sequences = { a: 0, b: 0 }
        for (const one of steps) {
          if (one === 'take' || one === 'reload') await take(one === 'reload')
          else if ('filters' in one) {
            filters = one.filters
            for (const id of ['a', 'b'])
              inbox.connection(id).setSubscriptions(filters.map((filter) => subscription(filter, filter)))
          } else {
            const sequence = addTo(inbox, one.add, one.to)
            sequences[one.to] += 1
            expect(sequence).toBe(sequences[one.to])
            const outgoing = (one.add.flags & flags.outgoing) !== 0
            const matches = outgoing ? [] : filters.filter((filter) => filterMatches(filter, one.add.topic))
            if (room > 0) expected.push({ connectionId: one.to, sequence, sent: one.add, matches })
            room = Math.max(0, room - 1)
          }
        }
        await take(false)
        const of = (id: string) => (entry: unknown) => (entry as { connectionId: string }).connectionId === id
        for (const id of ['a', 'b']) expect(got.filter(of(id))).toEqual(expected.filter(of(id)))
      }),
      { numRuns: 200 },
    )
  })
})

describe('a payload over the limit', () => {
  const large = message({ payload: Buffer.alloc(wholePayloadBytes + 1, 7), properties: Buffer.from('abc'), flags: 1 })
  const whole = message({ payload: Buffer.alloc(wholePayloadBytes, 7) })
  const inboxWith = (limits: Parameters<typeof createMessageInbox>[0] = {}) => {
    const payloads = createLargePayloads(2 ** 30)
    return { payloads, inbox: createMessageInbox(limits, payloads) }
  }
  const at = (sequence: number, connectionId = 'a') => ({ connectionId, sequence })

  it('crosses as its head and is kept whole; one at the limit crosses whole', async () => {
    const { inbox, payloads } = inboxWith()
    for (const one of [whole, large]) addTo(inbox, one)
    const [frame] = (await inbox.take({ fresh: true })).frames
    if (!frame) throw new Error('There is a frame.')
    expect(isFrameSound(frame)).toBe(true)
    expect(readRecord(frame, 0)).toMatchObject({ payloadBytes: wholePayloadBytes })
    expect(readRecord(frame, 0)?.payload.length).toBe(wholePayloadBytes)
    const record = readRecord(frame, 1)
    expect(record).toMatchObject({ payloadBytes: wholePayloadBytes + 1, qos: 1 })
    expect(record?.payload.length).toBe(payloadHeadBytes)
    expect(Buffer.from(record?.properties ?? []).toString()).toBe('abc')
    expect(payloads.find(at(1))).toBeNull()
    expect(Buffer.compare(payloads.find(at(2)) ?? Buffer.alloc(0), large.payload)).toBe(0)
  })

  it('crosses so in both directions', async () => {
    const { inbox, payloads } = inboxWith()
    addTo(inbox, { ...large, flags: flags.outgoing })
    const [frame] = (await inbox.take({ fresh: true })).frames
    expect(frame && readRecord(frame, 0)).toMatchObject({ outgoing: true, payloadBytes: wholePayloadBytes + 1 })
    expect(payloads.find(at(1))).not.toBeNull()
  })

  it('takes the room of its head only, and is not kept when its message is dropped', async () => {
    const { inbox, payloads } = inboxWith({ bytes: 3 * payloadHeadBytes })
    for (let index = 0; index < 3; index += 1) addTo(inbox, large)
    const { connections } = await inbox.take({ fresh: true })
    expect(connections[0]?.totals).toMatchObject({ received: 3, dropped: 1 })
    expect([1, 2, 3].map((sequence) => payloads.find(at(sequence)) !== null)).toEqual([true, true, false])
  })

  it('goes with its connection, and with the window that took it', async () => {
    const { inbox, payloads } = inboxWith()
    for (const id of ['a', 'b']) addTo(inbox, large, id)
    inbox.remove('a')
    expect([payloads.find(at(1)), payloads.find(at(1, 'b')) !== null]).toEqual([null, true])
    await inbox.take({ fresh: true })
    addTo(inbox, large, 'b')
    await inbox.take({ fresh: true })
    expect([payloads.find(at(1, 'b')), payloads.find(at(2, 'b')) !== null]).toEqual([null, true])
  })
})

describe('a frame', () => {
  it('is refused wherever it is cut', async () => {
    const inbox = createMessageInbox()
    for (let index = 0; index < 3; index += 1) addTo(inbox, message({ topic: `t/${index}` }))
    const [frame] = (await inbox.take({ fresh: true })).frames
    if (!frame) throw new Error('There is a frame.')
    expect(isFrameSound(frame)).toBe(true)
    for (let cut = 0; cut < frame.records.length; cut += 1)
      expect(isFrameSound({ ...frame, records: frame.records.subarray(0, cut) })).toBe(false)
    for (let cut = 0; cut < frame.bytes.length; cut += 1)
      expect(isFrameSound({ ...frame, bytes: frame.bytes.subarray(0, cut) })).toBe(false)
    expect(isFrameSound({ ...frame, newTopics: frame.newTopics.slice(1) })).toBe(false)
    expect(isFrameSound({ ...frame, newMatchSets: [] })).toBe(false)
    expect(readRecord(frame, 3)).toBeNull()
    expect(readRecord(frame, -1)).toBeNull()
  })
})

describe('a message larger than the inbox', () => {
  it('is kept where nothing else waits, and dropped where something does', async () => {
    const inbox = createMessageInbox({ bytes: 1_000 })
    const large = message({ payload: Buffer.alloc(5_000) })
    addTo(inbox, large)
    addTo(inbox, large)
    const batch = await inbox.take({ fresh: true })
    expect(batch.frames.map(({ count }) => count)).toEqual([1])
    expect(batch.connections[0]?.totals).toMatchObject({ received: 2, dropped: 1 })
    addTo(inbox, large)
    expect((await inbox.take({ fresh: false })).frames[0]).toMatchObject({ count: 1, droppedBefore: 1 })
  })
})

describe('the topics of a connection', () => {
  const text = (topic: string) => message({ topic })
  /** What a window makes of batches: names by number as frames bring them. */
  const createReader = () => {
    const names = new Map<number, string>()
    const topics: string[] = []
    const frames: Frame[] = []
    const read = (batch: Batch) => {
      for (const frame of batch.frames) {
        expect(isFrameSound(frame)).toBe(true)
        frames.push(frame)
        for (const number of names.keys()) if (number < frame.topicsFrom) names.delete(number)
        frame.newTopics.forEach((topic, index) => names.set(frame.firstTopicId + index, topic))
        for (let index = 0; index < frame.count; index += 1) {
          const record = readRecord(frame, index)
          topics.push(record?.unnumberedTopic ?? names.get(record?.topicId ?? -1) ?? '?')
        }
      }
      return batch
    }
    return { read, topics, frames }
  }

  it('are forgotten on demand; what waits is told with the names it had, also to a window loaded anew', async () => {
    for (const fresh of [false, true]) {
      const inbox = createMessageInbox()
      const reader = createReader()
      for (const topic of ['a', 'b', 'a']) addTo(inbox, text(topic))
      inbox.forgetTopics('a')
      for (const topic of ['b', 'c', 'b']) addTo(inbox, text(topic))
      inbox.forgetTopics('a')
      addTo(inbox, text('c'))
      reader.read(await inbox.take({ fresh }))
      expect(reader.topics).toEqual(['a', 'b', 'a', 'b', 'c', 'b', 'c'])
      expect(reader.frames.map(({ newTopics }) => newTopics.length)).toEqual([2, 2, 1])
    }
  })

  it('are told anew to a window loaded anew, without those that were forgotten', async () => {
    const inbox = createMessageInbox()
    addTo(inbox, text('a'))
    await inbox.take({ fresh: true })
    inbox.forgetTopics('a')
    for (const topic of ['b', 'c']) addTo(inbox, text(topic))
    await inbox.take({ fresh: false })
    addTo(inbox, text('c'))
    const { frames } = await inbox.take({ fresh: true })
    expect(frames).toMatchObject([{ topicsFrom: 1, firstTopicId: 1, newTopics: ['b', 'c'] }])
  })

  it('are told whatever is forgotten, dropped or loaded anew in between', async () => {
    const name = fc.constantFrom('a', 'b/b', 'plant/線', '🚀', 'x'.repeat(300))
    const step = fc.oneof(
      { weight: 6, arbitrary: fc.record({ add: name, bytes: fc.nat(200) }) },
      fc.constantFrom('forget' as const, 'session' as const, 'take' as const, 'reload' as const),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), fc.integer({ min: 0, max: 4 }), async (steps, limit) => {
        const inbox = createMessageInbox({ topics: () => limit })
        let reader = createReader()
        let expected: string[] = []
        let waiting: string[] = []
        let fresh = true
        const take = async () => {
          addTo(inbox, text('last'))
          waiting.push('last')
          reader.read(await inbox.take({ fresh }))
          expected.push(...waiting)
          waiting = []
          fresh = false
        }
        for (const one of steps) {
          if (one === 'forget') inbox.forgetTopics('a')
          else if (one === 'session') inbox.connection('a').beginSession()
          else if (one === 'take') await take()
          else if (one === 'reload') {
            fresh = true
            reader = createReader()
            expected = []
          } else {
            addTo(inbox, message({ topic: one.add, payload: Buffer.alloc(one.bytes, 7) }))
            waiting.push(one.add)
          }
        }
        await take()
        expect(reader.topics).toEqual(expected)
      }),
    )
  })

  it('have a limit: messages on further ones come all the same, and are counted', async () => {
    const inbox = createMessageInbox({ topics: () => 2 })
    for (const topic of ['a', 'b', 'plant/線', 'c', 'plant/線', 'a'])
      addTo(inbox, message({ topic, properties: Buffer.from('abc') }))
    const reader = createReader()
    const batch = reader.read(await inbox.take({ fresh: true }))
    expect(reader.topics).toEqual(['a', 'b', 'plant/線', 'c', 'plant/線', 'a'])
    expect(batch.frames[0]?.newTopics).toEqual(['a', 'b'])
    expect(batch.connections[0]).toMatchObject({
      totals: { received: 6, dropped: 0 },
      unkept: { topics: 2, isExact: true, messages: 3 },
    })
    for (let index = 0; index < 6; index += 1) {
      const record = readRecord(reader.frames[0] as Frame, index)
      expect(Buffer.from(record?.properties ?? []).toString()).toBe('abc')
      expect(Buffer.from(record?.payload ?? []).toString()).toBe('21.5')
    }
  })

  it('begin anew with a session, and frames say so', async () => {
    const inbox = createMessageInbox()
    addTo(inbox, text('a'))
    inbox.connection('a').beginSession()
    addTo(inbox, text('a'))
    const { frames, connections } = await inbox.take({ fresh: true })
    expect(frames.map(({ serverSession, topicsFrom }) => [serverSession, topicsFrom])).toEqual([
      [0, 0],
      [1, 1],
    ])
    expect(connections[0]?.serverSession).toBe(1)
  })
})

describe('the clock of messages', () => {
  it('is told with each frame, and a clock that was set begins another frame', async () => {
    const inbox = createMessageInbox()
    const hour = 3_600_000
    const at = (time: number, clockShift: number) => {
      const connection = inbox.connection('a')
      const source = Buffer.from('x')
      const topic = connection.topics.ofText('a')
      const wire = { time, clockShift, topic, packetId: 0, flags: 0, source, start: 0, payloadStart: 0, end: 1 }
      connection.add(wire, marksOf(connection, wire))
    }
    at(hour, 0)
    at(hour + 1, 0)
    at(2, -hour)
    at(3, -hour)
    const { frames } = await inbox.take({ fresh: true })
    expect(frames.map(({ count, clockShift }) => [count, clockShift])).toEqual([
      [2, 0],
      [2, -hour],
    ])
  })

  it('makes a subscription young again by what is published, not by what the server had kept', async () => {
    const inbox = createMessageInbox()
    inbox.connection('a').setSubscriptions([subscription('s', '#')])
    const add = (time: number, isStored: boolean) => {
      const connection = inbox.connection('a')
      const topic = connection.topics.ofText('a')
      const places = { source: Buffer.from('x'), start: 0, payloadStart: 0, end: 1 }
      const wire = { time, clockShift: 10, topic, packetId: 0, flags: 0, ...places }
      connection.add(wire, marksOf(connection, wire, isStored))
    }
    add(1_000, false)
    add(5_000, true)
    const { connections, frames } = await inbox.take({ fresh: true })
    expect(connections[0]?.subscriptions).toEqual([{ subscriptionId: 's', messages: 2, stored: 1, lastAt: 990 }])
    expect(connections[0]?.totals).toMatchObject({ received: 2, stored: 1 })
    expect([0, 1].map((index) => readRecord(frames[0] as Frame, index)?.stored)).toEqual([false, true])
  })
})
