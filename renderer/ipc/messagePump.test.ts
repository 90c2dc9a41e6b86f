import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Batch } from '#shared/model/frame'
import { ok } from '#shared/result'
import type { Api } from './api'
import { startMessagePump } from './messagePump'

const batch: Batch = { frames: [], connections: [], more: false }

let hidden = false
beforeEach(() => {
  hidden = false
  vi.useFakeTimers()
  vi.stubGlobal('requestAnimationFrame', (done: () => void) => setTimeout(done, 16))
  vi.stubGlobal('cancelAnimationFrame', (timer: number) => clearTimeout(timer))
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const pumpWith = (take: () => Promise<unknown>, receive: (batch: Batch) => void = () => undefined) => {
  const invoke = vi.fn(take)
  const received = vi.fn(receive)
  const onFailure = vi.fn()
  const stop = startMessagePump({ invoke } as unknown as Api, { receive: received, isHidden: () => hidden, onFailure })
  return { invoke, received, onFailure, stop }
}

describe('startMessagePump', () => {
  it('takes one batch a turn, everything anew only the first time, until it is stopped', async () => {
    const { invoke, received, onFailure, stop } = pumpWith(() => Promise.resolve(ok(batch)))
    await vi.advanceTimersByTimeAsync(40)
    expect(invoke.mock.calls).toEqual([
      ['message.take', { fresh: true }],
      ['message.take', { fresh: false }],
      ['message.take', { fresh: false }],
    ])
    expect(received).toHaveBeenCalledTimes(3)
    stop()
    await vi.advanceTimersByTimeAsync(5_000)
    expect(invoke).toHaveBeenCalledTimes(3)
    expect(onFailure).not.toHaveBeenCalled()
  })

  it('leaves every other frame to the page while batches are busy', async () => {
    const busy = { ...batch, frames: [{ count: 500 }] } as unknown as Batch
    const { received, stop } = pumpWith(() => Promise.resolve(ok(busy)))
    await vi.advanceTimersByTimeAsync(16 * 10 + 1)
    expect(received).toHaveBeenCalledTimes(6)
    stop()
  })

  it('draws twenty times a second in a flood', async () => {
    const flood = { ...batch, frames: [{ count: 4_000 }] } as unknown as Batch
    const { received, stop } = pumpWith(() => Promise.resolve(ok(flood)))
    await vi.advanceTimersByTimeAsync((33 + 16) * 20 + 1)
    expect(received).toHaveBeenCalledTimes(21)
    stop()
  })

  it('takes four batches a second while the window is hidden, and is back at once', async () => {
    const { invoke, stop } = pumpWith(() => Promise.resolve(ok(batch)))
    hidden = true
    await vi.advanceTimersByTimeAsync(1_010)
    expect(invoke).toHaveBeenCalledTimes(5)
    hidden = false
    await vi.advanceTimersByTimeAsync(250 + 5 * 16)
    expect(invoke.mock.calls.length).toBeGreaterThanOrEqual(9)
    stop()
  })

  it('takes the next batch in the next frame where more waits, however few it carried, also while hidden', async () => {
    const full = { ...batch, frames: [{ count: 32 }], more: true } as unknown as Batch
    hidden = true
    const { received, stop } = pumpWith(() => Promise.resolve(ok(full)))
    await vi.advanceTimersByTimeAsync(16 * 10 + 1)
    expect(received).toHaveBeenCalledTimes(11)
    stop()
  })

  it('goes on after a request that was rejected', async () => {
    let failures = 2
    const { received, onFailure, stop } = pumpWith(() =>
      failures-- > 0 ? Promise.reject(new Error('No bridge.')) : Promise.resolve(ok(batch)),
    )
    await vi.advanceTimersByTimeAsync(2_100)
    expect(received).toHaveBeenCalled()
    expect(onFailure).toHaveBeenCalledExactlyOnceWith(new Error('No bridge.'))
    stop()
  })

  it('goes on after a batch that could not be received, and says so once', async () => {
    const { received, onFailure, stop } = pumpWith(
      () => Promise.resolve(ok(batch)),
      () => {
        throw new Error('Odd frame.')
      },
    )
    await vi.advanceTimersByTimeAsync(3_500)
    expect(received.mock.calls.length).toBeGreaterThan(2)
    expect(onFailure).toHaveBeenCalledExactlyOnceWith(new Error('Odd frame.'))
    stop()
  })

  it('says nothing of what fails once it is stopped', async () => {
    const { onFailure, stop } = pumpWith(() => Promise.reject(new Error('The window closes.')))
    stop()
    await vi.advanceTimersByTimeAsync(2_000)
    expect(onFailure).not.toHaveBeenCalled()
  })
})
