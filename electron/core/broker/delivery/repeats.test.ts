import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { flags } from '#shared/model/frame'
import { createRepeats } from './repeats'
import { createTopicTable } from '../message/topicTable'

/** What a message is compared with stands with its topic: a table for each run. */
let topics = createTopicTable()

interface Sent {
  readonly topic?: string
  readonly properties?: string
  readonly payload?: string
  readonly time?: number
  readonly clockShift?: number
  readonly flags?: number
}

/** Somewhere in a socket's chunk, as it comes. */
const messageOf = ({ topic = 't', properties = '', payload = 'p', ...given }: Sent, lead = 3) => {
  const start = lead
  const payloadStart = start + Buffer.byteLength(properties)
  const source = Buffer.concat([Buffer.alloc(lead, 7), Buffer.from(properties + payload), Buffer.from('tail')])
  const places = { source, start, payloadStart, end: source.length - 4 }
  return { time: 0, clockShift: 0, flags: 0, ...given, topic: topics.ofText(topic), packetId: 0, ...places }
}

const repeatsIn = (sent: readonly Sent[]) => {
  topics = createTopicTable()
  const repeats = createRepeats()
  return sent.map((one) => repeats.isRepeat(messageOf(one)))
}

describe('messages that come twice', () => {
  it('tells what equals the message before it on its topic, wherever its bytes lie', () => {
    const sent = fc.record({
      topic: fc.constantFrom('a', 'b'),
      payload: fc.constantFrom('', 'x', 'y', 'xxxx', 'xxxxy', 'yxxxx', 'long and longer', 'long and longes'),
      flags: fc.constantFrom(0, 1, 2),
      time: fc.constant(0),
    })
    fc.assert(
      fc.property(fc.array(fc.tuple(sent, fc.nat(9))), (messages) => {
        topics = createTopicTable()
        const repeats = createRepeats()
        const newest = new Map<string, string>()
        for (const [one, lead] of messages) {
          const key = `${one.flags} ${one.payload}`
          expect(repeats.isRepeat(messageOf(one, lead))).toBe(newest.get(one.topic) === key)
          newest.set(one.topic, key)
        }
      }),
    )
  })

  it('tells bytes apart that differ in one place only', () => {
    const bytes = fc.uint8Array({ minLength: 1, maxLength: 200 })
    fc.assert(
      fc.property(bytes, fc.nat(), fc.integer({ min: 1, max: 255 }), (payload, place, change) => {
        const other = Uint8Array.from(payload)
        const at = place % payload.length
        other[at] = (other[at] ?? 0) ^ change
        const repeats = createRepeats()
        const places = { packetId: 0, flags: 0, time: 0, clockShift: 0, start: 0, payloadStart: 0, end: payload.length }
        const topic = topics.ofText('t')
        repeats.isRepeat({ ...places, topic, source: Buffer.from(payload) })
        expect(repeats.isRepeat({ ...places, topic, source: Buffer.from(other) })).toBe(false)
      }),
    )
  })

  it('takes no message for a repeat that came later than half a second, or has other properties', () => {
    expect(repeatsIn([{}, { time: 500 }, { time: 1_001 }])).toEqual([false, true, false])
    expect(repeatsIn([{ properties: 'q' }, { properties: 'r' }])).toEqual([false, false])
    expect(repeatsIn([{ properties: 'q', payload: 'p' }, { payload: 'qp' }])).toEqual([false, false])
  })

  it('takes no message for a repeat when another lay between, whatever that was, or the clock was set back', () => {
    for (const between of [
      { payload: 'x'.repeat(70_000) },
      { payload: 'q', flags: flags.dup },
      { flags: flags.retain },
    ])
      expect(repeatsIn([{}, between, {}, {}])).toEqual([false, false, false, true])
    expect(repeatsIn([{ time: 500 }, { time: 499 }, { time: 499 }])).toEqual([false, false, true])
  })

  it('goes by the steady clock, not by one that was set meanwhile', () => {
    const hour = 3_600_000
    const back = { time: 10 - hour, clockShift: -hour }
    expect(repeatsIn([{}, back])).toEqual([false, true])
    expect(repeatsIn([{}, { time: 10, clockShift: -hour }])).toEqual([false, false])
  })

  it('leaves out what says for itself why it came, and what is too long', () => {
    for (const flag of [flags.retain, flags.dup])
      expect(repeatsIn([{ flags: flag }, { flags: flag }])).toEqual([false, false])
    const payload = 'x'.repeat(65_537)
    expect(repeatsIn([{ payload }, { payload }])).toEqual([false, false])
    expect(repeatsIn([{ payload: payload.slice(1) }, { payload: payload.slice(1) }])).toEqual([false, true])
  })
})
