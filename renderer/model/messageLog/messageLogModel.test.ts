import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { flags, payloadHeadBytes, recordBytes, type DeliveryState, type Frame } from '#shared/model/frame'
import { recordOffset } from '#shared/model/frameReader'
import { createMessageLog, type LogLimits, type MessageLog } from './messageLog'
import { frameOfMessages } from './messageLogTesting'
import { createSegmentPool } from './segmentPool'

const topicNames = ['a', 'a/b', 'c', 'd/e']
const matchSets = [[], ['one'], ['one', 'two']]

interface Given {
  readonly topicId: number
  readonly matchSetId: number
  readonly flags: number
  readonly payload: Uint8Array
  readonly properties: Uint8Array
  /** More than 0: `payload` is the head of so many bytes. */
  readonly wholeBytes: number
}

const bytesUpTo = (maxLength: number) => fc.uint8Array({ maxLength })
const payload = fc.oneof(
  { weight: 6, arbitrary: bytesUpTo(40) },
  fc.integer({ min: 0, max: 5_000 }).map((length) => Uint8Array.from({ length }, (_, index) => index)),
)
const given: fc.Arbitrary<Given> = fc
  .record({
    topicId: fc.nat(3),
    matchSetId: fc.nat(2),
    flags: fc
      .nat(2)
      .chain((qos) =>
        fc.subarray([flags.retain, flags.dup, flags.outgoing]).map((set) => set.reduce((bits, bit) => bits | bit, qos)),
      ),
    payload,
    properties: fc.oneof(fc.constant(new Uint8Array()), bytesUpTo(12)),
    head: fc.nat(40).map((chance) => chance === 0),
  })
  .map(({ head, ...message }) =>
    head
      ? {
          ...message,
          flags: message.flags | flags.head,
          payload: new Uint8Array(payloadHeadBytes).fill(7),
          wholeBytes: 3_000_000,
        }
      : { ...message, wholeBytes: 0 },
  )

const limits: fc.Arbitrary<LogLimits> = fc.record({
  bytes: fc.constantFrom(0, 700, 6_000, 60_000, 2_000_000, Infinity),
  rows: fc.constantFrom(null, null, 1, 5, 20),
})

type Step =
  | { readonly does: 'append'; readonly messages: readonly Given[]; readonly dropped: number }
  | { readonly does: 'refuse'; readonly messages: number; readonly dropped: number }
  | { readonly does: 'limit'; readonly limits: LogLimits }
  | { readonly does: 'deliver'; readonly back: number; readonly state: DeliveryState }
  | { readonly does: 'clear' }

const dropped = fc.constantFrom(0, 0, 0, 3)
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({
      does: fc.constant('append' as const),
      messages: fc.array(given, { maxLength: 8 }),
      dropped,
    }),
  },
  fc.record({ does: fc.constant('refuse' as const), messages: fc.nat(3), dropped }),
  fc.record({ does: fc.constant('limit' as const), limits }),
  fc.record({
    does: fc.constant('deliver' as const),
    back: fc.nat(10),
    state: fc.constantFrom('sent' as const, 'acknowledged' as const, 'refused' as const),
  }),
  fc.constant({ does: 'clear' as const }),
)

const frameOf = (firstSequence: number, messages: readonly Given[], droppedBefore: number): Frame => {
  const frame = frameOfMessages(firstSequence, messages, { droppedBefore })
  const view = new DataView(frame.records.buffer)
  messages.forEach(({ wholeBytes }, index) => {
    if (wholeBytes > 0) view.setUint32(index * recordBytes + recordOffset.payloadLength, wholeBytes, true)
  })
  return frame
}

type Row =
  | { readonly kind: 'message'; readonly sequence: number; readonly given: Given; state: DeliveryState }
  | { readonly kind: 'dropped' | 'damaged'; readonly messages: number }

/** What the log says, kept in plain lists: a row's number is its place. */
const createPlainLog = () => {
  const rows: Row[] = []
  let sequence = 1
  const gap = (kind: 'dropped' | 'damaged', messages: number) => {
    if (messages === 0) return
    rows.push({ kind, messages })
    sequence += messages
  }
  return {
    rows,
    clearedRows: 0,
    clearedMessages: 0,
    limits: { bytes: 60_000, rows: null } as LogLimits,
    gap,
    nextSequence: () => sequence,
    append: (one: Given) => rows.push({ kind: 'message', sequence: sequence++, given: one, state: 'queued' }),
  }
}
type PlainLog = ReturnType<typeof createPlainLog>

const perform = (log: MessageLog, plain: PlainLog, one: Step) => {
  switch (one.does) {
    case 'append': {
      plain.gap('dropped', one.dropped)
      log.append(frameOf(plain.nextSequence(), one.messages, one.dropped))
      one.messages.forEach(plain.append)
      return
    }
    case 'refuse':
      plain.gap('dropped', one.dropped)
      log.refuse({ ...frameOf(plain.nextSequence(), [], one.dropped), count: one.messages })
      plain.gap('damaged', one.messages)
      return
    case 'limit':
      plain.limits = one.limits
      log.setBudget(one.limits)
      return
    case 'deliver': {
      const sequence = plain.nextSequence() - 1 - one.back
      log.applyDeliveries([{ sequence, state: one.state, reasonCode: 0, at: 5 }])
      const row = log.rowOfSequence(sequence)
      const found = row === null ? undefined : plain.rows[row]
      if (found?.kind === 'message' && (found.given.flags & flags.outgoing) !== 0) found.state = one.state
      return
    }
    case 'clear':
      plain.clearedMessages += log.keptCount()
      log.clear()
      plain.clearedRows = plain.rows.length
  }
}

const messagesIn = (rows: readonly Row[]) => rows.flatMap((row) => (row.kind === 'message' ? [row] : []))
const plainBytes = (bytes: Uint8Array | undefined) => (bytes ? [...bytes] : null)

const checkMessages = (log: MessageLog, plain: PlainLog) => {
  const first = log.firstKeptRow()
  const kept = messagesIn(plain.rows.slice(first))
  for (let row = first; row < log.endRow(); row++) {
    const expected = plain.rows[row]!
    const shown = log.rowAt(row)!
    if (expected.kind !== 'message') {
      expect(shown).toEqual(expected)
      continue
    }
    const message = shown.kind === 'message' ? shown.message : null
    expect(message).toMatchObject({
      sequence: expected.sequence,
      time: 1_000 + expected.sequence,
      topic: topicNames[expected.given.topicId],
      subscriptionIds: matchSets[expected.given.matchSetId],
      qos: expected.given.flags & flags.qosMask,
      retain: (expected.given.flags & flags.retain) !== 0,
      dup: (expected.given.flags & flags.dup) !== 0,
      payloadBytes: expected.given.wholeBytes || expected.given.payload.length,
    })
    expect(message?.delivery?.state ?? null).toBe((expected.given.flags & flags.outgoing) !== 0 ? expected.state : null)
    expect(Buffer.compare(message!.payload, expected.given.payload)).toBe(0)
    expect(plainBytes(message?.properties)).toEqual(plainBytes(expected.given.properties))
    expect(log.rowOfSequence(expected.sequence)).toBe(row)
    const place = kept.indexOf(expected)
    expect(log.messagesFrom(row)).toBe(kept.length - place)
    const previous = kept.slice(0, place).findLast((one) => one.given.topicId === expected.given.topicId)
    expect(log.previousOf(expected.sequence)?.sequence ?? null).toBe(previous?.sequence ?? null)
  }
  expect(log.holdsHeads()).toBe(kept.some(({ given: { wholeBytes } }) => wholeBytes > 0))
}

const checkCounts = (log: MessageLog, plain: PlainLog) => {
  const all = messagesIn(plain.rows).length
  const kept = messagesIn(plain.rows.slice(log.firstKeptRow()))
  expect(log.endRow()).toBe(plain.rows.length)
  expect(log.keptCount()).toBe(kept.length)
  expect(log.keptCount() + log.evictedCount() + plain.clearedMessages).toBe(all)
  expect(log.keptCount()).toBeLessThanOrEqual(plain.limits.rows ?? Infinity)
  const evicted = messagesIn(plain.rows.slice(plain.clearedRows, log.firstKeptRow())).length
  expect(log.rowAt(log.firstKeptRow() - 1)).toEqual(evicted > 0 ? { kind: 'evicted', messages: evicted } : null)
  expect(log.firstRow()).toBe(log.firstKeptRow() - (evicted > 0 ? 1 : 0))
}

const checkLatest = (log: MessageLog, plain: PlainLog) => {
  const since = messagesIn(plain.rows.slice(plain.clearedRows))
  topicNames.forEach((topic, topicId) => {
    const onTopic = since.filter((one) => one.given.topicId === topicId)
    const latest = onTopic.findLast((one) => (one.given.flags & flags.outgoing) === 0) ?? onTopic.at(-1)
    const shown = log.latestOf(topic)
    // A copy may be evicted as well, but never a message that stands in the log, and never without a word.
    const mayBeEvicted = latest !== undefined && log.messageOf(latest.sequence) === null
    expect(log.isLatestEvicted(topic)).toBe(mayBeEvicted && shown === null)
    if (shown === null && mayBeEvicted) return
    expect(shown?.sequence ?? null).toBe(latest?.sequence ?? null)
    if (latest) expect(Buffer.compare(shown!.payload, latest.given.payload)).toBe(0)
  })
}

/** Segments that are spoiled as soon as the log lets go of them, and used again. */
const spoilingMemory = () => {
  const pool = createSegmentPool()
  const release = (memory: SharedArrayBuffer) => {
    new Uint8Array(memory).fill(0xee)
    pool.give(memory)
  }
  return { take: pool.take, release }
}

describe('the log beside a plain list', () => {
  it('says the same, whatever comes, is refused, evicted and cleared', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        const plain = createPlainLog()
        const log = createMessageLog({ topicNames, matchSets, limits: plain.limits, memory: spoilingMemory() })
        for (const one of steps) {
          perform(log, plain, one)
          checkCounts(log, plain)
          checkLatest(log, plain)
        }
        checkMessages(log, plain)
      }),
      { numRuns: 300 },
    )
  })

  it('leaves a message as it was to whoever looks at it, and uses the memory of what went again', () => {
    const taken = new Set<SharedArrayBuffer>()
    const { take, release } = spoilingMemory()
    const memory = {
      take: (size: number) => {
        const one = take(size)
        taken.add(one)
        return one
      },
      release,
    }
    const log = createMessageLog({ topicNames, matchSets, limits: { bytes: 2 ** 24, rows: null }, memory })
    const large = new Uint8Array(20_000).fill(5)
    log.append(frameOfMessages(0, [{ topicId: 0, payload: 'small' }]))
    log.append(frameOfMessages(1, [{ topicId: 0, payload: large }]))
    const seen = [log.messageOf(0), log.messageOf(1)]
    for (let sequence = 2; sequence < 10_000; sequence++)
      log.append(frameOfMessages(sequence, [{ topicId: 1, payload: new Uint8Array(8_000) }]))
    expect(log.messageOf(1)).toBeNull()
    expect(Buffer.from(seen[0]!.payload).toString()).toBe('small')
    expect(Buffer.compare(seen[1]!.payload, large)).toBe(0)
    expect(taken.size * 2 ** 17).toBeLessThan(2 ** 24 + 2 ** 19)
  })

  it('uses the memory of large messages again, although they were looked at', () => {
    let released = 0
    const memory = { take: (size: number) => new SharedArrayBuffer(size), release: () => (released += 1) }
    const log = createMessageLog({ topicNames, matchSets, limits: { bytes: 2 ** 26, rows: null }, memory })
    const messages = Array.from({ length: 100 }, () => ({ topicId: 0, payload: new Uint8Array(20_000) }))
    for (let batch = 0; batch < 100; batch++) {
      log.append(frameOfMessages(1 + batch * 100, messages))
      for (let row = log.endRow() - 25; row < log.endRow(); row++) log.rowAt(row)
    }
    expect(released).toBeGreaterThan(50)
  })

  it('evicts no more than the bytes ask for, a segment at a time', () => {
    const bytes = 64_000
    const log = createMessageLog({ topicNames, matchSets, limits: { bytes, rows: null } })
    const size = recordBytes + 100
    for (let sequence = 0; sequence < 2_000; sequence++) {
      const one = { topicId: 0, payload: new Uint8Array(100) }
      log.append(frameOfMessages(sequence, [one]))
    }
    // A segment of 500 bytes holds three messages here, and its own costs count too.
    expect(log.keptCount() * size).toBeLessThanOrEqual(bytes)
    expect(log.keptCount()).toBeGreaterThan(150)
  })

  it('costs less than 220 bytes a message of 150, also in frames of one', () => {
    const bytes = 32 * 2 ** 20
    const log = createMessageLog({ topicNames, matchSets, limits: { bytes, rows: null } })
    const frame = frameOfMessages(0, [{ topicId: 0, payload: new Uint8Array(150) }])
    for (let sequence = 0; sequence < 250_000; sequence++) log.append({ ...frame, firstSequence: sequence })
    expect(log.evictedCount()).toBeGreaterThan(0)
    expect(bytes / log.keptCount()).toBeLessThan(220)
  })
})
