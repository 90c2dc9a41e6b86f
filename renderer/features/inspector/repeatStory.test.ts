import { describe, expect, it } from 'vitest'
import { flags } from '#shared/model/frame'
import type { SubscriptionStatus } from '#shared/model/subscription'
import { encodePublishProperties } from '#shared/mqtt/publishProperties'
import type { GivenMessage } from '../../model/messageLogTesting'
import { historyOf } from './deliveryHistory'
import { came, logOf, sent } from './deliveryTesting'
import { sourceOf } from './deliveryTruth'
import { repeatStoryOf } from './repeatStory'

const status = (id: string, filter = 'a'): SubscriptionStatus => ({
  subscription: { id, filter, qos: 0, colour: 'blue', alias: '', enabled: true, muted: false },
  identifier: id === 's1' ? 1 : 2,
  state: { phase: 'granted', qos: 0, since: 1 },
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

  it('thinks of copies where several filters match and none is named', () => {
    const statuses = [status('s1', 'a'), status('s2', '+')]
    const last = again(10_000, { matchSetId: 1 })
    expect(storyOf([came(9_990), last], { statuses })).toMatchObject({ kind: 'perhapsCopy', matching: 2 })
    expect(storyOf([sent(9_900), came(9_990), last], { statuses })).toMatchObject({ kind: 'perhapsCopy' })
    const properties = encodePublishProperties({ subscriptionIdentifiers: [1] })
    const named = [came(9_990, { properties }), { ...last, properties }]
    expect(storyOf(named, { statuses })).toMatchObject({ kind: 'unknown' })
  })
})
