import type { Duplex } from 'node:stream'

/** A socket may be read this often in a window before it rests until the window's end. */
const readsPerWindow = 4
const windowMs = 5

/**
 * Reading at the pace of the server's writes wakes the process for every message or two, and a wake costs more than the
 * message. A socket that is read often rests for a few milliseconds; what comes meanwhile waits in the kernel and is read
 * in one go. A quiet connection is never held back. `noteRead` is for each chunk; `isFull` = whoever reads on has no room.
 */
export const createReadPacer = (
  socket: Pick<Duplex, 'pause' | 'resume' | 'destroyed'>,
  now = () => performance.now(),
) => {
  let windowEnd = 0
  let reads = 0
  let isResting = false
  let isFull = false

  const update = () => {
    if (socket.destroyed) return
    if (isResting || isFull) socket.pause()
    else socket.resume()
  }
  const wake = () => {
    isResting = false
    reads = 0
    update()
  }
  return {
    noteRead: () => {
      const at = now()
      if (at >= windowEnd) {
        windowEnd = at + windowMs
        reads = 0
      }
      reads += 1
      if (reads < readsPerWindow || isResting) return
      isResting = true
      setTimeout(wake, windowEnd - at)
      update()
    },
    setFull: (full: boolean) => {
      isFull = full
      update()
    },
  }
}
