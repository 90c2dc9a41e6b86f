import { describe, expect, it } from 'vitest'
import { createSegmentPool } from './segmentPool'

const megabyte = 2 ** 20

describe('createSegmentPool', () => {
  it('gives the same memory again', () => {
    const pool = createSegmentPool()
    const memory = pool.take(megabyte)
    pool.give(memory)
    expect(pool.take(megabyte)).toBe(memory)
    expect(pool.takeDroppedBytes()).toBe(0)
  })

  it('keeps 32 MiB at most and tells what it let go of', () => {
    const pool = createSegmentPool()
    for (let count = 0; count < 50; count++) pool.give(new SharedArrayBuffer(megabyte))
    expect(pool.freeBytes()).toBe(32 * megabyte)
    expect([pool.takeDroppedBytes(), pool.takeDroppedBytes()]).toEqual([18 * megabyte, 0])
  })

  it('lets go of another size when one is wanted', () => {
    const pool = createSegmentPool()
    pool.give(new SharedArrayBuffer(megabyte))
    expect(pool.take(2 * megabyte).byteLength).toBe(2 * megabyte)
    expect([pool.freeBytes(), pool.takeDroppedBytes()]).toEqual([0, megabyte])
  })
})

it('gives no memory out that somebody reads, until all have let go of it', () => {
  const pool = createSegmentPool()
  const memory = pool.take(1_024)
  const letGo = pool.hold([memory, memory])
  const letGoToo = pool.hold([memory])
  pool.give(memory)
  expect(pool.take(1_024)).not.toBe(memory)
  letGo()
  letGo()
  expect(pool.take(1_024)).not.toBe(memory)
  letGoToo()
  expect(pool.take(1_024)).toBe(memory)
})
