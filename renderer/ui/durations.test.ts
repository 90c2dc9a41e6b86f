import { expect, it } from 'vitest'
import { ageOf, intervalOf, type Duration } from './durations'

const said = ({ value, unit }: Duration) => `${value} ${unit}`
const second = 1_000
const day = 86_400 * second

it('tells ages in the largest unit that is full', () => {
  expect(
    [-5, 0, 999, 59_999, 60_000, 3_599_999, 3_600_000, day - 1, day, 400 * day].map((ms) => said(ageOf(ms))),
  ).toEqual([
    '0 seconds',
    '0 seconds',
    '0 seconds',
    '59 seconds',
    '1 minutes',
    '59 minutes',
    '1 hours',
    '23 hours',
    '1 days',
    '400 days',
  ])
})

it('tells intervals in the unit a person would', () => {
  expect([0, 0.4, 250, 2_000, 12_300, 210_000, 7_200_000].map((ms) => said(intervalOf(ms)))).toEqual([
    '0 milliseconds',
    '0 milliseconds',
    '250 milliseconds',
    '2.0 seconds',
    '12 seconds',
    '3.5 minutes',
    '2.0 hours',
  ])
})
