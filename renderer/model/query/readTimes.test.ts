import { describe, expect, it } from 'vitest'
import { momentOf } from './readTimes'

/** In the time zone that the test runs in. */
const here = (...parts: Parameters<typeof Date.UTC>) => new Date(...(parts as [number, number])).getTime()
const now = here(2026, 10, 30, 12, 0)
const after = (text: string, at = now) => momentOf(text, { key: 'after', now: at })
const before = (text: string, at = now) => momentOf(text, { key: 'before', now: at })

describe('a moment', () => {
  it('without a date is today, by the clock on the wall', () => {
    expect(after('9:05')).toBe(here(2026, 10, 30, 9, 5))
    expect(after('09:05:07.25')).toBe(here(2026, 10, 30, 9, 5, 7, 250))
    expect(after('09:05:07,5')).toBe(here(2026, 10, 30, 9, 5, 7, 500))
    expect(after('12:00')).toBe(now)
    expect(before('12:00')).toBe(now)
  })

  it('that is still to come is yesterday with after, and today with before', () => {
    expect(after('12:01')).toBe(here(2026, 10, 29, 12, 1))
    expect(before('12:01')).toBe(here(2026, 10, 30, 12, 1))
    expect(after('23:59', here(2026, 2, 1, 0, 10))).toBe(here(2026, 1, 28, 23, 59))
  })

  it('with a date is that of the wall here, or of the offset behind it', () => {
    expect(after('2026-11-30')).toBe(here(2026, 10, 30))
    expect(after('2027-01-01')).toBe(here(2027, 0, 1))
    expect(after('2026-11-30T14:30')).toBe(here(2026, 10, 30, 14, 30))
    expect(after('2026-11-30 14:30:05')).toBe(here(2026, 10, 30, 14, 30, 5))
    expect(after('2026-11-30T14:30Z')).toBe(Date.UTC(2026, 10, 30, 14, 30))
    expect(after('2026-11-30T14:30:00.125+05:45')).toBe(Date.UTC(2026, 10, 30, 8, 45, 0, 125))
    expect(after('2026-11-30T14:30-0300')).toBe(Date.UTC(2026, 10, 30, 17, 30))
    expect(after('2024-02-29T00:00Z')).toBe(Date.UTC(2024, 1, 29))
  })

  it('of the first centuries is not one of the last', () => {
    const early = new Date(2000, 0, 1)
    early.setFullYear(50)
    expect(after('0050-01-01')).toBe(early.getTime())
  })

  it.each([
    '',
    '24:00',
    '12:60',
    '12:00:60',
    '12',
    '12:5',
    '12:00:00.1234',
    '2026-02-30',
    '2025-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-11-30T',
    '2026-11-30T24:00',
    '2026-11-30T12:00X',
    '12:00Z',
    'noon',
  ])('is not %j', (text) => {
    expect(after(text)).toBeNull()
  })
})
