import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSendTimes } from './sendTimes'

describe('the times at which a sender sent', () => {
  it('tell each second of the last minute as it was', () => {
    const gaps = fc.array(fc.nat({ max: 3_000 }), { minLength: 1, maxLength: 400 })
    fc.assert(
      fc.property(gaps, fc.nat({ max: 5_000 }), (between, rest) => {
        const times = createSendTimes(1_000, 1)
        const sentAt: number[] = []
        let at = 1_000
        for (const gap of between) {
          at += gap
          sentAt.push(at)
          times.note(at, 0)
        }
        const now = at + rest
        const seconds = Math.floor((now - 1_000) / 1_000)
        const counted = Array.from(
          { length: seconds },
          (_, second) => sentAt.filter((one) => Math.floor((one - 1_000) / 1_000) === second).length,
        )
        expect(times.recent(now)).toEqual(counted.slice(-60))
      }),
    )
  })

  it('tell the rate of the last seconds, and none when nothing was sent for a while', () => {
    const times = createSendTimes(0, 1)
    for (let at = 0; at < 10_000; at += 10) times.note(at, 0)
    expect(times.rate(10_000)).toBeCloseTo(100, -1)
    expect(times.rate(20_000)).toBe(0)
  })

  it('tell the interval of each device, whatever the others send between', () => {
    const times = createSendTimes(0, 3)
    expect(times.intervals()).toBeNull()
    for (let number = 0; number < 300; number++) times.note(number * 10, number % 3)
    expect(times.intervals()).toEqual({ p50: 30, p95: 30 })
  })

  it('tell half and almost all of the intervals, of the last thousands', () => {
    const times = createSendTimes(0, 1)
    let at = 0
    for (let number = 0; number < 5_000; number++) times.note((at += 1_000), 0)
    for (let number = 0; number < 4_096; number++) times.note((at += number % 10 === 0 ? 50 : 2), 0)
    expect(times.intervals()).toEqual({ p50: 2, p95: 50 })
  })
})
