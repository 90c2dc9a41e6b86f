import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { flags, type Frame } from '#shared/model/frame'
import { createMessageLog, type MessageLog } from './messageLog'
import { frameOfMessages } from './messageLogTesting'

interface Given {
  readonly topic: number
  readonly payload: string
  readonly outgoing?: boolean
}

const topicNames = ['a', 'a/b', 'c', 'd/e']
const matchSets = [[], ['one'], ['one', 'two']]

const frameOf = (firstSequence: number, messages: readonly Given[], droppedBefore = 0): Frame =>
  frameOfMessages(
    firstSequence,
    messages.map(({ topic, payload, outgoing }) => ({ topicId: topic, payload, flags: outgoing ? flags.outgoing : 0 })),
    { droppedBefore },
  )

const logOf = (budgetBytes = Infinity) =>
  createMessageLog({ topicNames, matchSets, limits: { bytes: budgetBytes, rows: null } })

const rowsIn = (log: MessageLog) =>
  Array.from({ length: log.endRow() - log.firstRow() }, (_, index) => log.rowAt(log.firstRow() + index))

const sequencesIn = (log: MessageLog) =>
  rowsIn(log).flatMap((row) => (row?.kind === 'message' ? [row.message.sequence] : []))

const textOf = (bytes: Uint8Array | undefined) => (bytes ? new TextDecoder().decode(bytes) : null)

const givenMessage: fc.Arbitrary<Given> = fc.record({
  topic: fc.nat(3),
  payload: fc.string({ maxLength: 20 }),
  outgoing: fc.boolean(),
})
const givenFrames = fc.array(
  fc.record({ messages: fc.array(givenMessage, { minLength: 1, maxLength: 6 }), dropped: fc.nat(2) }),
  { maxLength: 12 },
)

describe('message log', () => {
  it('keeps, evicts and finds what a plain list of messages would', () => {
    fc.assert(
      fc.property(givenFrames, fc.integer({ min: 500, max: 5_000 }), (frames, budget) => {
        const log = logOf(budget)
        const all: (Given & { sequence: number })[] = []
        let sequence = 1
        for (const { messages, dropped } of frames) {
          sequence += dropped
          log.append(frameOf(sequence, messages, dropped))
          for (const message of messages) all.push({ ...message, sequence: sequence++ })
        }
        const kept = all.slice(all.length - log.keptCount())
        expect(log.keptCount() + log.evictedCount()).toBe(all.length)
        expect(sequencesIn(log)).toEqual(kept.map((message) => message.sequence))
        for (const [index, message] of kept.entries()) {
          const row = log.rowOfSequence(message.sequence)!
          expect(log.rowAt(row)).toMatchObject({
            kind: 'message',
            message: { topic: topicNames[message.topic], outgoing: message.outgoing ?? false },
          })
          expect(textOf(log.messageOf(message.sequence)?.payload)).toBe(message.payload)
          const previous = kept.slice(0, index).findLast((one) => one.topic === message.topic)
          expect(log.previousOf(message.sequence)?.sequence ?? null).toBe(previous?.sequence ?? null)
          const distance = previous ? index - kept.indexOf(previous) : Infinity
          expect(log.arrivalBefore(message.sequence, distance)).toBe(previous ? 1_000 + previous.sequence : null)
          expect(log.arrivalBefore(message.sequence, distance - 1)).toBe(null)
          expect(log.messagesFrom(row)).toBe(kept.length - index)
        }
        for (const [topic, name] of topicNames.entries()) {
          const onTopic = all.filter((message) => message.topic === topic)
          const latest = onTopic.findLast((message) => !message.outgoing) ?? onTopic.at(-1)
          if (log.isLatestEvicted(name)) continue
          expect(log.latestOf(name)?.sequence ?? null).toBe(latest?.sequence ?? null)
          expect(textOf(log.latestOf(name)?.payload)).toBe(latest?.payload ?? null)
        }
      }),
    )
  })

  it('keeps row numbers when older rows go, and says how many went', () => {
    const log = logOf()
    for (let sequence = 1; sequence <= 4; sequence++) log.append(frameOf(sequence, [{ topic: 0, payload: 'x' }]))
    const row = log.rowOfSequence(4)
    log.setBudget({ bytes: Infinity, rows: 1 })
    expect(log.rowOfSequence(4)).toBe(row)
    expect(rowsIn(log)).toMatchObject([{ kind: 'evicted', messages: 3 }, { kind: 'message' }])
    expect(log.rowOfSequence(3)).toBeNull()
  })

  it('shows each skipped message as a row in its place, also where nothing follows', () => {
    const log = logOf()
    const skipped = (topic: string) => ({ time: 1, topic, bytes: 2_000_000, cause: 'properties' as const })
    log.append(frameOf(1, [{ topic: 0, payload: 'x' }]))
    log.append({ ...frameOf(2, []), skippedBefore: [skipped('one'), skipped('two')] })
    expect(rowsIn(log).slice(1)).toEqual([
      { kind: 'skipped', skipped: skipped('one') },
      { kind: 'skipped', skipped: skipped('two') },
    ])
    log.append(frameOf(2, [{ topic: 1, payload: 'y' }]))
    expect(rowsIn(log).map((row) => row?.kind)).toEqual(['message', 'skipped', 'skipped', 'message'])
    expect(log.keptCount()).toBe(2)
  })

  it('counts the topics of skipped messages within its budget', () => {
    const log = logOf()
    const before = log.bytes()
    const skipped = { time: 1, topic: 't'.repeat(60_000), bytes: 2_000_000, cause: 'packet' as const }
    for (let turn = 0; turn < 50; turn += 1) log.append({ ...frameOf(1, []), skippedBefore: [skipped] })
    expect(log.bytes() - before).toBeGreaterThan(50 * 60_000)
    log.setBudget({ bytes: 1_000_000, rows: null })
    expect(log.bytes()).toBeLessThanOrEqual(1_000_000)
    expect(log.evictedCount()).toBe(0)
  })

  it('shows dropped messages as one row', () => {
    const log = logOf()
    log.append(frameOf(1, [{ topic: 0, payload: 'x' }]))
    log.append(frameOf(8, [{ topic: 0, payload: 'y' }], 6))
    expect(rowsIn(log)[1]).toEqual({ kind: 'dropped', messages: 6 })
    expect(log.messageOf(4)).toBeNull()
    expect(log.previousOf(8)?.sequence).toBe(1)
  })

  it('says how many messages of damaged frames are missing', () => {
    const log = logOf()
    log.refuse({ ...frameOf(1, [{ topic: 0, payload: 'x' }]), bytes: new Uint8Array() })
    expect(rowsIn(log)).toEqual([{ kind: 'damaged', messages: 1 }])
    expect([log.keptCount(), log.damagedCount()]).toEqual([0, 1])
  })

  it('does not count clearing as eviction, and goes on afterwards', () => {
    const log = logOf()
    log.append(frameOf(1, [{ topic: 0, payload: 'x' }]))
    log.clear()
    expect([log.keptCount(), log.evictedCount(), rowsIn(log).length]).toEqual([0, 0, 0])
    expect(log.latestOf('a')).toBeNull()
    log.append(frameOf(2, [{ topic: 0, payload: 'y' }]))
    expect(sequencesIn(log)).toEqual([2])
  })

  it('tells what became of a message that was sent', () => {
    const log = logOf()
    log.append(
      frameOf(1, [
        { topic: 0, payload: 'x', outgoing: true },
        { topic: 0, payload: 'y' },
      ]),
    )
    expect(log.messageOf(1)?.delivery).toEqual({ state: 'queued', reasonCode: 0, at: 1_001 })
    log.applyDeliveries([
      { sequence: 1, state: 'refused', reasonCode: 0x87, at: 2_000 },
      { sequence: 99, state: 'sent', reasonCode: 0, at: 2_000 },
    ])
    expect(log.messageOf(1)?.delivery).toEqual({ state: 'refused', reasonCode: 0x87, at: 2_000 })
    expect(log.messageOf(2)?.delivery).toBeNull()
  })

  it('still finds messages when a session counts from the start again', () => {
    const log = logOf()
    log.append(frameOf(10, [{ topic: 0, payload: 'old' }]))
    log.append(frameOf(1, [{ topic: 0, payload: 'new' }]))
    expect([textOf(log.messageOf(1)?.payload), textOf(log.messageOf(10)?.payload)]).toEqual(['new', 'old'])
  })
})
