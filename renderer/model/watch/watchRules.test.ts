import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { WatchRule } from '#shared/model/watch'
import { readMeasure } from './measure'
import { isSilent, judge, type Reading } from './watchRules'

const readingOf = (number: number): Reading => ({ number, text: String(number) })

/** How often the rule rings over the numbers, one after the other. */
const ringsOver = (rule: WatchRule, numbers: readonly number[]): number => {
  let [held, rings] = [false, 0]
  let before: Reading | null = null
  for (const number of numbers) {
    const reading = readingOf(number)
    const verdict = judge(rule, held, { reading, before })
    held = verdict.holds
    rings += verdict.rings ? 1 : 0
    before = reading
  }
  return rings
}

const limit = fc.integer({ min: 1, max: 1_000 })

describe('a limit', () => {
  it('rings once for a value that jitters around it by less than the margin', () => {
    const jitter = fc.array(fc.double({ min: -0.0099, max: 0.0099, noNaN: true }), { minLength: 1, maxLength: 100 })
    fc.assert(
      fc.property(limit, jitter, (at, parts) => {
        const numbers = parts.map((part) => at * (1 + part))
        expect(ringsOver({ kind: 'above', limit: at }, numbers)).toBe(numbers.some((one) => one > at) ? 1 : 0)
        expect(ringsOver({ kind: 'below', limit: at }, numbers)).toBe(numbers.some((one) => one < at) ? 1 : 0)
      }),
    )
  })

  it('rings again after the value was normal', () => {
    fc.assert(
      fc.property(limit, fc.integer({ min: 1, max: 20 }), (at, times) => {
        const numbers = Array.from({ length: times }, () => [at * 2, at * 0.5]).flat()
        expect(ringsOver({ kind: 'above', limit: at }, numbers)).toBe(times)
        expect(ringsOver({ kind: 'outside', low: 0, high: at }, numbers)).toBe(times)
      }),
    )
  })

  it('holds whenever the value is beyond it', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), fc.double({ noNaN: true }), fc.boolean(), (number, at, held) => {
        const said = judge({ kind: 'above', limit: at }, held, { reading: readingOf(number), before: null })
        if (number > at) expect(said.holds).toBe(true)
        if (!held) expect(said.holds).toBe(number > at)
      }),
    )
  })

  it('is not answered by what is no number', () => {
    const reading = { number: NaN, text: 'error' }
    expect(judge({ kind: 'above', limit: 3 }, true, { reading, before: null })).toEqual({ holds: true, rings: false })
    expect(judge({ kind: 'below', limit: 3 }, false, { reading, before: null })).toEqual({ holds: false, rings: false })
  })
})

describe('a change', () => {
  it('rings with each reading that says something else than the one before', () => {
    expect(ringsOver({ kind: 'changed' }, [1, 1, 2, 2, 1])).toBe(2)
  })
})

describe('silence', () => {
  const rule = { kind: 'silent', seconds: 10 } as const
  it('is counted from the last message, or from when the connection is online', () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.nat(100_000), fc.nat(200_000), (at, onlineSince, now) => {
        expect(isSilent(rule, { at, onlineSince }, now)).toBe(now - at > 10_000 && now - onlineSince > 10_000)
        expect(isSilent(rule, { at: null, onlineSince }, now)).toBe(now - onlineSince > 10_000)
        expect(isSilent(rule, { at, onlineSince: null }, now)).toBe(false)
      }),
    )
  })
})

describe('a measure', () => {
  it.each([
    ['23.5', 23.5, ''],
    ['23,5 °C', 23.5, '°C'],
    ['-4e2kWh', -400, 'kWh'],
    [' 1 m/s ', 1, 'm/s'],
    ['.5%', 0.5, '%'],
  ])('is read from %s', (text, number, unit) => expect(readMeasure(text)).toEqual({ number, unit }))

  it.each(['', 'on', '1 2', '12:30', '2026-12-01', '1.2.3', '{"a":1}'])('is none in %j', (text) =>
    expect(readMeasure(text)).toBeNull(),
  )
})
