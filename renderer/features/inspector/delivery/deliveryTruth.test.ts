import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Qos } from '#shared/model/qos'
import type { SubscriptionStatus } from '#shared/model/subscription'
import { encodePublishProperties } from '#shared/mqtt/publishProperties'
import type { MessageView } from '../../../model/messageLog/messageLogChunk'
import { qosStoryOf, sourceOf } from './deliveryTruth'

const message = (given: Partial<MessageView> = {}): MessageView => ({
  sequence: 2,
  time: 1e4,
  topic: 'a',
  qos: 0,
  retain: false,
  dup: false,
  outgoing: false,
  packetId: 0,
  repeat: false,
  copy: false,
  stored: false,
  arrivedAt: given.time ?? 1e4,
  payload: Uint8Array.of(1),
  payloadBytes: 1,
  properties: new Uint8Array(),
  subscriptionIds: ['s1', 's2'],
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

  it('takes a number that no list has for that of a filter of our own, where one matches', () => {
    const came = message({ properties: naming(1, 9, 10), subscriptionIds: ['s1', 'own-1'] })
    expect(sourceOf(came, [status('s1', 0, 1)])).toEqual({
      by: 'named',
      subscriptionIds: ['s1', 'own-1'],
      unknown: [10],
      alsoMatching: [],
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
  const storyOf = (came: MessageView, statuses: readonly SubscriptionStatus[], published: Qos | null = null) =>
    qosStoryOf({ message: came, statuses, source: sourceOf(came, statuses) }, published)
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
    expect(storyOf(only({ qos }), [status('s1', granted)], published)?.kind).toBe(kind)
  })

  it('says nothing by a grant that is newer than the message, or not known', () => {
    const granted = status('s1', 2)
    const renewed = { ...granted, state: { phase: 'granted', qos: 2, since: 10_001 } } as const
    expect(storyOf(only(), [renewed])).toBeNull()
    expect(storyOf(message(), [granted])).toBeNull()
    expect(storyOf(only({ properties: naming(1, 9) }), [status('s1', 2, 1)])).toBeNull()
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
        const told = storyOf(came, statuses)
        expect(told?.kind === 'publishedLower').toBe(possible.length === 1 && !grants.some((one) => one === delivered))
        expect(told?.kind === 'severalGrants').toBe(
          grants.some((one) => one === delivered) && grants.some((one) => one > delivered),
        )
        const known = storyOf(came, statuses, published)
        expect(known?.kind).toBe(delivered < published ? 'grantedLower' : 'asPublished')
        if (known?.kind === 'grantedLower') expect(known.granted).toBe(delivered)
      }),
    )
  })

  it('does not pick one of several with the same grant where the broker names none', () => {
    const statuses = [status('s1', 1, 1), status('s2', 1, 2)]
    expect(storyOf(message({ qos: 1 }), statuses)).toMatchObject({ kind: 'atGrant', others: 1 })
    expect(storyOf(message({ qos: 1 }), statuses, 1)).toMatchObject({ kind: 'asPublished', others: 1 })
    expect(storyOf(message({ qos: 1, properties: naming(1) }), statuses)).toMatchObject({ kind: 'atGrant', others: 0 })
    const higher = [status('s1', 1), status('s2', 2)]
    expect(storyOf(message({ qos: 1 }), higher, 1)).toMatchObject({ kind: 'asPublished', others: 0 })
  })

  it('takes the highest grant of several the broker names', () => {
    const statuses = [status('s1', 0, 1), status('s2', 2, 2)]
    const both = message({ properties: naming(1, 2) })
    expect(storyOf(both, statuses)).toMatchObject({ kind: 'publishedLower', granted: 2, grantedId: 's2' })
  })
})
