import { describe, expect, it } from 'vitest'
import { flags } from '#shared/model/frame'
import { createLocalPort } from './logSearch/localPort'
import { createConnectionModels } from './connectionModel'
import { frameOfMessages } from './messageLog/messageLogTesting'

const hour = 3_600_000
const start = 1_700_000_000_000
const names = { firstTopicId: 0, newTopics: ['c/tick'], firstMatchSetId: 0, newMatchSets: [[]] }
const known = { firstTopicId: 1, firstMatchSetId: 1 }

/** A connection that hears `c/tick`; times are on the steady clock, which began at `start`. */
const open = () => {
  const model = createConnectionModels({ bytes: 2 ** 25, rows: null }, createLocalPort()).create()
  let sequence = 1
  return {
    hear: (at: number, { clockShift = 0, bits = 0, payload = 'x' } = {}) => {
      const time = start + at + clockShift
      const change = { ...(sequence === 1 ? names : known), clockShift }
      model.apply(frameOfMessages(sequence++, [{ topicId: 0, payload, flags: bits, time }], change))
    },
    tree: model.tree,
    log: model.log,
  }
}
const stored = { bits: flags.retain | flags.stored }

describe('rates, ages and silences', () => {
  it.each([-hour, hour])('are as measured although the clock was set by %d ms', (change) => {
    const { hear, tree, log } = open()
    for (let tick = 0; tick < 50; tick++) hear(tick * 200, { clockShift: tick < 25 ? 0 : change })
    const now = start + 9_900
    const node = tree.find('c/tick')!
    expect(tree.traffic.rateOf(node.topicId, now)).toBeCloseTo(5, 0)
    expect(tree.traffic.figuresOf(node.topicId)).toMatchObject({
      messages: 50,
      meanInterval: 200,
      p95Interval: 200,
      firstAt: start,
      lastAt: start + 9800,
    })
    expect([node.lastAt, node.subtreeLastAt]).toEqual([start + 9_800, start + 9_800])
    expect(tree.traffic.silenceOf(node.topicId, { now, since: start })).toBeNull()
    expect(tree.traffic.silenceOf(node.topicId, { now: now + 5_000, since: start })).toMatchObject({ usualMs: 200 })
    // What the log shows are the wall's times.
    const row = log.rowAt(49)
    expect(row?.kind === 'message' && [row.message.time, row.message.arrivedAt]).toEqual([
      start + 9_800 + change,
      start + 9_800,
    ])
  })

  it('are not changed by what the broker had kept; the value and the counts are', () => {
    const { hear, tree } = open()
    for (let tick = 0; tick < 10; tick++) hear(tick * 1_000)
    const node = tree.find('c/tick')!
    const now = start + 60_000
    const before = tree.traffic.silenceOf(node.topicId, { now, since: start })
    expect(before).not.toBeNull()
    hear(59_000, { ...stored, payload: 'kept' })
    expect(tree.traffic.silenceOf(node.topicId, { now, since: start })).toEqual(before)
    expect(tree.traffic.rateOf(node.topicId, now)).toBe(0)
    expect(tree.traffic.figuresOf(node.topicId)).toMatchObject({
      messages: 11,
      meanInterval: 1_000,
      lastAt: start + 9_000,
    })
    expect(tree.traffic.perSecond(node.topicId, now).slice(-10)).toEqual(Array.from({ length: 10 }, () => 0))
    expect([node.lastAt, node.ownMessages, node.retained]).toEqual([start + 9_000, 11, true])
    expect(Buffer.from(node.preview.subarray(0, node.previewLength)).toString()).toBe('kept')
  })

  it('begin with the first message that is published, where the broker had kept one', () => {
    const { hear, tree } = open()
    hear(0, stored)
    const node = tree.find('c/tick')!
    expect(tree.traffic.figuresOf(node.topicId)).toMatchObject({
      messages: 1,
      firstAt: 0,
      lastAt: 0,
      meanInterval: null,
    })
    expect([node.lastAt, node.subtreeLastAt, tree.traffic.rateOf(node.topicId, start + 500)]).toEqual([0, 0, 0])
    // It came, though, and the minute shows what came.
    expect(tree.traffic.perSecond(node.topicId, start + 500).at(-1)).toBe(1)
    expect(tree.traffic.perSecondBelow(tree.find('c')!, start + 500)?.at(-1)).toBe(1)
    hear(30_000)
    hear(31_000)
    expect(tree.traffic.figuresOf(node.topicId)).toMatchObject({
      messages: 3,
      firstAt: start + 30_000,
      meanInterval: 1_000,
    })
  })

  it('of the probed filter leave out what the broker had kept', () => {
    const { hear, tree } = open()
    hear(0)
    tree.probe('c/+')
    hear(1_000, stored)
    hear(2_000)
    expect(tree.probe('c/+')).toMatchObject({ messages: 3, arrived: 1 })
  })
})
