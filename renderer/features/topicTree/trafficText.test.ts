import { expect, it } from 'vitest'
import { formatInterval, formatShortCount } from './trafficText'

it('keeps counts short enough for a column', () => {
  expect([0, 12_345, 99_999, 123_999, 1_299_999, 250_000_000].map(formatShortCount)).toEqual([
    '0',
    '12,345',
    '99,999',
    '123k',
    '1.2M',
    '250M',
  ])
})

it('tells intervals in the unit a person would', () => {
  expect([0, 0.4, 250, 2_000, 12_300, 210_000, 7_200_000].map(formatInterval)).toEqual([
    '0 ms',
    '0 ms',
    '250 ms',
    '2.0 s',
    '12 s',
    '3.5 min',
    '2.0 h',
  ])
})
