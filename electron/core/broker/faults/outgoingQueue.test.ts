import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createOutgoingQueue } from './outgoingQueue'

interface Rules {
  latencyMs: number
  rate: number | null
  isByteWise: boolean
  isHalf: boolean
}

const rulesArbitrary: fc.Arbitrary<Rules> = fc.record({
  latencyMs: fc.constantFrom(0, 1, 3),
  rate: fc.constantFrom(null, 20_000, 200_000),
  isByteWise: fc.boolean(),
  isHalf: fc.boolean(),
})

it('lets every byte through in its order, whatever the rules are and however they change', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.uint8Array({ minLength: 1, maxLength: 40 }), rulesArbitrary), { maxLength: 12 }),
      async (steps) => {
        let rules: Rules = { latencyMs: 0, rate: null, isByteWise: false, isHalf: false }
        const written: Buffer[] = []
        const whole: Buffer[] = []
        const halves: Buffer[] = []
        let done = 0
        const queue = createOutgoingQueue({
          rules: {
            latencyMs: () => rules.latencyMs,
            bytesPerSecond: () => rules.rate,
            isByteWise: () => rules.isByteWise,
            isHalf: () => rules.isHalf,
          },
          write: (bytes) => written.push(Buffer.from(bytes)),
          onSent: (packet) => whole.push(packet),
          onHalf: (packet) => halves.push(packet),
          onRest: () => undefined,
        })
        for (const [packet, next] of steps) {
          rules = next
          queue.changed()
          queue.add(Buffer.from(packet), () => (done += 1))
        }
        // While half a packet is held, nothing behind it is out.
        if (halves.length > 0 && rules.isHalf) expect(whole.length).toBeLessThanOrEqual(steps.length)
        rules = { latencyMs: 0, rate: null, isByteWise: false, isHalf: false }
        queue.changed()
        while (!queue.isEmpty()) await new Promise((resolve) => setTimeout(resolve, 1))
        expect(Buffer.concat(written)).toEqual(Buffer.concat(steps.map(([packet]) => packet)))
        expect(whole).toEqual(steps.map(([packet]) => Buffer.from(packet)))
        expect(done).toBe(steps.length)
      },
    ),
    { numRuns: 60 },
  )
})

it('makes whoever sends wait while much is queued', () => {
  let done = 0
  const written: number[] = []
  const queue = createOutgoingQueue({
    rules: { latencyMs: () => 0, bytesPerSecond: () => 1, isByteWise: () => false, isHalf: () => false },
    write: (bytes) => written.push(bytes.length),
    onSent: () => undefined,
    onHalf: () => undefined,
    onRest: () => undefined,
  })
  queue.add(Buffer.alloc(100), () => (done += 1))
  queue.add(Buffer.alloc(2 ** 17), () => (done += 1))
  expect([done, written]).toEqual([1, [1]])
  queue.end()
  expect(done).toBe(2)
})
