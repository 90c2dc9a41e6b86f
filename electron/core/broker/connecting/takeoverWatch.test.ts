import { describe, expect, it } from 'vitest'
import type { ConnectionFailure } from '#shared/model/failure'
import { failureFrom } from '#shared/model/failureTesting'
import type { ErrorCode } from '#shared/result'
import { createTakeoverWatch } from './takeoverWatch'

const closed = (given: Partial<ConnectionFailure> = {}, code: ErrorCode = 'connectionClosed') =>
  failureFrom({ code, message: '' }, { retries: 'endless', ...given })

describe('a server that closes without a reason', () => {
  it('is thought to obey another client from the second time on, and no more tried after the sixth', () => {
    const watch = createTakeoverWatch()
    const told = Array.from({ length: 6 }, () => watch.judge(closed(), 1_000))
    expect(told.map(({ code }) => code)).toEqual(['connectionClosed', ...Array<string>(5).fill('sessionTakenOver')])
    expect(told.map(({ retries }) => retries)).toEqual([...Array<string>(5).fill('endless'), 'none'])
    expect(told[1]).toMatchObject({ values: { detail: 'perhaps' }, remedies: [{ id: 'newClientId' }] })
  })

  it('counts a reset like a close', () => {
    const watch = createTakeoverWatch()
    watch.judge(closed({}, 'connectionReset'), 10)
    expect(watch.judge(closed(), 10).code).toBe('sessionTakenOver')
  })

  it.each([
    ['the connection stood for long', closed(), 61_000],
    ['a connect failed between', closed({ stage: 'tcp' }, 'connectionRefused'), null],
    ['the server gave a reason', closed({}, 'serverDisconnected'), 1_000],
    ['what we sent is to blame', closed({}, 'keepaliveTimeout'), 1_000],
  ])('is not suspected where %s', (_name, failure, onlineMs) => {
    const watch = createTakeoverWatch()
    watch.judge(closed(), 1_000)
    expect(watch.judge(failure, onlineMs)).toBe(failure)
    expect(watch.judge(closed(), 1_000).code).toBe('connectionClosed')
  })

  it('is given another chance when the person connects', () => {
    const watch = createTakeoverWatch()
    watch.judge(closed(), 1_000)
    watch.reset()
    expect(watch.judge(closed(), 1_000).code).toBe('connectionClosed')
  })
})
