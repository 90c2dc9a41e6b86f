import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SenderPlan } from '#shared/model/sender'
import { messageOf, planOf } from '../sendersTesting'
import { planTimes } from './plannedTimes'

const paces: fc.Arbitrary<SenderPlan['pace']> = fc.oneof(
  fc.record({ kind: fc.constant('interval' as const), everyMs: fc.integer({ min: 1, max: 100_000 }) }),
  fc.record({ kind: fc.constant('rate' as const), perSecond: fc.double({ min: 0.01, max: 100_000, noNaN: true }) }),
)
const shapes = fc.record({
  rampMs: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 600_000 })),
  burst: fc.integer({ min: 1, max: 50 }),
  jitter: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1, noNaN: true })),
})
const pauses = fc.array(fc.integer({ min: 0, max: 5_000 }), { minLength: 1, maxLength: 6 })
const counts = fc.integer({ min: 1, max: 300 })
const plans = fc.oneof(
  fc
    .record({ pace: paces, shape: shapes, devices: counts })
    .map(({ pace, shape, devices }) =>
      planOf({ pace, shape, devices: { count: devices, clients: 'shared', clientId: '' } }),
    ),
  fc
    .record({ steps: pauses, shape: shapes, devices: counts })
    .map(({ steps, shape, devices }) =>
      planOf({ ...listOf(steps), shape, devices: { count: devices, clients: 'shared', clientId: '' } }),
    ),
)
const listOf = (steps: readonly number[]) => ({
  source: {
    kind: 'list' as const,
    steps: steps.map((pauseMs) => ({ message: messageOf(), pauseMs })),
    loops: true,
  },
  pace: { kind: 'pauses' as const },
})
const plain = { rampMs: 0, burst: 1, jitter: 0 }

describe('the times of a plan', () => {
  it('never go back, whatever their shape', () => {
    fc.assert(
      fc.property(plans, fc.nat(), fc.nat({ max: 1_000_000 }), (plan, seed, from) => {
        const { dueAt } = planTimes(plan, seed)
        const times = Array.from({ length: 200 }, (_, index) => dueAt(from + index))
        expect(times.every((time, index) => time >= (times[index - 1] ?? 0) - 1e-6)).toBe(true)
      }),
    )
  })

  it('count up to a time what is due until then, that time included', () => {
    fc.assert(
      fc.property(plans, fc.nat(), fc.nat({ max: 5_000 }), (plan, seed, number) => {
        const { dueAt, countWithin } = planTimes(plan, seed)
        const count = countWithin(dueAt(number))
        expect(count).toBeGreaterThan(number)
        expect(dueAt(count - 1)).toBeLessThanOrEqual(dueAt(number))
        expect(dueAt(count)).toBeGreaterThan(dueAt(number))
      }),
    )
  })

  it('keep the rate that was asked for, with bursts and jitter', () => {
    fc.assert(
      fc.property(paces, shapes, fc.nat(), (pace, shape, seed) => {
        const { dueAt, rateAt } = planTimes(planOf({ pace, shape: { ...shape, rampMs: 0 } }), seed)
        const wanted = pace.kind === 'interval' ? 1_000 / pace.everyMs : pace.kind === 'rate' ? pace.perSecond : 0
        const groups = 1_000
        expect(rateAt(0)).toBeCloseTo(wanted)
        // A whole number of bursts, which jitter puts off by less than one of them.
        const passed = dueAt(groups * shape.burst)
        expect((passed * wanted) / 1_000 / shape.burst).toBeGreaterThanOrEqual(groups - 1e-6)
        expect((passed * wanted) / 1_000 / shape.burst).toBeLessThanOrEqual(groups + 1)
      }),
    )
  })

  it('send the messages of a burst together, and no others with them', () => {
    fc.assert(
      fc.property(paces, shapes, fc.nat({ max: 1_000 }), (pace, shape, group) => {
        const { dueAt } = planTimes(planOf({ pace, shape }), group)
        const first = group * shape.burst
        for (let index = 0; index < shape.burst; index++) expect(dueAt(first + index)).toBe(dueAt(first))
        if (shape.jitter < 1) expect(dueAt(first + shape.burst)).toBeGreaterThan(dueAt(first))
      }),
    )
  })

  it('are put off by jitter, by at most its part of the interval', () => {
    fc.assert(
      fc.property(paces, fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(), (pace, jitter, seed) => {
        const exact = planTimes(planOf({ pace, shape: plain }), seed)
        const put = planTimes(planOf({ pace, shape: { ...plain, jitter } }), seed)
        for (let number = 0; number < 50; number++) {
          const interval = exact.dueAt(number + 1) - exact.dueAt(number)
          const off = put.dueAt(number) - exact.dueAt(number)
          expect(off).toBeGreaterThanOrEqual(0)
          expect(off).toBeLessThanOrEqual(interval * jitter + 1e-6)
        }
      }),
    )
  })

  it('grow from nothing to the whole rate in a ramp, which sends half as many', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 10_000, noNaN: true }),
        fc.integer({ min: 2_000, max: 600_000 }),
        (perSecond, rampMs) => {
          const { countWithin, rateAt, dueAt } = planTimes(
            planOf({ pace: { kind: 'rate', perSecond }, shape: { ...plain, rampMs } }),
            0,
          )
          const whole = (perSecond * rampMs) / 1_000
          expect(Math.abs(countWithin(rampMs) - whole / 2)).toBeLessThanOrEqual(1.5)
          expect(Math.abs(countWithin(rampMs / 2) - whole / 8)).toBeLessThanOrEqual(1.5)
          expect(Math.abs(countWithin(2 * rampMs) - 1.5 * whole)).toBeLessThanOrEqual(1.5)
          expect(dueAt(0)).toBe(0)
          expect([rateAt(0), rateAt(rampMs / 2), rateAt(rampMs), rateAt(10 * rampMs)]).toEqual([
            0,
            expect.closeTo(perSecond / 2),
            expect.closeTo(perSecond),
            expect.closeTo(perSecond),
          ])
        },
      ),
    )
  })

  it('spread the devices evenly over the interval of each', () => {
    const devices = { count: 4, clients: 'shared', clientId: '' } as const
    const { dueAt } = planTimes(planOf({ pace: { kind: 'interval', everyMs: 100 }, devices }), 0)
    expect([0, 1, 2, 3, 4, 5].map(dueAt)).toEqual([0, 25, 50, 75, 100, 125])
  })

  it('follow the pauses of a list, again and again, for all devices at the same time', () => {
    const devices = { count: 2, clients: 'shared', clientId: '' } as const
    const { dueAt } = planTimes(planOf({ ...listOf([10, 0, 30]), devices }), 0)
    expect(Array.from({ length: 8 }, (_, number) => dueAt(number))).toEqual([0, 0, 10, 10, 10, 10, 40, 40])
  })
})
