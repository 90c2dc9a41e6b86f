/**
 * Memory of segments that went, for those to come. The engine does not see shared memory as a reason to collect garbage,
 * so what is merely let go of may stay for minutes while a flood fills more.
 */
export interface SegmentPool {
  take(size: number): SharedArrayBuffer
  /** Nothing may read it any more. */
  give(memory: SharedArrayBuffer): void
}

export const createSegmentPool = (): SegmentPool => {
  let free: SharedArrayBuffer[] = []
  return {
    take: (size) => {
      // All logs use one size; after it has changed, the others are of no use.
      free = free.filter(({ byteLength }) => byteLength === size)
      return free.pop() ?? new SharedArrayBuffer(size)
    },
    give: (memory) => {
      free.push(memory)
    },
  }
}
