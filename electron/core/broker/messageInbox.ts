import type { Batch, Frame } from '#shared/model/frame'
import type { ProfileId } from '#shared/model/profile'
import { createConnectionInbox, type ConnectionInbox } from './connectionInbox'

export interface InboxLimits {
  /** Most bytes that wait for the window, over all connections. */
  readonly bytes: number
  readonly messages: number
  /** About the most a batch carries; one frame always goes. */
  readonly batchBytes: number
}
const defaultLimits: InboxLimits = { bytes: 256 * 2 ** 20, messages: 2_000_000, batchBytes: 32 * 2 ** 20 }
const emptyBatch: Batch = { frames: [], connections: [] }

/**
 * What waits for the window, over all connections. Bounded: when it is full, new messages are counted and dropped, and
 * the next frame says how many. `connection(id)` makes the part of a connection on first use; the window pulls with
 * `take`, one batch at a time.
 */
export const createMessageInbox = (given: Partial<InboxLimits> = {}) => {
  const limits = { ...defaultLimits, ...given }
  const connections = new Map<ProfileId, ConnectionInbox>()
  const changed = new Set<ProfileId>()
  let waiting = { bytes: 0, messages: 0 }
  let answer: ((batch: Batch) => void) | null = null
  let isScheduled = false

  const roomOf = (id: ProfileId) => ({
    reserve: (bytes: number) => {
      if (waiting.messages >= limits.messages || waiting.bytes + bytes > limits.bytes) return false
      waiting.bytes += bytes
      waiting.messages += 1
      return true
    },
    release: (messages: number, bytes: number) => {
      waiting = { bytes: waiting.bytes - bytes, messages: waiting.messages - messages }
    },
    touch: () => {
      changed.add(id)
      if (answer) schedule()
    },
  })

  const framesOf = (connection: ConnectionInbox, budget: number): Frame[] => {
    const frames: Frame[] = []
    let room = budget
    while (room > 0) {
      const frame = connection.takeFrame()
      if (!frame) break
      frames.push(frame)
      room -= frame.records.byteLength + frame.bytes.byteLength
    }
    return frames
  }

  const bytesOf = (frames: readonly Frame[]) =>
    frames.reduce((total, frame) => total + frame.records.byteLength + frame.bytes.byteLength, 0)

  /** Connections whose frames did not all fit stay marked and move to the end, so that each has its turn. */
  const collect = (): Batch => {
    const frames: Frame[] = []
    const changes: Batch['connections'][number][] = []
    for (const id of [...changed]) {
      const connection = connections.get(id)
      const budget = limits.batchBytes - bytesOf(frames)
      if (!connection || budget <= 0) continue
      const taken = framesOf(connection, budget)
      frames.push(...taken)
      changes.push(connection.takeChange())
      changed.delete(id)
      if (bytesOf(taken) >= budget) changed.add(id)
    }
    return { frames, connections: changes }
  }

  // Deferred to the end of the socket chunk, so that a batch holds all its messages and not the first alone.
  const schedule = () => {
    if (isScheduled) return
    isScheduled = true
    setImmediate(() => {
      isScheduled = false
      if (changed.size === 0) return
      const resolve = answer
      answer = null
      resolve?.(collect())
    })
  }

  const take = ({ fresh }: { readonly fresh: boolean }): Promise<Batch> => {
    answer?.(emptyBatch)
    answer = null
    if (fresh) {
      for (const [id, connection] of connections) {
        connection.forgetWindow()
        changed.add(id)
      }
    }
    if (changed.size > 0) return Promise.resolve(collect())
    return new Promise((resolve) => (answer = resolve))
  }

  const connection = (id: ProfileId): ConnectionInbox => {
    const existing = connections.get(id)
    if (existing) return existing
    const made = createConnectionInbox(id, roomOf(id))
    connections.set(id, made)
    return made
  }

  return {
    connection,
    take,
    /** Forgets a connection and what waits of it. */
    remove: (id: ProfileId) => {
      connections.get(id)?.discard()
      connections.delete(id)
      changed.delete(id)
    },
    /** Answers a pending take with nothing, for the end of the application. */
    close: () => {
      answer?.(emptyBatch)
      answer = null
    },
  }
}
export type MessageInbox = ReturnType<typeof createMessageInbox>
