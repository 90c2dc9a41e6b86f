import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { flags } from '#shared/model/frame'
import { createTopicTraffic, sparkSeconds } from './topicTraffic'

interface Arrival {
  readonly topicId: number
  readonly time: number
  readonly size: number
  readonly qos: 0 | 1 | 2
  readonly retain: boolean
}

const start = 1_750_000_000_000
const oneAt = (time: number, rest: Partial<Arrival> = {}): Arrival => ({
  topicId: 3,
  size: 10,
  qos: 0,
  retain: false,
  ...rest,
  time: start + time,
})

const trafficOf = (arrivals: readonly Arrival[]) => {
  const traffic = createTopicTraffic()
  const reader = {
    arrivedAt: (index: number) => arrivals[index]!.time,
    payloadLength: (index: number) => arrivals[index]!.size,
    flags: (index: number) => arrivals[index]!.qos | (arrivals[index]!.retain ? flags.retain : 0),
  }
  arrivals.forEach(({ topicId }, index) => traffic.add(topicId, reader, index))
  return traffic
}

/** Arrivals one after the other, these many milliseconds apart. */
const paced = (...intervals: readonly number[]) => {
  let time = 0
  return [oneAt(0), ...intervals.map((interval) => oneAt((time += interval)))]
}
const times = (count: number, interval: number) => Array.from({ length: count }, () => interval)

const intervalArbitrary = fc.oneof(
  fc.integer({ min: 0, max: 20 }),
  fc.integer({ min: 0, max: 5_000 }),
  fc.double({ min: 0, max: 7_200_000, noNaN: true }),
)
const arrivalsArbitrary = fc
  .array(
    fc.record({
      topicId: fc.constantFrom(0, 3, 1_023, 1_024, 5_000),
      interval: intervalArbitrary,
      size: fc.integer({ min: 0, max: 300_000_000 }),
      qos: fc.constantFrom(0 as const, 1 as const, 2 as const),
      retain: fc.boolean(),
    }),
    { minLength: 1, maxLength: 60 },
  )
  .map((list) => {
    let time = start
    return list.map(({ interval, ...rest }): Arrival => ({ ...rest, time: (time += interval) }))
  })

const sum = (list: readonly number[]) => list.reduce((total, one) => total + one, 0)
const intervalsOf = (list: readonly Arrival[]) => list.slice(1).map((one, at) => one.time - list[at]!.time)

describe('topic traffic', () => {
  it('counts, sums and means are those of a plain list; the 95th percentile is within 19 %', () => {
    fc.assert(
      fc.property(arrivalsArbitrary, (arrivals) => {
        const traffic = trafficOf(arrivals)
        for (const topicId of new Set(arrivals.map((one) => one.topicId))) {
          const own = arrivals.filter((one) => one.topicId === topicId)
          const figures = traffic.figuresOf(topicId)!
          expect(figures).toMatchObject({
            messages: own.length,
            bytes: sum(own.map((one) => one.size)),
            largestBytes: Math.max(...own.map((one) => one.size)),
            firstAt: own[0]!.time,
            lastAt: own.at(-1)!.time,
            qos: [0, 1, 2].map((qos) => own.filter((one) => one.qos === qos).length),
            retained: own.filter((one) => one.retain).length,
          })
          expect(figures.meanBytes).toBe(figures.bytes / own.length)
          expect(traffic.bytesOf(topicId)).toBe(figures.bytes)
          expect(traffic.largestOf(topicId)).toBe(figures.largestBytes)
          const intervals = intervalsOf(own)
          if (intervals.length === 0) {
            expect([figures.meanInterval, figures.p95Interval]).toEqual([null, null])
            continue
          }
          expect(figures.meanInterval).toBe(sum(intervals) / intervals.length)
          const p95 = intervals.toSorted((one, other) => one - other)[Math.ceil(intervals.length * 0.95) - 1]!
          if (p95 < 2 ** 23) expect(Math.abs(figures.p95Interval! - p95)).toBeLessThanOrEqual(Math.max(1, p95 * 0.19))
          else expect(figures.p95Interval).toBeGreaterThanOrEqual(2 ** 23)
        }
      }),
    )
  })

  it('shows the last sixty seconds as a plain count of them', () => {
    fc.assert(
      fc.property(arrivalsArbitrary, fc.integer({ min: 0, max: 90_000 }), (arrivals, later) => {
        const traffic = trafficOf(arrivals)
        const now = arrivals.at(-1)!.time + later
        for (const topicId of new Set(arrivals.map((one) => one.topicId))) {
          const expected = Array.from({ length: sparkSeconds }, (_, index) => {
            const second = Math.floor(now / 1_000) - sparkSeconds + 1 + index
            return arrivals.filter((one) => one.topicId === topicId && Math.floor(one.time / 1_000) === second).length
          })
          expect(traffic.perSecond(topicId, now)).toEqual(expected)
        }
      }),
    )
  })

  it('knows the 95th percentile of a steady pace exactly, and keeps the recent of very many', () => {
    expect(trafficOf(paced(...times(30, 1_000))).figuresOf(3)?.p95Interval).toBe(1_000)
    const changed = trafficOf(paced(...times(5_000, 100), ...times(1_500, 3_000))).figuresOf(3)
    expect(changed?.p95Interval).toBeGreaterThan(3_000 * 0.81)
    expect(changed?.p95Interval).toBeLessThan(3_000 * 1.19)
    expect(changed?.meanInterval).toBe((5_000 * 100 + 1_500 * 3_000) / 6_500)
  })

  it('takes a clock that goes back as no interval', () => {
    const traffic = trafficOf([oneAt(500_000), oneAt(0), oneAt(1_000)])
    expect(traffic.figuresOf(3)).toMatchObject({ messages: 3, meanInterval: 500, lastAt: start + 1_000 })
    expect(sum(traffic.perSecond(3, start + 1_000))).toBe(2)
  })

  it('counts every message of a second, however many come', () => {
    const traffic = trafficOf(times(70_000, 0).map(() => oneAt(500)))
    expect(traffic.perSecond(3, start + 1_500).slice(-2)).toEqual([70_000, 0])
    const again = trafficOf([
      ...times(300, 0).map(() => oneAt(500)),
      oneAt(64_500),
      ...times(300, 0).map(() => oneAt(64_600)),
    ])
    expect(again.perSecond(3, start + 65_000).slice(-2)).toEqual([301, 0])
    expect(sum(again.perSecond(3, start + 65_000))).toBe(301)
  })

  it('counts the seconds of few messages and of many alike, in whatever order a clock that goes back gives their times', () => {
    // Sixty seconds from a whole one on: as many as are shown.
    const timesArbitrary = fc.array(fc.integer({ min: 0, max: 59_999 }), { minLength: 1, maxLength: 9 })
    fc.assert(
      fc.property(timesArbitrary, (given) => {
        const traffic = trafficOf(given.map((time) => oneAt(time)))
        const expected = Array.from({ length: sparkSeconds }, (_, second) => {
          return given.filter((time) => Math.floor(time / 1_000) === second).length
        })
        expect(traffic.perSecond(3, start + 59_999)).toEqual(expected)
      }),
    )
  })

  it.each([[[0, 64_000]], [[70_000, 0]], [[70_000, 0, 1_000]], [[0, 70_000, 1_000, 2_000, 3_000, 4_000]]])(
    'gives up what is 64 seconds away from the times %j, whether few or many came',
    (given) => {
      const last = given.at(-1)!
      const shown = given.slice(given.findLastIndex((time) => Math.abs(time - last) >= 64_000) + 1)
      expect(sum(trafficOf(given.map((time) => oneAt(time))).perSecond(3, start + last + 900))).toBe(shown.length)
    },
  )

  it('tells the rate of the last ten seconds, of a young topic since its first message', () => {
    const steady = trafficOf(paced(...times(100, 250)))
    expect(steady.rateOf(3, start + 25_000)).toBeCloseTo(4, 0)
    expect(steady.rateOf(3, start + 36_000)).toBe(0)
    expect(trafficOf(paced(500, 500, 500, 500)).rateOf(3, start + 2_000)).toBeCloseTo(2.5)
    expect(steady.rateOf(4, start)).toBe(0)
  })

  it('has nothing of topics it never saw, and nothing after clearing', () => {
    const traffic = trafficOf(paced(100, 100))
    expect(traffic.figuresOf(2)).toBeNull()
    expect(traffic.figuresOf(-1)).toBeNull()
    traffic.clear()
    expect(traffic.figuresOf(3)).toBeNull()
    expect(sum(traffic.perSecond(3, start))).toBe(0)
    traffic.add(3, { arrivedAt: () => start, payloadLength: () => 7, flags: () => 0 }, 0)
    expect(traffic.figuresOf(3)).toMatchObject({ messages: 1, bytes: 7, largestBytes: 7, meanInterval: null })
  })
})

describe('the silent mark', () => {
  const silenceAfter = (arrivals: readonly Arrival[], quiet: number, since: number | null = 0) =>
    trafficOf(arrivals).silenceOf(3, { now: arrivals.at(-1)!.time + quiet, since })

  it('comes after five usual gaps, and not before five intervals were seen', () => {
    const steady = paced(...times(5, 2_000))
    expect(silenceAfter(steady, 9_999)).toBeNull()
    expect(silenceAfter(steady, 10_000)).toEqual({ quietMs: 10_000, usualMs: 2_000 })
    expect(silenceAfter(paced(...times(4, 2_000)), 100_000)).toBeNull()
  })

  it('waits a second, however fast the topic was', () => {
    expect(silenceAfter(paced(...times(100, 10)), 999)).toBeNull()
    expect(silenceAfter(paced(...times(100, 10)), 1_000)).toEqual({ quietMs: 1_000, usualMs: 10 })
  })

  /** Any rhythm that repeats: bursts, bursts of bursts, an even pace; milliseconds between one message and the next. */
  const periodArbitrary = fc.oneof(
    fc
      .record({ burst: fc.integer({ min: 0, max: 3_000 }), inside: intervalArbitrary, pause: intervalArbitrary })
      .map(({ burst, inside, pause }) => [...times(burst, Math.min(inside, pause)), pause]),
    fc.array(intervalArbitrary, { minLength: 1, maxLength: 30 }),
  )

  it('never comes while a rhythm goes on that was heard twice, whatever came before it', () => {
    fc.assert(
      fc.property(
        fc.array(intervalArbitrary, { maxLength: 10 }),
        periodArbitrary,
        fc.integer({ min: 0, max: 3_000 }),
        (before, period, shift) => {
          const rest = period.slice(0, shift % period.length)
          const arrivals = paced(...before, ...period, ...period, ...rest)
          expect(silenceAfter(arrivals, period[rest.length]!)).toBeNull()
        },
      ),
    )
  })

  it('comes within ten times the longest gap of a rhythm that stopped, or a second', () => {
    fc.assert(
      fc.property(periodArbitrary, (period) => {
        const arrivals = paced(...Array.from({ length: 6 }, () => period).flat())
        const longest = Math.max(...period)
        fc.pre(longest < 2 ** 23)
        expect(silenceAfter(arrivals, Math.max(1_000, 10 * longest))).not.toBeNull()
      }),
    )
  })

  it('counts pauses between long bursts, not a single outage, and forgets what no longer happens', () => {
    const burst = [...times(5_000, 1), 10_000]
    const bursts = paced(...burst, ...burst, ...times(99, 1))
    expect(silenceAfter(bursts, 40_000)).toBeNull()
    expect(silenceAfter(bursts, 60_000)?.usualMs).toBeGreaterThan(10_000 * 0.81)
    const outage = paced(...times(20, 1_000), 3_600_000, ...times(20, 1_000))
    expect(silenceAfter(outage, 6_500)?.usualMs).toBeLessThan(1_200)
    const changed = paced(...times(9, 60_000), ...times(299, 1_000))
    expect(silenceAfter(changed, 60_000)).toBeNull()
    const long = paced(...times(9, 60_000), ...times(301, 1_000))
    expect(silenceAfter(long, 6_500)?.usualMs).toBeLessThan(1_200)
  })

  it('survives a clock that goes back', () => {
    const back = [...paced(...times(9, 60_000)), ...paced(...times(9, 60_000))]
    expect(silenceAfter(back, 240_000)).toBeNull()
    expect(silenceAfter(back, 360_000)?.usualMs).toBeGreaterThan(60_000 * 0.81)
  })

  it('counts from when the topic was asked for where that is younger, and not at all when it is not', () => {
    const steady = paced(...times(10, 1_000))
    const back = steady.at(-1)!.time + 60_000
    expect(silenceAfter(steady, 62_000, back)).toBeNull()
    expect(silenceAfter(steady, 65_000, back)).toEqual({ quietMs: 5_000, usualMs: 1_000 })
    expect(silenceAfter(steady, 65_000, null)).toBeNull()
  })
})
