/**
 * Memory of evicted segments, to be used again for new ones. Shared memory does not count when the engine decides to
 * collect garbage, so memory that is only dereferenced would stay for minutes while a flood of messages fills more.
 */
export interface SegmentPool {
  take(size: number): SharedArrayBuffer
  /** Nothing of ours reads it any more. */
  give(memory: SharedArrayBuffer): void
  /** Somebody reads these: what is given back of them is not used again before the answer is called. */
  hold(memories: Iterable<ArrayBufferLike>): () => void
  /** Bytes that wait to be used again. */
  freeBytes(): number
  /** Bytes let go of since this was last asked. */
  takeDroppedBytes(): number
}

/** As much as a flood evicts while the search still reads it; the rest is freed. */
const mostFreeBytes = 32 * 2 ** 20

export const createSegmentPool = (): SegmentPool => {
  let free: SharedArrayBuffer[] = []
  let dropped = 0
  const bytesOf = (memories: readonly SharedArrayBuffer[]) =>
    memories.reduce((sum, { byteLength }) => sum + byteLength, 0)
  const holders = new Map<ArrayBufferLike, number>()
  const given = new Set<SharedArrayBuffer>()
  const give = (memory: SharedArrayBuffer) => {
    if (holders.has(memory)) given.add(memory)
    else if (bytesOf(free) + memory.byteLength > mostFreeBytes) dropped += memory.byteLength
    else free.push(memory)
  }
  const letGo = (memory: ArrayBufferLike) => {
    const others = (holders.get(memory) ?? 1) - 1
    if (others > 0) holders.set(memory, others)
    else holders.delete(memory)
    if (others === 0 && memory instanceof SharedArrayBuffer && given.delete(memory)) give(memory)
  }
  return {
    take: (size) => {
      // All logs use one size; after it has changed, the others are of no use.
      const fitting = free.filter(({ byteLength }) => byteLength === size)
      dropped += bytesOf(free) - bytesOf(fitting)
      free = fitting
      return free.pop() ?? new SharedArrayBuffer(size)
    },
    give,
    hold: (memories) => {
      let held: ReadonlySet<ArrayBufferLike> = new Set(memories)
      for (const memory of held) holders.set(memory, (holders.get(memory) ?? 0) + 1)
      return () => {
        held.forEach(letGo)
        held = new Set()
      }
    },
    freeBytes: () => bytesOf(free),
    takeDroppedBytes: () => {
      const answer = dropped
      dropped = 0
      return answer
    },
  }
}
