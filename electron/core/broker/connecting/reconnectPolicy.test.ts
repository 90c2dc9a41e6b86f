import { describe, expect, it } from 'vitest'
import type { Retries } from '#shared/model/failure'
import { failureFrom } from '#shared/model/failureTesting'
import { newProfile } from '#shared/model/profile'
import { mayHeal, nextDelayMs } from './reconnectPolicy'

const reconnect = { ...newProfile({ id: 'a' }).reconnect, initialSeconds: 1, maximumSeconds: 30 }
describe('the wait before the next try', () => {
  it('doubles up to the longest', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 100].map((failures) => nextDelayMs(reconnect, failures, () => 0))).toEqual([
      1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000,
    ])
  })

  it('is shortened by chance, a quarter at most', () => {
    expect(nextDelayMs(reconnect, 3, () => 0.999_999)).toBe(3_000)
    expect(nextDelayMs(reconnect, 3, () => 0.5)).toBe(3_500)
  })

  it('never comes when nobody wants it or the tries are used up', () => {
    expect(nextDelayMs({ ...reconnect, enabled: false }, 1, () => 0)).toBeNull()
    expect(nextDelayMs({ ...reconnect, maximumAttempts: 2 }, 2, () => 0)).toBe(2_000)
    expect(nextDelayMs({ ...reconnect, maximumAttempts: 2 }, 3, () => 0)).toBeNull()
  })
})

const failureWith = (retries: Retries) => failureFrom({ code: 'connectionClosed', message: '' }, { retries })

describe('another try', () => {
  it('is made for ever, a few times, or not at all', () => {
    const tries = (retries: Retries) => [1, 2, 3, 4, 100].map((failures) => mayHeal(failureWith(retries), failures))
    expect(tries('endless')).toEqual([true, true, true, true, true])
    expect(tries('few')).toEqual([true, true, true, false, false])
    expect(tries('none')).toEqual([false, false, false, false, false])
  })
})
