import type { Duplex } from 'node:stream'

/** Reads that follow each other closer than this are one run. */
const quietMs = 10
/** A run this long is a flood: the socket rests after each further read. */
const longRun = 8
const restMs = 1
/** As much as Node reads at once: more waits behind it. */
const fullReadBytes = 65_536

/**
 * Reading at the pace of the server's writes wakes the process for every message or two, and a wake costs both sides more
 * than the message. In a flood of QoS 0 messages the socket therefore rests for moments: what comes meanwhile waits in
 * the kernel and is read in one go. A quiet connection is never held back, nor one whose server waits for our answers;
 * nor a socket that buffers by itself (TLS, WebSocket): it would hand out a chunk after each rest.
 */
export const createReadPacer = (
  socket: Pick<Duplex, 'pause' | 'resume' | 'destroyed' | 'readableHighWaterMark'>,
  now = () => performance.now(),
) => {
  const isUnbuffered = socket.readableHighWaterMark <= 1
  let lastReadAt = -Infinity
  let run = 0
  let isResting = false
  let isFull = false

  const update = () => {
    if (socket.destroyed) return
    if (isResting || isFull) socket.pause()
    else socket.resume()
  }
  const wake = () => {
    isResting = false
    update()
  }
  return {
    /** Call for each chunk. `isAwaited` = it brought something that is or wants an answer. */
    noteRead: (bytes: number, isAwaited: boolean): void => {
      const at = now()
      run = isAwaited || at - lastReadAt >= quietMs ? 0 : run + 1
      lastReadAt = at
      if (!isUnbuffered || run < longRun || isResting || bytes >= fullReadBytes) return
      isResting = true
      setTimeout(wake, restMs)
      update()
    },
    /** Whoever reads on has no room, or has room again. */
    setFull: (full: boolean): void => {
      isFull = full
      update()
    },
  }
}
