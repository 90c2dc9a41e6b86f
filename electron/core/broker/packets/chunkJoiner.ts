export interface ChunkJoiner {
  /** What waits and the chunk in one piece, or null while that is too little. */
  join(chunk: Buffer): Buffer | null
  /** Keeps a rest until `needed` bytes are there. */
  keep(rest: Buffer, needed: number): void
}

/**
 * Holds the beginning of a packet until the rest has come. Chunks are joined once, when enough is there, so that a large
 * packet in small chunks is not copied again and again.
 */
export const createChunkJoiner = (): ChunkJoiner => {
  let waiting: Buffer[] = []
  let waitingBytes = 0
  let neededBytes = 0
  return {
    join: (chunk) => {
      if (waitingBytes === 0) return chunk
      waiting.push(chunk)
      waitingBytes += chunk.length
      if (waitingBytes < neededBytes) return null
      const whole = Buffer.concat(waiting, waitingBytes)
      waiting = []
      waitingBytes = 0
      return whole
    },
    keep: (rest, needed) => {
      waiting = [rest]
      waitingBytes = rest.length
      neededBytes = needed
    },
  }
}
