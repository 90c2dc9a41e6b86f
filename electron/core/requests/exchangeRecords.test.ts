import { expect, it } from 'vitest'
import { mostExchanges, type Exchange } from '#shared/model/request'
import { createExchangeRecords } from './exchangeRecords'

const request = (given: Partial<Exchange> = {}): Omit<Exchange, 'id'> => ({
  state: 'waiting',
  topic: 'a',
  responseTopic: 'b',
  correlationData: '',
  at: 1,
  timeoutMs: 1,
  requestSequence: null,
  answerSequence: null,
  roundTripMs: null,
  isUnheard: false,
  error: null,
  unmatched: null,
  ...given,
})
const records = () => createExchangeRecords(() => undefined)

it('counts each once, where it stands now', () => {
  const { add, change, summary } = records()
  const id = add(request())
  change(id, { state: 'timedOut' })
  change(id, { state: 'late', roundTripMs: 7 })
  add(request())
  expect(summary().counts).toMatchObject({ waiting: 1, timedOut: 0, late: 1 })
  expect(summary().roundTrips).toMatchObject({ p50: 7 })
})

it('tells what changed once', () => {
  const { add, change, takeChanged } = records()
  const id = add(request())
  add(request())
  expect(takeChanged()).toHaveLength(2)
  change(id, { state: 'answered' })
  expect(takeChanged().map((one) => one.id)).toEqual([id])
  expect(takeChanged()).toEqual([])
})

it('keeps the newest, and all that wait', () => {
  const { add, all, summary } = records()
  const waiting = add(request())
  for (let count = 0; count < mostExchanges + 5; count += 1) add(request({ state: 'answered' }))
  expect(all()).toHaveLength(mostExchanges)
  expect(all()[0]?.id).toBe(waiting)
  expect(summary().counts).toMatchObject({ waiting: 1, answered: mostExchanges + 5 })
})

it('clears what is over, with its numbers', () => {
  const { add, change, all, summary, clear } = records()
  const id = add(request())
  change(id, { state: 'answered', roundTripMs: 3 })
  add(request())
  clear()
  expect(all().map(({ state }) => state)).toEqual(['waiting'])
  expect(summary()).toMatchObject({ counts: { waiting: 1, answered: 0 }, roundTrips: null })
})
