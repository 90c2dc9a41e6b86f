import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { serverLimits } from '../session/serverLimits'
import { createSubscriptionIdentifiers, randomFirstIdentifier } from './subscriptionIdentifiers'

const limits = serverLimits({ type: 'connack', sessionPresent: false, reasonCode: 0, properties: new Map() })
const server = { isVersion5: true, wantsIdentifiers: true, limits }

describe('subscription identifiers', () => {
  it('are consecutive, kept, and lead back to their filters alone', () => {
    const identifiers = createSubscriptionIdentifiers(8_192)
    expect(['a', 'b', 'a'].map((filter) => identifiers.assign(filter, server))).toEqual([8_192, 8_193, 8_192])
    const filters = [8_191, 8_192, 8_193, 8_194, 1].map((identifier) => identifiers.filterOf(identifier))
    expect(filters).toEqual([undefined, 'a', 'b', undefined, undefined])
  })

  it('are not sent where the server has none, and come back as they were', () => {
    const identifiers = createSubscriptionIdentifiers(1)
    expect(identifiers.assign('a', server)).toBe(1)
    expect(identifiers.assign('a', { ...server, isVersion5: false })).toBeNull()
    expect(identifiers.of('a')).toBeUndefined()
    expect(identifiers.assign('a', server)).toBe(1)
    expect(identifiers.of('a')).toBe(1)
  })

  it('begin anywhere from 4,096 on, with room for 16 million', () => {
    const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
    fc.assert(
      fc.property(random, (value) => {
        const first = randomFirstIdentifier(() => value)
        expect(first % 4_096).toBe(0)
        expect(first).toBeGreaterThanOrEqual(4_096)
        expect(first + 2 ** 24).toBeLessThanOrEqual(2 ** 28 - 1)
      }),
    )
    expect(randomFirstIdentifier(() => 0.25)).not.toBe(randomFirstIdentifier(() => 0.75))
  })
})
