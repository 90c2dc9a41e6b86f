import { afterEach, expect, it, vi } from 'vitest'
import { computerClock } from './senderClock'

afterEach(() => void vi.useRealTimers())

it('waits for months where that is asked for', () => {
  vi.useFakeTimers()
  const act = vi.fn<() => void>()
  const month = 30 * 86_400_000
  computerClock.after(month, act)
  vi.advanceTimersByTime(month - 1)
  expect(act).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1)
  expect(act).toHaveBeenCalledOnce()
  const cancel = computerClock.after(month, act)
  vi.advanceTimersByTime(month - 1)
  cancel()
  vi.advanceTimersByTime(month)
  expect(act).toHaveBeenCalledOnce()
})
