import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { flags } from '#shared/model/frame'
import type { SubscriptionStatus } from '#shared/model/subscription'
import { encodePublishProperties } from '#shared/mqtt/publishProperties'
import type { GivenMessage } from '../../../model/messageLog/messageLogTesting'
import { historyOf } from './deliveryHistory'
import { came, logOf, sent } from './deliveryTesting'
import { sourceOf } from './deliveryTruth'
import { repeatStoryOf } from './repeatStory'

const status = (id: string, filter = 'a', since = 1): SubscriptionStatus => ({
  subscription: { id, filter, qos: 0, colour: 'blue', alias: '', enabled: true, muted: false },
  identifier: id === 's1' ? 1 : 2,
  state: { phase: 'granted', qos: 0, since },
})

interface Given {
  readonly gone?: number
  readonly statuses?: readonly SubscriptionStatus[]
}

/** The story of the last message. */
const storyOf = (list: readonly GivenMessage[], { gone = 0, statuses = [status('s1')] }: Given = {}) => {
  const { log, last } = logOf(list, gone)
  return repeatStoryOf({ message: last, statuses, source: sourceOf(last, statuses) }, historyOf(log, last))
}
const again = (time: number, given: Partial<GivenMessage> = {}) => came(time, { flags: flags.repeat, ...given })

describe('repeatStoryOf', () => {
  it('says nothing of a message that is no repeat', () => {
    expect(storyOf([came(9_990), came(10_000)])).toBeNull()
  })

  it('names the message it equals, and leaves open why it came', () => {
    expect(storyOf([came(9_990), again(10_000)])).toMatchObject({ kind: 'unknown', sequence: 1, milliseconds: 10 })
    expect(storyOf([came(9_990, { topicId: 1 }), again(10_000)])).toMatchObject({ kind: 'gone' })
  })

  it('blames the broker where we published it once', () => {
    const once = [sent(9_900), came(9_990)]
    expect(storyOf([...once, again(10_000)])).toMatchObject({ kind: 'deliveredTwice', sent: 1, received: 2 })
    expect(storyOf([sent(9_800), ...once, again(10_000)])).toMatchObject({ kind: 'unknown' })
    const copy = came(9_991, { flags: flags.copy })
    expect(storyOf([...once, copy, again(10_000)])).toMatchObject({ kind: 'deliveredTwice', received: 2 })
  })

  it('blames nobody where a publish may be out of view', () => {
    const regular = Array.from({ length: 40 }, (_, index) => [sent(1_000 + index * 490), came(1_060 + index * 490)])
    const last = again(1_060 + 40 * 490)
    for (const gone of [0, 1, 10, 70])
      expect(storyOf([...regular.flat(), sent(1_000 + 40 * 490), last], { gone })).toMatchObject({ kind: 'unknown' })
    const twice = [sent(9_900), came(9_990), again(10_000)]
    expect(storyOf([came(1, { topicId: 1 }), ...twice], { gone: 1 })).toMatchObject({ kind: 'unknown' })
    const noise = Array.from({ length: 100_001 }, () => came(9_995, { topicId: 1, payload: '' }))
    expect(storyOf([...twice.slice(0, 1), ...noise, ...twice.slice(1)])).toMatchObject({ kind: 'unknown' })
  })

  it('blames nobody where another client publishes the same', () => {
    expect(storyOf([came(8_000), sent(9_900), came(9_990), again(10_000)])).toMatchObject({ kind: 'unknown' })
  })

  it('blames nobody for what may have been sent on two connections, or under a grant that is not known', () => {
    const twice = [sent(9_900, { flags: 1 }), came(9_990), again(10_000)]
    const kindWith = (one: SubscriptionStatus) => storyOf(twice, { statuses: [one] })?.kind
    expect(kindWith(status('s1', 'a', 9_900))).toBe('deliveredTwice')
    expect(kindWith(status('s1', 'a', 9_901))).toBe('unknown')
    expect(kindWith({ ...status('s1'), state: { phase: 'inactive' } })).toBe('unknown')
  })

  const publishes = fc.array(
    fc.record({ pause: fc.nat(3_000), latency: fc.oneof(fc.nat(100), fc.nat(29_000)), noise: fc.nat(2) }),
    { minLength: 1, maxLength: 30 },
  )
  type Publish = typeof publishes extends fc.Arbitrary<readonly (infer One)[]> ? One : never

  /** Publishes and the delivery of each, in the order of time; a publish goes before what comes at the same time. */
  const scheduleOf = (list: readonly Publish[]) => {
    let time = 100_000
    const all = list.flatMap(({ pause, latency, noise }) => {
      time += pause
      const others = Array.from({ length: noise }, () => came(time, { topicId: 1 }))
      return [sent(time), ...others, came(time + latency, { flags: flags.repeat })]
    })
    return all.sort((one, other) => (one.time ?? 0) - (other.time ?? 0))
  }
  const isDelivery = ({ topicId, flags: bits }: GivenMessage) => topicId === 0 && bits === flags.repeat

  it('never blames the broker where each publish was delivered once', () => {
    fc.assert(
      fc.property(publishes, fc.nat(100), fc.nat(100), (list, end, cut) => {
        const all = scheduleOf(list)
        const last = all.findLastIndex((one, index) => isDelivery(one) && (index <= end || all.length <= end))
        if (last === -1) return
        const gone = cut % (last + 1)
        expect(storyOf(all.slice(0, last + 1), { gone })?.kind).not.toBe('deliveredTwice')
      }),
    )
  })

  it('tells of one delivery more than we published, where all of them are in view', () => {
    fc.assert(
      fc.property(publishes, fc.nat(500), (list, later) => {
        const all = scheduleOf(list)
        const start = all[0]?.time ?? 0
        const last = again((all.at(-1)?.time ?? 0) + later)
        const isBroughtTwice = all.at(-1)?.topicId === 0 && (last.time ?? 0) - start <= 30_000
        fc.pre(isBroughtTwice)
        const story = storyOf([...all, last])
        expect(story?.kind).toBe('deliveredTwice')
        expect(story?.received).toBeGreaterThan(story?.sent ?? 0)
      }),
    )
  })

  it('thinks of copies where several filters match and none is named', () => {
    const statuses = [status('s1', 'a'), status('s2', '+')]
    const last = again(10_000, { matchSetId: 1 })
    expect(storyOf([came(9_990), last], { statuses })).toMatchObject({ kind: 'perhapsCopy', matching: 2 })
    expect(storyOf([sent(9_900), came(9_990), last], { statuses })).toMatchObject({ kind: 'perhapsCopy' })
    const properties = encodePublishProperties({ subscriptionIdentifiers: [1] })
    const named = [came(9_990, { properties }), { ...last, properties }]
    expect(storyOf(named, { statuses })).toMatchObject({ kind: 'unknown' })
  })

  it('counts filters and not entries of the list, and only those in force', () => {
    const list = [sent(9_900), came(9_990), again(10_000, { matchSetId: 1 })]
    const [one, other] = [status('s1', 'a'), status('s2', '+')]
    const off = {
      ...other,
      subscription: { ...other.subscription, enabled: false },
      state: { phase: 'inactive' },
    } as const
    const kindWith = (...statuses: SubscriptionStatus[]) => storyOf(list, { statuses })?.kind
    expect(kindWith(one, other)).toBe('perhapsCopy')
    expect(kindWith(one, status('s2', 'a'))).toBe('deliveredTwice')
    // It may have been in force when the message came.
    expect(kindWith(one, off)).toBe('unknown')
    expect(kindWith(one)).toBe('unknown')
  })
})
