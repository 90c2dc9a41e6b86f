import { describe, expect, it } from 'vitest'
import { createLargePayloads } from './largePayloads'

const megabyte = 2 ** 20

/** A payload that lies somewhere in a buffer with `around` more bytes. */
const lyingIn = (payload: Buffer, around: number) => {
  const source = Buffer.allocUnsafeSlow(payload.length + around)
  const payloadStart = around >> 1
  payload.copy(source, payloadStart)
  return { source, payloadStart, end: payloadStart + payload.length }
}
const at = (sequence: number, connectionId = 'a') => ({ connectionId, sequence })
const filled = (size: number, byte = 1) => Buffer.alloc(size, byte)

describe('large payloads', () => {
  it('are kept byte for byte in memory of their own, as a view only where little else lies in its buffer', () => {
    const payloads = createLargePayloads(100 * megabyte)
    const near = lyingIn(filled(2 * megabyte, 7), 1_000)
    payloads.keep(at(1), near)
    expect(payloads.find(at(1))?.buffer).toBe(near.source.buffer)
    const far = lyingIn(filled(2 * megabyte, 8), megabyte)
    payloads.keep(at(2), far)
    expect(payloads.find(at(2))?.buffer.byteLength).toBe(2 * megabyte)
    expect(Buffer.compare(payloads.find(at(1)) ?? Buffer.alloc(0), filled(2 * megabyte, 7))).toBe(0)
    expect(Buffer.compare(payloads.find(at(2)) ?? Buffer.alloc(0), filled(2 * megabyte, 8))).toBe(0)
    expect(payloads.memory().bytes).toBe(near.source.length + 2 * megabyte)
  })

  it('stay within the budget over all connections, the oldest going first', () => {
    const payloads = createLargePayloads(5 * megabyte)
    for (let sequence = 1; sequence <= 100; sequence += 1) {
      payloads.keep(at(sequence, sequence % 2 === 0 ? 'a' : 'b'), lyingIn(filled(2 * megabyte), 0))
      expect(payloads.memory().bytes).toBeLessThanOrEqual(5 * megabyte)
    }
    expect(payloads.find(at(98))).toBeNull()
    expect(payloads.find(at(99, 'b'))).not.toBeNull()
    expect(payloads.find(at(100))).not.toBeNull()
  })

  it('keep the newest whatever its size', () => {
    const payloads = createLargePayloads(megabyte)
    payloads.keep(at(1), lyingIn(filled(megabyte), 0))
    payloads.keep(at(2), lyingIn(filled(4 * megabyte), 0))
    expect([payloads.find(at(1)), payloads.find(at(2))?.length]).toEqual([null, 4 * megabyte])
  })

  it('follow a smaller budget at once', () => {
    const payloads = createLargePayloads(10 * megabyte)
    for (const sequence of [1, 2, 3]) payloads.keep(at(sequence), lyingIn(filled(2 * megabyte), 0))
    payloads.setBudget(4 * megabyte)
    expect([1, 2, 3].map((sequence) => payloads.find(at(sequence)) !== null)).toEqual([false, true, true])
  })

  it('go up to the message the window let go of, and with their connection', () => {
    const payloads = createLargePayloads(100 * megabyte)
    for (const id of ['a', 'b'])
      for (const sequence of [1, 2, 3]) payloads.keep(at(sequence, id), lyingIn(filled(megabyte), 0))
    payloads.release(at(2))
    expect([1, 2, 3].map((sequence) => payloads.find(at(sequence)) !== null)).toEqual([false, false, true])
    payloads.remove('b')
    expect([payloads.find(at(3, 'b')), payloads.memory().bytes]).toEqual([null, megabyte])
  })
})
