import { describe, expect, it } from 'vitest'
import { newProfile } from '#shared/model/profile'
import type { AppError, ErrorCode } from '#shared/result'
import { mayHeal, nextDelayMs } from './reconnectPolicy'

const reconnect = { ...newProfile({ id: 'a' }).reconnect, initialSeconds: 1, maximumSeconds: 30 }
const error = (code: ErrorCode, reasonCode?: number): AppError => ({
  code,
  message: '',
  ...(reasonCode !== undefined && { reasonCode }),
})

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

describe('another try over HTTP', () => {
  it.each([400, 401, 403, 404, 426])('is of no use after status %i', (status) => {
    expect(mayHeal({ ...error('webSocketRejected'), values: { status } })).toBe(false)
  })
  it.each([0, 429, 500, 502, 503, 504])('may help after status %i', (status) => {
    expect(mayHeal({ ...error('webSocketRejected'), values: { status } })).toBe(true)
  })
  it('is of no use after an answer that was not of a WebSocket', () => {
    expect(mayHeal(error('webSocketRejected'))).toBe(false)
  })
})

describe('another try', () => {
  it.each([
    error('connectionRefused'),
    error('dnsFailed'),
    error('connectTimeout'),
    error('keepaliveTimeout'),
    error('connectRefused', 3),
    error('connectRefused', 0x88),
    error('serverDisconnected', 0x8b),
  ])('may help after $code $reasonCode', (reason) => {
    expect(mayHeal(reason)).toBe(true)
  })

  it.each([
    error('connectRefused', 1),
    error('connectRefused', 2),
    error('connectRefused', 4),
    error('connectRefused', 5),
    error('connectRefused', 0x84),
    error('connectRefused', 0x85),
    error('connectRefused', 0x86),
    error('connectRefused', 0x87),
    error('connectRefused', 0x8a),
    error('serverDisconnected', 0x82),
    error('sessionTakenOver', 0x8e),
    error('tlsCertificateExpired'),
    error('tlsHostMismatch'),
    error('malformedPacket'),
    error('notMqtt'),
    error('fileUnreadable'),
  ])('is of no use after $code $reasonCode', (reason) => {
    expect(mayHeal(reason)).toBe(false)
  })
})
