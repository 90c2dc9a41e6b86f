import { describe, expect, it } from 'vitest'
import { openTestWindow } from '../../../testing/testWindow'
import { exportState } from './exportState'

describe('an export', () => {
  it('is told as far as it is, now and then, until it ends', () => {
    const { connection } = openTestWindow()
    const state = () => connection.get(exportState)
    const run = state().begin(1_000)
    expect(run.advance(4)).toBe(true)
    expect(state().running).toEqual({ done: 0, total: 1_000 })
    expect(run.advance(5)).toBe(true)
    expect(state().running).toEqual({ done: 5, total: 1_000 })
    expect(run.end()).toBe(true)
    expect(state().running).toBeNull()
  })

  it('ends when it is cancelled, and when another one begins', () => {
    const { connection } = openTestWindow()
    const state = () => connection.get(exportState)
    const first = state().begin(10)
    const second = state().begin(20)
    expect(first.advance(1)).toBe(false)
    expect(first.end()).toBe(false)
    expect(state().running).toEqual({ done: 0, total: 20 })
    state().cancel()
    expect(second.advance(1)).toBe(false)
    expect(second.end()).toBe(false)
    expect(state().running).toBeNull()
  })
})
