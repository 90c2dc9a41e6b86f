/**
 * Holds the beginning of a packet until the rest has come. Chunks are joined once, when enough is there, so that a large
 * packet in small chunks is not copied again and again.
 */
export const createChunkJoiner = () => {
  let waiting: Buffer[] = []
  let waitingBytes = 0
  let neededBytes = 0
  return {
    /** What waits and the chunk in one piece, or null while that is too little. */
    join: (chunk: Buffer): Buffer | null => {
      if (waitingBytes === 0) return chunk
      waiting.push(chunk)
      waitingBytes += chunk.length
      if (waitingBytes < neededBytes) return null
      const whole = Buffer.concat(waiting, waitingBytes)
      waiting = []
      waitingBytes = 0
      return whole
    },
    /** Keeps the chunk, too; the next `join` answers with all of it. */
    add: (chunk: Buffer): void => {
      waiting.push(chunk)
      waitingBytes += chunk.length
      neededBytes = 0
    },
    /** Keeps a rest until `needed` bytes are there. */
    keep: (rest: Buffer, needed: number): void => {
      waiting = [rest]
      waitingBytes = rest.length
      neededBytes = needed
    },
  }
}
