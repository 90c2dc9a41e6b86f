import { describe, expect, it, vi } from 'vitest'
import { flags } from '#shared/model/frame'
import { encodePublishProperties } from '#shared/mqtt/publishProperties'
import { frameOfMessages, type GivenMessage } from '../../../model/messageLog/messageLogTesting'
import { historyOf, publishedQosOf } from './deliveryHistory'
import { came, logOf, sent } from './deliveryTesting'
import * as bytes from '../sameBytes'

const historyIn = (list: readonly GivenMessage[], gone = 0) => {
  const { log, last } = logOf(list, gone)
  return historyOf(log, last)
}
const correlation = (byte: number) => encodePublishProperties({ correlationData: Uint8Array.of(byte) })

describe('historyOf', () => {
  const repeat = came(10_000, { flags: flags.repeat })

  it('finds what was sent and received like a message, newest first', () => {
    const others = [
      came(9_994, { flags: flags.copy }),
      came(9_995, { flags: flags.dup }),
      came(9_996, { flags: flags.retain }),
      came(9_997, { flags: 1 }),
      came(9_998, { topicId: 1 }),
      sent(9_999, { payload: 'y' }),
    ]
    const { like, completeSince } = historyIn([sent(9_980, { flags: 1 }), came(9_990), ...others, repeat])
    expect(like).toEqual([
      { kind: 'received', sequence: 2, time: 9_990, qos: 0 },
      { kind: 'sent', sequence: 1, time: 9_980, qos: 1 },
    ])
    expect(completeSince).toBe(-Infinity)
  })

  it('says from when on nothing can be missing', () => {
    expect(historyIn([came(1), came(9_000), repeat], 1).completeSince).toBe(9_000)
    expect(historyIn([came(1), came(50_000, { flags: flags.repeat })]).completeSince).toBe(15_000)
    const { log } = logOf([came(1)])
    log.append(frameOfMessages(4, [came(10_000, { flags: flags.repeat })], { droppedBefore: 2 }))
    const last = log.messageOf(4)
    expect(last && historyOf(log, last).completeSince).toBe(last?.time)
  })

  it('ends at a limit of rows and of compared bytes, and says so', () => {
    const noise = Array.from({ length: 100_001 }, () => came(9_000, { topicId: 1, payload: '' }))
    expect(historyIn([sent(8_000), ...noise, repeat])).toEqual({ like: [], completeSince: 9_000 })

    const payload = new Uint8Array(60 * 1_024)
    const { log, last } = logOf(
      Array.from({ length: 1_000 }, (_, index) => came(9_000 + index, { payload, flags: flags.repeat })),
    )
    const compare = vi.spyOn(bytes, 'sameBytes')
    const { like, completeSince } = historyOf(log, last)
    const compared = compare.mock.calls.reduce((sum, [one]) => sum + one.length, 0)
    compare.mockRestore()
    expect(compared).toBeLessThan(5 * 2 ** 20)
    expect(like.length).toBeGreaterThan(50)
    expect(completeSince).toBe(like.at(-1)?.time)
  })
})

describe('publishedQosOf', () => {
  const publishedIn = (list: readonly GivenMessage[], gone = 0) => {
    const { log, last } = logOf(list, gone)
    return publishedQosOf(historyOf(log, last), last)
  }

  it('finds what we published just before', () => {
    expect(publishedIn([sent(9_000, { flags: 2 }), came(10_000)])).toBe(2)
    const properties = correlation(1)
    expect(publishedIn([sent(9_000, { flags: 2, properties }), came(10_000, { properties })])).toBe(2)
  })

  it.each([
    ['long before', sent(1)],
    ['on another topic', sent(9_000, { topicId: 1 })],
    ['with another payload', sent(9_000, { payload: 'y' })],
    ['with other correlation data', sent(9_000, { properties: correlation(2) })],
    ['by somebody else', came(9_000)],
  ])('says nothing of one published %s', (_what, other) => {
    expect(publishedIn([other, came(10_000)])).toBeNull()
  })

  it('says nothing where it could have been one of two, or one that is gone', () => {
    expect(publishedIn([sent(9_000), sent(9_000, { flags: 1 }), came(10_000)])).toBeNull()
    expect(publishedIn([sent(8_000, { flags: 1 }), sent(9_000), came(10_000)], 1)).toBeNull()
  })
})
