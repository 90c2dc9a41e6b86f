import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Qos } from '#shared/model/qos'
import type { SubscriptionStatus } from '#shared/model/subscription'
import { encodePublishProperties } from '#shared/mqtt/publishProperties'
import type { MessageLog } from '../../model/messageLog'
import type { MessageView } from '../../model/messageLogChunk'
import { publishedQosOf, qosStoryOf, repeatStoryOf, sourceOf } from './deliveryTruth'

const message = (given: Partial<MessageView> = {}): MessageView => ({
  ...{ sequence: 2, time: 10_000, topic: 'a', qos: 0, retain: false, dup: false, outgoing: false, packetId: 0 },
  ...{ repeat: false, copy: false },
  ...{ payload: Uint8Array.of(1), payloadBytes: 1, properties: new Uint8Array(), subscriptionIds: ['s1', 's2'] },
  delivery: null,
  ...given,
})
const status = (id: string, qos: 0 | 1 | 2, identifier?: number): SubscriptionStatus => ({
  subscription: { id, filter: '#', qos, colour: 'blue', alias: '', enabled: true, muted: false },
  state: { phase: 'granted', qos, since: 1 },
  ...(identifier === undefined ? {} : { identifier }),
})
const withFilter = (filter: string, { subscription, ...rest }: SubscriptionStatus): SubscriptionStatus => ({
  ...rest,
  subscription: { ...subscription, filter },
})
const naming = (...subscriptionIdentifiers: number[]) => encodePublishProperties({ subscriptionIdentifiers })

/** A log of these messages, which then holds the one in question. */
const logOf = (...messages: readonly MessageView[]) =>
  ({
    rowOfSequence: () => messages.length,
    firstKeptRow: () => 0,
    rowAt: (row: number) => ({ kind: 'message', message: messages[row] }),
  }) as unknown as MessageLog

describe('sourceOf', () => {
  it('takes the broker at its word, and tells what else matches', () => {
    const statuses = [status('s1', 0, 1), status('s2', 0, 2)]
    expect(sourceOf(message({ properties: naming(2, 9) }), statuses)).toEqual({
      by: 'named',
      subscriptionIds: ['s2'],
      unknown: [9],
      alsoMatching: ['s1'],
    })
  })

  it('knows no number whose filter does not match the topic, and tells each number once', () => {
    const statuses = [withFilter('b/#', status('s1', 0, 1)), withFilter('$share/group/+', status('s2', 0, 2))]
    expect(sourceOf(message({ properties: naming(1, 2, 9, 1, 9) }), statuses)).toEqual({
      by: 'named',
      subscriptionIds: ['s2'],
      unknown: [1, 9],
      alsoMatching: ['s1'],
    })
  })

  it('infers from the filters where the broker names none', () => {
    expect(sourceOf(message(), [status('s1', 0, 1)])).toMatchObject({ by: 'inferred', subscriptionIds: ['s1', 's2'] })
  })
})

describe('qosStoryOf', () => {
  const only = (given: Partial<MessageView> = {}) => message({ subscriptionIds: ['s1'], ...given })

  it.each([
    { qos: 0, granted: 1, published: null, kind: 'publishedLower' },
    { qos: 1, granted: 1, published: null, kind: 'atGrant' },
    { qos: 2, granted: 2, published: null, kind: 'whole' },
    { qos: 1, granted: 1, published: 2, kind: 'grantedLower' },
    { qos: 1, granted: 2, published: 1, kind: 'asPublished' },
    { qos: 2, granted: 1, published: null, kind: undefined },
    { qos: 0, granted: 1, published: 2, kind: undefined },
  ] as const)('delivered $qos, granted $granted, published $published: $kind', ({ qos, granted, published, kind }) => {
    expect(qosStoryOf(only({ qos }), [status('s1', granted)], published)?.kind).toBe(kind)
  })

  it('says nothing by a grant that is newer than the message, or not known', () => {
    const granted = status('s1', 2)
    const renewed = { ...granted, state: { phase: 'granted', qos: 2, since: 10_001 } } as const
    expect(qosStoryOf(only(), [renewed], null)).toBeNull()
    expect(qosStoryOf(message(), [granted], null)).toBeNull()
    expect(qosStoryOf(only({ properties: naming(1, 9) }), [status('s1', 2, 1)], null)).toBeNull()
  })

  const qos = fc.constantFrom<Qos>(0, 1, 2)

  it('tells the published QoS only where no copy for another subscription could have come so', () => {
    fc.assert(
      fc.property(fc.array(qos, { minLength: 1, maxLength: 4 }), qos, fc.nat(), (grants, published, which) => {
        const ids = grants.map((_, index) => `s${index}`)
        const statuses = grants.map((granted, index) => status(`s${index}`, granted))
        // MQTT 5 §3.3.4: a copy for each, or one with the highest.
        const delivered = Math.min(published, grants[which % grants.length] ?? 0) as Qos
        const came = message({ qos: delivered, subscriptionIds: ids })
        const possible = [0, 1, 2].filter((one) => grants.some((granted) => Math.min(one, granted) === delivered))
        const told = qosStoryOf(came, statuses, null)
        expect(told?.kind === 'publishedLower').toBe(possible.length === 1 && !grants.some((one) => one === delivered))
        expect(told?.kind === 'severalGrants').toBe(
          grants.some((one) => one === delivered) && grants.some((one) => one > delivered),
        )
        const known = qosStoryOf(came, statuses, published)
        expect(known?.kind).toBe(delivered < published ? 'grantedLower' : 'asPublished')
        if (known?.kind === 'grantedLower') expect(known.granted).toBe(delivered)
      }),
    )
  })

  it('takes the highest grant of several the broker names', () => {
    const statuses = [status('s1', 0, 1), status('s2', 2, 2)]
    const both = message({ properties: naming(1, 2) })
    expect(qosStoryOf(both, statuses, null)).toMatchObject({ kind: 'publishedLower', granted: 2, grantedId: 's2' })
  })
})

describe('publishedQosOf', () => {
  const sent = (given: Partial<MessageView> = {}) => message({ outgoing: true, qos: 2, time: 9_000, ...given })

  it('finds what we published just before', () => {
    expect(publishedQosOf(logOf(sent()), message())).toBe(2)
  })

  it.each([
    ['long before', sent({ time: 1 })],
    ['on another topic', sent({ topic: 'b' })],
    ['with another payload', sent({ payload: Uint8Array.of(2) })],
    ['with other correlation data', sent({ properties: encodePublishProperties({ correlationData: naming(1) }) })],
    ['by somebody else', sent({ outgoing: false })],
  ])('says nothing of one published %s', (_what, other) => {
    expect(publishedQosOf(logOf(other), message())).toBeNull()
  })

  it('says nothing where it could have been one of two', () => {
    expect(publishedQosOf(logOf(sent(), sent({ qos: 1 })), message())).toBeNull()
  })
})

describe('repeatStoryOf', () => {
  const inferred = { by: 'inferred', subscriptionIds: ['s1'], unknown: [], alsoMatching: [] } as const
  const repeat = message({ sequence: 9, repeat: true })
  const first = message({ sequence: 7, time: 9_990 })
  const storyOf = (before: readonly MessageView[], source: Parameters<typeof repeatStoryOf>[2] = inferred) =>
    repeatStoryOf(logOf(...before), repeat, source)

  it('says nothing of a message that is no repeat', () => {
    expect(repeatStoryOf(logOf(first), message(), inferred)).toBeNull()
  })

  it('names the message it equals, and leaves open why it came', () => {
    expect(storyOf([first])).toMatchObject({ kind: 'unknown', sequence: 7, milliseconds: 10 })
    expect(storyOf([message({ topic: 'b' })])).toMatchObject({ kind: 'gone' })
  })

  it('blames the broker where we published it once', () => {
    const sent = message({ sequence: 6, outgoing: true, time: 9_900 })
    expect(storyOf([sent, first])).toMatchObject({ kind: 'deliveredTwice', sent: 1, received: 2 })
    expect(storyOf([sent, sent, first])).toMatchObject({ kind: 'unknown' })
    expect(storyOf([sent, message({ sequence: 7, time: 9_990, copy: true }), first])).toMatchObject({ received: 2 })
  })

  it('thinks of copies where several filters match and none is named', () => {
    const both = { ...inferred, subscriptionIds: ['s1', 's2'] }
    expect(storyOf([first], both)).toMatchObject({ kind: 'perhapsCopy', matching: 2 })
    const sent = message({ sequence: 6, outgoing: true, time: 9_900 })
    expect(storyOf([sent, first], both)).toMatchObject({ kind: 'perhapsCopy' })
    expect(storyOf([first], { ...both, by: 'named' })).toMatchObject({ kind: 'unknown' })
  })
})
