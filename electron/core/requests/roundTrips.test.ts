import { expect, it } from 'vitest'
import { createRoundTrips } from './roundTrips'

it('answers nothing while nothing was measured', () => {
  expect(createRoundTrips().summary()).toBeNull()
})

it('answers times that were measured: so many of a hundred took no longer', () => {
  const times = createRoundTrips()
  for (let time = 100; time >= 1; time -= 1) times.note(time)
  expect(times.summary()).toEqual({ p50: 50, p95: 95, p99: 99, most: 100 })
})

it('is of the one time where there is one', () => {
  const times = createRoundTrips()
  times.note(3)
  expect(times.summary()).toEqual({ p50: 3, p95: 3, p99: 3, most: 3 })
})

it('is of the newest where there are very many', () => {
  const times = createRoundTrips()
  for (let count = 0; count < 20_000; count += 1) times.note(9)
  for (let count = 0; count < 16_384; count += 1) times.note(1)
  expect(times.summary()).toEqual({ p50: 1, p95: 1, p99: 1, most: 1 })
})
