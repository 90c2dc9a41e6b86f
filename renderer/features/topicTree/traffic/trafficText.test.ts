import { expect, it } from 'vitest'
import { formatShortCount } from './trafficText'

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
