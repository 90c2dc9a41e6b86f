import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  checkPublishProperties,
  decodePublishProperties,
  encodePublishProperties,
  readSubscriptionIdentifiers,
} from './publishProperties'
import type { PublishPropertySet } from './publishProperties'

const text = fc.string({ unit: 'grapheme', maxLength: 30 }).filter((value) => !value.includes('\0'))
const propertySet: fc.Arbitrary<PublishPropertySet> = fc.record(
  {
    payloadFormatIndicator: fc.constantFrom(0, 1),
    messageExpirySeconds: fc.integer({ min: 0, max: 4_294_967_295 }),
    contentType: text,
    responseTopic: text,
    correlationData: fc.uint8Array({ maxLength: 50 }),
    subscriptionIdentifiers: fc.array(fc.integer({ min: 1, max: 268_435_455 }), { minLength: 1, maxLength: 4 }),
    topicAlias: fc.integer({ min: 1, max: 65_535 }),
    userProperties: fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 5 }),
  },
  { requiredKeys: [] },
)

describe('publish properties', () => {
  it('come back as they were encoded, repeated ones in their order', () => {
    fc.assert(
      fc.property(propertySet, (set) => {
        expect(decodePublishProperties(encodePublishProperties(set))).toEqual(set)
      }),
    )
  })

  it('give their subscription identifiers without the rest', () => {
    fc.assert(
      fc.property(propertySet, (set) => {
        const section = encodePublishProperties(set)
        const bytes = Uint8Array.of(0x0b, ...section, 7)
        const found = readSubscriptionIdentifiers(bytes, { start: 1, end: 1 + section.length })
        expect(found).toEqual(set.subscriptionIdentifiers ?? [])
      }),
    )
  })

  it('never decode to anything when cut short within a property', () => {
    const whole = encodePublishProperties({ contentType: 'text/plain', userProperties: [['a', 'b']] })
    expect(decodePublishProperties(whole.subarray(0, 5))).toBeNull()
    expect(decodePublishProperties(whole.subarray(0, whole.length - 1))).toBeNull()
  })

  it('survive any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        const set = decodePublishProperties(bytes)
        return set === null || encodePublishProperties(set).length <= bytes.length
      }),
      { numRuns: 5_000 },
    )
  })

  it.each([
    ['a property that stands twice', [0x01, 1, 0x01, 1]],
    ['a property of another packet type', [0x21, 0, 1]],
    ['an unknown identifier', [0x7f, 0]],
    ['a payload format of 2', [0x01, 2]],
    ['a subscription identifier of 0', [0x0b, 0]],
    ['a variable byte integer of five bytes', [0x0b, 0x80, 0x80, 0x80, 0x80, 1]],
    ['ill-formed UTF-8', [0x03, 0, 1, 0xff]],
    ['NUL in a string', [0x03, 0, 1, 0]],
    ['a user property without its value', [0x26, 0, 1, 0x61]],
  ])('are refused with %s', (_name, bytes) => {
    expect(decodePublishProperties(Uint8Array.from(bytes))).toBeNull()
  })

  it('are checked in place and tell a topic alias', () => {
    const section = encodePublishProperties({ topicAlias: 7 })
    const bytes = Uint8Array.of(9, 9, ...section, 9)
    expect(checkPublishProperties(bytes, { start: 2, end: 2 + section.length })).toEqual({
      problem: null,
      topicAlias: 7,
    })
  })
})
