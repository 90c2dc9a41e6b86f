import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createReadPacer } from './readPacer'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

const fakeSocket = () => {
  const socket = {
    destroyed: false,
    isPaused: false,
    pause: vi.fn(() => (socket.isPaused = true)),
    resume: vi.fn(() => (socket.isPaused = false)),
  }
  return socket
}
const pacerWith = () => {
  const socket = fakeSocket()
  return { socket, pacer: createReadPacer(socket as never) }
}

describe('createReadPacer', () => {
  it('never holds a quiet connection back', () => {
    const { socket, pacer } = pacerWith()
    for (let read = 0; read < 100; read++) {
      pacer.noteRead()
      vi.advanceTimersByTime(2)
    }
    expect(socket.pause).not.toHaveBeenCalled()
  })

  it('lets a socket that is read often rest, and reads it again within milliseconds', () => {
    const { socket, pacer } = pacerWith()
    for (let read = 0; read < 4; read++) pacer.noteRead()
    expect(socket.isPaused).toBe(true)
    vi.advanceTimersByTime(5)
    expect(socket.isPaused).toBe(false)
  })

  it('does not read on while whoever takes the packets is full', () => {
    const { socket, pacer } = pacerWith()
    pacer.setFull(true)
    for (let read = 0; read < 4; read++) pacer.noteRead()
    vi.advanceTimersByTime(50)
    expect(socket.isPaused).toBe(true)
    pacer.setFull(false)
    expect(socket.isPaused).toBe(false)
  })

  it('rests on when there is room again, until its time is over', () => {
    const { socket, pacer } = pacerWith()
    for (let read = 0; read < 4; read++) pacer.noteRead()
    pacer.setFull(false)
    expect(socket.isPaused).toBe(true)
    vi.advanceTimersByTime(5)
    expect(socket.isPaused).toBe(false)
  })

  it('leaves a socket that is gone alone', () => {
    const { socket, pacer } = pacerWith()
    for (let read = 0; read < 4; read++) pacer.noteRead()
    socket.destroyed = true
    vi.advanceTimersByTime(50)
    expect(socket.resume).not.toHaveBeenCalled()
  })
})
