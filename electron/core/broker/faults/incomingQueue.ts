import { createOneTimer } from './oneTimer'

export interface IncomingQueueParts {
  /** Milliseconds that everything takes longer. */
  readonly latencyMs: () => number
  /** Bytes a second; null = as fast as they come. */
  readonly bytesPerSecond: () => number | null
  readonly read: (chunk: Buffer) => void
  /** Whether the socket is to be left unread, because enough of it waits here. */
  readonly setFull: (isFull: boolean) => void
}

/** What came is read in its order, later. */
export interface IncomingQueue {
  add(chunk: Buffer): void
  isEmpty(): boolean
  /** The rules changed. */
  changed(): void
  /** Reads all that waits at once: the connection ended behind it. */
  flush(): void
}

const fullBytes = 2 ** 16
const readsPerSecond = 20

export const createIncomingQueue = (parts: IncomingQueueParts): IncomingQueue => {
  const queue: { chunk: Buffer; readonly dueAt: number }[] = []
  let bytes = 0

  const take = (count: number): Buffer | null => {
    const head = queue[0]
    if (!head) return null
    const part = head.chunk.subarray(0, count)
    if (part.length === head.chunk.length) queue.shift()
    else head.chunk = head.chunk.subarray(count)
    bytes -= part.length
    return part
  }
  const pump = () => {
    if (timer.isSet()) return
    for (let head = queue[0]; head; head = queue[0]) {
      const wait = head.dueAt - performance.now()
      if (wait > 0) {
        timer.set(wait)
        break
      }
      const rate = parts.bytesPerSecond()
      const part = take(rate === null ? head.chunk.length : Math.max(1, Math.round(rate / readsPerSecond)))
      if (part) parts.read(part)
      if (part && rate !== null) {
        timer.set((part.length / rate) * 1_000)
        break
      }
    }
    parts.setFull(bytes >= fullBytes)
  }
  const timer = createOneTimer(pump)
  return {
    add: (chunk) => {
      // Node may use the memory of a chunk again for the next.
      queue.push({ chunk: Buffer.from(chunk), dueAt: performance.now() + parts.latencyMs() })
      bytes += chunk.length
      pump()
    },
    isEmpty: () => queue.length === 0,
    changed: () => {
      timer.clear()
      pump()
    },
    flush: () => {
      timer.clear()
      for (let part = take(Infinity); part; part = take(Infinity)) parts.read(part)
    },
  }
}
