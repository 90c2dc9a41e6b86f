import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Handlers } from '#shared/contract'
import type { Batch, TimedBatch } from '#shared/model/frame'
import { ok } from '#shared/result'
import { frameOfMessages } from '../model/messageLog/messageLogTesting'
import { createFakeMain } from '../testing/fakeMain'
import { startMessagePump } from './messagePump'

const batch: TimedBatch = { frames: [], connections: [], more: false, clock: { at: 0, eras: [] } }
const batchOf = (messages: number): TimedBatch => ({
  ...batch,
  frames: [
    frameOfMessages(
      1,
      Array.from({ length: messages }, () => ({ topicId: 0, payload: '' })),
    ),
  ],
})

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

const pumpWith = (take: Handlers['message.take'], receive: (batch: Batch) => void = () => undefined) => {
  const main = createFakeMain({ 'message.take': take })
  const received = vi.fn(receive)
  const onFailure = vi.fn()
  const stop = startMessagePump(main.api, {
    receive: received,
    isHidden: () => hidden,
    page: () => globalThis,
    onFailure,
  })
  return { takes: () => main.inputsOf('message.take'), received, onFailure, stop }
}

describe('startMessagePump', () => {
  it('takes one batch a turn, everything anew only the first time, until it is stopped', async () => {
    const { takes, received, onFailure, stop } = pumpWith(() => Promise.resolve(ok(batch)))
    await vi.advanceTimersByTimeAsync(40)
    expect(takes()).toEqual([{ fresh: true }, { fresh: false }, { fresh: false }])
    expect(received).toHaveBeenCalledTimes(3)
    stop()
    await vi.advanceTimersByTimeAsync(5_000)
    expect(takes()).toHaveLength(3)
    expect(onFailure).not.toHaveBeenCalled()
  })

  it('leaves every other frame to the page while batches are busy', async () => {
    const busy = batchOf(40)
    const { received, stop } = pumpWith(() => Promise.resolve(ok(busy)))
    await vi.advanceTimersByTimeAsync(32 * 30 + 1)
    expect(received).toHaveBeenCalledTimes(31)
    stop()
  })

  it.each([
    [25, 500],
    [20, 4_000],
  ])('draws %i times a second in a flood of batches with %i messages', async (times, messages) => {
    const flood = batchOf(messages)
    const { received, stop } = pumpWith(() => Promise.resolve(ok(flood)))
    await vi.advanceTimersByTimeAsync(1_000)
    received.mockClear()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(received).toHaveBeenCalledTimes(times)
    stop()
  })

  it('takes no batch in a flood before the one that came is drawn', async () => {
    vi.stubGlobal('requestAnimationFrame', (done: () => void) => setTimeout(done, 200))
    const flood = batchOf(4_000)
    const { received, stop } = pumpWith(() => Promise.resolve(ok(flood)))
    await vi.advanceTimersByTimeAsync(200 * 5 + 1)
    expect(received).toHaveBeenCalledTimes(6)
    stop()
  })

  it('takes a burst for no flood', async () => {
    const batches = [batchOf(300), ...Array.from({ length: 60 }, () => batchOf(20))]
    const { received, stop } = pumpWith(() => Promise.resolve(ok(batches.shift() ?? batch)))
    await vi.advanceTimersByTimeAsync(32 * 20 + 1)
    expect(received.mock.calls.length).toBeGreaterThanOrEqual(20)
    stop()
  })

  it('takes four batches a second while the window is hidden, and is back at once', async () => {
    const { takes, stop } = pumpWith(() => Promise.resolve(ok(batch)))
    hidden = true
    await vi.advanceTimersByTimeAsync(1_010)
    expect(takes()).toHaveLength(5)
    hidden = false
    await vi.advanceTimersByTimeAsync(250 + 5 * 16)
    expect(takes().length).toBeGreaterThanOrEqual(9)
    stop()
  })

  it('takes the next batch in the next frame where more waits, however few it carried, also while hidden', async () => {
    const full = { ...batchOf(32), more: true }
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
