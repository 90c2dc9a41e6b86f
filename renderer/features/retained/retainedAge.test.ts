import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fingerprintOf, type RetainedEntry } from '#shared/model/retained'
import { previewLimitBytes, type TopicNode } from '../../model/topicIndex/topicIndexNode'
import { retainedAgeOf } from './retainedAge'

const bytesOf = (text: string) => new TextEncoder().encode(text)
const entryOf = (payload: string): RetainedEntry => ({
  topic: 't',
  qos: 0,
  expirySeconds: null,
  receivedAt: 1e3,
  size: bytesOf(payload).length,
  fingerprint: fingerprintOf(bytesOf(payload)),
  preview: bytesOf(payload),
  discovery: null,
})
const nodeOf = (lastAt: number, payload: string) => {
  const bytes = bytesOf(payload)
  const preview = bytes.subarray(0, previewLimitBytes)
  return { ownMessages: 1, lastAt, payloadBytes: bytes.length, preview, previewLength: preview.length } as TopicNode
}

interface Given {
  readonly asked?: number | null
  readonly since?: number
  readonly node?: TopicNode | null
  readonly skipped?: boolean
}
const ageOf = (payload: string, { asked = 100, since = 0, node = null, skipped = false }: Given = {}) =>
  retainedAgeOf(entryOf(payload), {
    askedSince: () => asked,
    listedAt: 1e3,
    heard: {
      find: () => node,
      discovery: () => [],
      since,
      skipped,
    },
  })

describe('the age of a retained message', () => {
  it('is at least as long as nothing came while the connection was listening', () => {
    expect(ageOf('v')).toEqual({ kind: 'atLeast', before: 100, by: 'asked' })
    expect(ageOf('v', { since: 300 })).toEqual({ kind: 'atLeast', before: 300, by: 'asked' })
    expect(ageOf('v', { node: nodeOf(50, 'v') })).toEqual({ kind: 'atLeast', before: 100, by: 'asked' })
  })

  it('is at least the time since the newest message, whose bytes are told when they are known', () => {
    expect(ageOf('v', { node: nodeOf(500, 'v') })).toEqual({ kind: 'atLeast', before: 500, by: 'same' })
    expect(ageOf('v', { node: nodeOf(500, 'w') })).toEqual({ kind: 'atLeast', before: 500, by: 'other' })
    const long = 'x'.repeat(previewLimitBytes)
    expect(ageOf(`${long}1`, { node: nodeOf(500, `${long}2`) })).toMatchObject({ by: 'newest' })
    expect(ageOf(`${long}1`, { node: nodeOf(500, `${long}22`) })).toMatchObject({ by: 'other' })
  })

  it('is not known where the connection did not listen, skipped messages, or heard a newer one', () => {
    expect(ageOf('v', { asked: null })).toEqual({ kind: 'unknown', why: 'notAsked' })
    expect(ageOf('v', { asked: 1_001 })).toEqual({ kind: 'unknown', why: 'notAsked' })
    expect(ageOf('v', { skipped: true })).toEqual({ kind: 'unknown', why: 'skipped' })
    expect(ageOf('v', { node: nodeOf(1_001, 'w') })).toEqual({ kind: 'unknown', why: 'newer' })
  })

  it('is never more than it is, whatever was published when', () => {
    const published = fc.record({
      at: fc.integer({ min: 1, max: 999 }),
      retain: fc.boolean(),
      text: fc.constantFrom('a', 'b'),
    })
    const run = fc.record({ asked: fc.integer({ min: 1, max: 999 }), since: fc.integer({ min: 1, max: 999 }) })
    fc.assert(
      fc.property(fc.array(published, { minLength: 1 }), run, (list, { asked, since }) => {
        const sent = list.toSorted((one, other) => one.at - other.at)
        const kept = sent.findLast(({ retain }) => retain)
        fc.pre(kept !== undefined)
        const heard = sent.findLast(({ at }) => at >= Math.max(asked, since))
        const age = ageOf(kept.text, { asked, since, node: heard ? nodeOf(heard.at, heard.text) : null })
        expect(age.kind === 'atLeast' && age.before).toBeGreaterThanOrEqual(kept.at)
      }),
    )
  })
})
