import { describe, expect, it } from 'vitest'
import { createRateMeter } from './rateMeter'

const meterOf = (windowMs: number) => {
  const meter = createRateMeter(windowMs)
  return (at: number, total: number) => meter.read({ s: total }, at).get('s')?.perSecond
}

describe('a rate', () => {
  it('answers messages a second over its window', () => {
    const read = meterOf(4_000)
    expect(read(0, 0)).toBe(0)
    expect(read(1_000, 100)).toBe(100)
    expect(read(2_000, 100)).toBe(50)
    expect(read(6_000, 100)).toBe(0)
  })

  it('starts over when the count begins anew', () => {
    const read = meterOf(4_000)
    read(0, 1_000)
    expect(read(1_000, 5)).toBe(0)
    expect(read(2_000, 15)).toBe(10)
  })

  it('is of its own total, begins anew where that was missing, and says how often it was read', () => {
    const meter = createRateMeter(4_000)
    meter.read({ a: 0, b: 0 }, 0)
    expect([...meter.read({ a: 10, b: 20 }, 1_000)]).toEqual([
      ['a', { perSecond: 10, readings: 2, total: 10 }],
      ['b', { perSecond: 20, readings: 2, total: 20 }],
    ])
    expect([...meter.read({ b: 20 }, 2_000).keys()]).toEqual(['b'])
    expect(meter.read({ a: 50, b: 20 }, 3_000).get('a')).toEqual({ perSecond: 0, readings: 1, total: 50 })
  })
})
