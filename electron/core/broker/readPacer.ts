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
 * than the message. In a flood the socket therefore rests for moments: what comes meanwhile waits in the kernel and is
 * read in one go. A quiet connection is never held back.
 */
export const createReadPacer = (
  socket: Pick<Duplex, 'pause' | 'resume' | 'destroyed'>,
  now = () => performance.now(),
) => {
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
    /** Call for each chunk. */
    noteRead: (bytes: number): void => {
      const at = now()
      run = at - lastReadAt < quietMs ? run + 1 : 1
      lastReadAt = at
      if (run < longRun || isResting || bytes >= fullReadBytes) return
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
