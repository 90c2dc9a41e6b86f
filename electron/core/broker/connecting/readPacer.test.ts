import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createReadPacer } from './readPacer'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

const pacerWith = (readableHighWaterMark = 1) => {
  const socket = {
    readableHighWaterMark,
    destroyed: false,
    isPaused: false,
    pause: vi.fn(() => (socket.isPaused = true)),
    resume: vi.fn(() => (socket.isPaused = false)),
  }
  return { socket, pacer: createReadPacer(socket as never) }
}
type Pacer = ReturnType<typeof createReadPacer>

const readOften = (pacer: Pacer) => {
  for (let read = 0; read < 9; read++) pacer.noteRead(200, false)
}

describe('createReadPacer', () => {
  it('never holds a quiet connection back, nor a short burst on it', () => {
    const { socket, pacer } = pacerWith()
    for (let burst = 0; burst < 100; burst++) {
      for (let read = 0; read < 7; read++) pacer.noteRead(200, false)
      vi.advanceTimersByTime(11)
    }
    expect(socket.pause).not.toHaveBeenCalled()
  })

  it('lets a socket that is read again and again rest, for moments', () => {
    const { socket, pacer } = pacerWith()
    readOften(pacer)
    for (let read = 0; read < 20; read++) {
      expect(socket.isPaused).toBe(true)
      vi.advanceTimersByTime(2)
      expect(socket.isPaused).toBe(false)
      pacer.noteRead(200, false)
    }
  })

  it('reads on while more waits behind a full read', () => {
    const { socket, pacer } = pacerWith()
    for (let read = 0; read < 100; read++) pacer.noteRead(65_536, false)
    expect(socket.pause).not.toHaveBeenCalled()
    pacer.noteRead(1_000, false)
    expect(socket.isPaused).toBe(true)
  })

  it('never holds back a server that waits for our answers', () => {
    const { socket, pacer } = pacerWith()
    for (let read = 0; read < 1_000; read++) pacer.noteRead(200, read % 8 === 7)
    expect(socket.pause).not.toHaveBeenCalled()
  })

  it('leaves a socket with a buffer of its own alone', () => {
    const { socket, pacer } = pacerWith(16_384)
    for (let read = 0; read < 1_000; read++) pacer.noteRead(200, false)
    expect(socket.pause).not.toHaveBeenCalled()
  })

  it('does not read on while whoever takes the packets is full', () => {
    const { socket, pacer } = pacerWith()
    pacer.setFull(true)
    readOften(pacer)
    vi.advanceTimersByTime(50)
    expect(socket.isPaused).toBe(true)
    pacer.setFull(false)
    expect(socket.isPaused).toBe(false)
  })

  it('rests on when there is room again, until its time is over', () => {
    const { socket, pacer } = pacerWith()
    readOften(pacer)
    pacer.setFull(false)
    expect(socket.isPaused).toBe(true)
    vi.advanceTimersByTime(2)
    expect(socket.isPaused).toBe(false)
  })

  it('leaves a socket that is gone alone', () => {
    const { socket, pacer } = pacerWith()
    readOften(pacer)
    socket.destroyed = true
    vi.advanceTimersByTime(50)
    expect(socket.resume).not.toHaveBeenCalled()
  })
})
