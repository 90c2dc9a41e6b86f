// Why it is so: build/docs/decisions/15-floods-are-paced.md
import type { Duplex } from 'node:stream'

/** Reads that follow each other within this time are one run. */
const quietMs = 10
/** After a run of so many reads the socket is paused after each further one. */
const longRun = 8
const restMs = 1
/** The most Node reads at once: more is waiting then. */
const fullReadBytes = 65_536

/**
 * Reading as fast as the server writes wakes the process for every message or two, which costs more than the message.
 * In a flood of QoS 0 messages the socket is therefore paused for a moment after each read: what comes meanwhile waits
 * in the kernel and is read in one go. A connection with few messages is never paused, nor one whose server waits for
 * our answers. A socket that buffers by itself (TLS, WebSocket) is not either, because it would hand out one chunk
 * after each pause.
 */
export interface ReadPacer {
  /** Call for each chunk. `isAwaited` = it brought something that is or wants an answer. */
  noteRead(bytes: number, isAwaited: boolean): void
  /** The reader of the stream has no room, or has room again. */
  setFull(full: boolean): void
  /** Nothing is to be read at all, or all is again. */
  setStopped(stopped: boolean): void
}

export const createReadPacer = (
  socket: Pick<Duplex, 'pause' | 'resume' | 'destroyed' | 'readableHighWaterMark'>,
  now = () => performance.now(),
): ReadPacer => {
  const isUnbuffered = socket.readableHighWaterMark <= 1
  let lastReadAt = -Infinity
  let run = 0
  let isResting = false
  let isFull = false
  let isStopped = false

  const update = () => {
    if (socket.destroyed) return
    if (isResting || isFull || isStopped) socket.pause()
    else socket.resume()
  }
  const wake = () => {
    isResting = false
    update()
  }
  return {
    noteRead: (bytes, isAwaited) => {
      const at = now()
      run = isAwaited || at - lastReadAt >= quietMs ? 0 : run + 1
      lastReadAt = at
      if (!isUnbuffered || run < longRun || isResting || bytes >= fullReadBytes) return
      isResting = true
      setTimeout(wake, restMs)
      update()
    },
    setFull: (full) => {
      isFull = full
      update()
    },
    setStopped: (stopped) => {
      if (stopped === isStopped) return
      isStopped = stopped
      update()
    },
  }
}
