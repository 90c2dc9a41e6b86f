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
  let timer: NodeJS.Timeout | null = null

  const later = (milliseconds: number) => {
    timer = setTimeout(() => {
      timer = null
      pump()
    }, milliseconds)
  }
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
    if (timer) return
    for (let head = queue[0]; head; head = queue[0]) {
      const wait = head.dueAt - performance.now()
      if (wait > 0) {
        later(wait)
        break
      }
      const rate = parts.bytesPerSecond()
      const part = take(rate === null ? head.chunk.length : Math.max(1, Math.round(rate / readsPerSecond)))
      if (part) parts.read(part)
      if (part && rate !== null) {
        later((part.length / rate) * 1_000)
        break
      }
    }
    parts.setFull(bytes >= fullBytes)
  }
  return {
    add: (chunk) => {
      // Node may use the memory of a chunk again for the next.
      queue.push({ chunk: Buffer.from(chunk), dueAt: performance.now() + parts.latencyMs() })
      bytes += chunk.length
      pump()
    },
    isEmpty: () => queue.length === 0,
    changed: () => {
      if (timer) clearTimeout(timer)
      timer = null
      pump()
    },
    flush: () => {
      if (timer) clearTimeout(timer)
      timer = null
      for (let part = take(Infinity); part; part = take(Infinity)) parts.read(part)
    },
  }
}
