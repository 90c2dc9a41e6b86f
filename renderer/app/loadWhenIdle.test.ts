import { expect, it, vi } from 'vitest'
import { loadWhenIdle } from './loadWhenIdle'

const createPage = () => {
  const waiting: IdleRequestCallback[] = []
  return {
    requestIdleCallback: (run: IdleRequestCallback) => waiting.push(run),
    cancelIdleCallback: () => void waiting.pop(),
    /** Lets the page be idle once. */
    idle: () => waiting.shift()?.({ didTimeout: false, timeRemaining: () => 10 }),
    isWaiting: () => waiting.length > 0,
  }
}

it('loads one piece each time the page is idle, and goes on after one that failed', async () => {
  const page = createPage()
  const loaded: number[] = []
  const load = (number: number) => () => {
    loaded.push(number)
    return number === 1 ? Promise.reject(new Error('gone')) : Promise.resolve()
  }
  loadWhenIdle(page, [1, 2, 3].map(load))
  expect(loaded).toEqual([])
  for (const expected of [[1], [1, 2]]) {
    page.idle()
    expect(loaded).toEqual(expected)
    await vi.waitFor(() => expect(page.isWaiting()).toBe(true))
  }
  page.idle()
  expect(loaded).toEqual([1, 2, 3])
})

it('loads no more when it is ended', () => {
  const page = createPage()
  const load = vi.fn(() => Promise.resolve())
  loadWhenIdle(page, [load])()
  page.idle()
  expect(load).not.toHaveBeenCalled()
})
