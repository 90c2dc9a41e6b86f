import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createSaveSoon } from './saveSoon'

describe('createSaveSoon', () => {
  beforeEach(() => vi.useFakeTimers())
  afterEach(() => vi.useRealTimers())

  it('saves the first of a burst at once and the last of it after the pause', () => {
    const saved: number[] = []
    const { save } = createSaveSoon((value: number) => saved.push(value), 1_000)
    for (const value of [1, 2, 3]) save(value)
    expect(saved).toEqual([1])
    vi.advanceTimersByTime(1_000)
    expect(saved).toEqual([1, 3])
    save(4)
    expect(saved).toEqual([1, 3])
    vi.advanceTimersByTime(1_000)
    expect(saved).toEqual([1, 3, 4])
    vi.advanceTimersByTime(1_000)
    save(5)
    expect(saved).toEqual([1, 3, 4, 5])
  })

  it('saves what waits when it is told to, and that once', () => {
    const saved: number[] = []
    const { save, flush } = createSaveSoon((value: number) => saved.push(value), 1_000)
    flush()
    save(1)
    save(2)
    flush()
    expect(saved).toEqual([1, 2])
    vi.advanceTimersByTime(2_000)
    expect(saved).toEqual([1, 2])
  })
})
