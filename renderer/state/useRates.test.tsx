import { act, cleanup, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { openTestWindow } from '../testing/testWindow'
import { messagesState, type MessagesState } from './messages'
import { useRates } from './useRates'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

const receivedOf = ({ counters }: MessagesState) => ({ received: counters.received })
const pace = { windowMs: 2_000, everyMs: 500 }

function Shown() {
  const { at, rates } = useRates(messagesState, receivedOf, pace)
  const rate = rates.get('received')
  return <output data-at={at}>{rate ? `${rate.perSecond} after ${rate.readings}` : 'not read'}</output>
}

it('reads the totals at its own pace, from when it is shown', () => {
  vi.setSystemTime(10_000)
  const { receive, render } = openTestWindow()
  const told = () => screen.getByRole('status')
  act(() => receive([], { received: 100 }))
  render(<Shown />)
  expect(told().textContent).toBe('not read')
  act(() => receive([], { received: 200 }))
  expect(told().textContent).toBe('not read')
  act(() => void vi.advanceTimersByTime(500))
  expect([told().textContent, told().dataset['at']]).toEqual(['200 after 2', '10500'])
  act(() => void vi.advanceTimersByTime(4_000))
  expect(told().textContent).toBe('0 after 10')
})

it('draws nothing where nothing came for a while, and goes on at once when something does', () => {
  vi.setSystemTime(10_000)
  const { receive, render } = openTestWindow()
  render(<Shown />)
  act(() => void vi.advanceTimersByTime(20_000))
  const told = screen.getByRole('status')
  const before = told.dataset['at']
  act(() => void vi.advanceTimersByTime(20_000))
  expect(told.dataset['at']).toBe(before)
  act(() => receive([], { received: 100 }))
  act(() => void vi.advanceTimersByTime(500))
  expect(told.textContent).toMatch(/^[1-9]\d* after/)
})
