import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MadeMessage } from '#shared/model/publish'
import { readStamp, stampLength, stampText, type Stamp } from '#shared/model/stamp'
import { withStamp } from './stamping'

const stamps: fc.Arbitrary<Stamp> = fc.record({
  run: fc.stringMatching(/^[0-9a-f]{8}$/),
  sequence: fc.nat(999_999_999),
  sentAt: fc.nat(2_000_000_000_000_000).map((microseconds) => microseconds / 1_000),
  qos: fc.constantFrom(0, 1, 2),
})

const stamp: Stamp = { run: '7f3a9c21', sequence: 42, sentAt: 1_764_538_818_123.456, qos: 1 }

const messageWith = (payload: string): MadeMessage => ({
  topic: 'a',
  payload: Buffer.from(payload),
  qos: 1,
  retain: false,
  properties: {},
})

const payloadIn = (payload: string, name = 'stamp') => {
  const stamped = withStamp(messageWith(payload), stamp, { carrier: 'jsonField', name })
  return stamped.ok ? Buffer.from(stamped.value.payload).toString() : stamped.error.code
}

describe('a stamp', () => {
  it('is read as it was written, whatever follows it, and always has the same length', () => {
    fc.assert(
      fc.property(stamps, fc.string(), (one, behind) => {
        expect(stampText(one)).toHaveLength(stampLength)
        const read = readStamp(stampText(one) + behind)
        expect(read).toMatchObject({ run: one.run, sequence: one.sequence, qos: one.qos })
        expect(Math.abs((read?.sentAt ?? 0) - one.sentAt)).toBeLessThan(0.001)
      }),
    )
  })

  it('may be written by a device that needs no leading zeros', () => {
    expect(readStamp('ts1:pump-3:7:1764538818000000:0;{"v":1}')).toEqual({
      run: 'pump-3',
      sequence: 7,
      sentAt: 1_764_538_818_000,
      qos: 0,
    })
  })

  it.each(['', 'ts1', 'ts1:a:1:2:3;', 'ts1:a:1:2:1', ' ts1:a:1:2:1;', 'ts1::1:2:1;', 'ts1:a:12345678901:2:1;'])(
    'is not what only looks like one: %s',
    (text) => expect(readStamp(text)).toBeNull(),
  )

  it('becomes the first field of a JSON object and changes nothing else of it', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.string(),
          fc.json().map((text): unknown => JSON.parse(text)),
        ),
        (object) => {
          const { stamp: found, ...rest } = JSON.parse(payloadIn(JSON.stringify(object, null, 2))) as typeof object
          const { stamp: _replaced, ...expected } = object
          expect(rest).toEqual(expected)
          expect('stamp' in object || found === stampText(stamp)).toBe(true)
        },
      ),
    )
    expect(payloadIn(' {"n":1.50}')).toBe(`{"stamp":"${stampText(stamp)}","n":1.50}`)
    expect(payloadIn('{ }', 'a"b')).toBe(`{"a\\"b":"${stampText(stamp)}"}`)
  })

  it.each(['', '[1]', '12', 'text'])('has no field in what is no JSON object: %s', (payload) => {
    expect(payloadIn(payload)).toBe('stampNeedsObject')
  })
})
