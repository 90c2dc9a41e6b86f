import { batchMessages, type Batch, type Frame } from '#shared/model/frame'
import type { HeldMemory } from '#shared/model/memory'
import type { ProfileId } from '#shared/model/profile'
import { defaultSettings } from '#shared/model/settings'
import { createConnectionInbox, sizeOfFrame, type ConnectionInbox, type InboxRoom } from './connectionInbox'
import { createLargePayloads, type LargePayloads } from './largePayloads'
import { createWaitingTake } from './waitingTake'

export interface InboxLimits {
  /** Most bytes that wait for the window, over all connections. */
  readonly bytes: number
  readonly messages: number
  /** A batch is closed when it reaches this; it has at least one frame. */
  readonly batchBytes: number
  readonly batchMessages: number
  /** The most topics a connection remembers, asked at each new one. */
  readonly topics: () => number
}
const defaultLimits: InboxLimits = {
  bytes: 256 * 2 ** 20,
  messages: 2_000_000,
  batchBytes: 32 * 2 ** 20,
  batchMessages,
  topics: () => defaultSettings.topicLimit,
}

/** What waits, over all connections. */
interface Waiting {
  bytes(): number
  messages(): number
}

/** What is left of a batch's limits. */
interface BatchRoom {
  isFull(): boolean
  take(frame: Frame): void
}

/**
 * What waits for the window, over all connections. Bounded: when it is full, new messages are counted and dropped, and
 * the next frame says how many. `connection(id)` makes the part of a connection on first use; the window pulls with
 * `take`, one batch at a time. Large payloads wait in `payloads`, and only their heads here. `showsCopies` is asked for
 * each further copy of a message.
 */
export interface MessageInbox {
  connection(id: ProfileId): ConnectionInbox
  /**
   * Answers at once with what waits, or with the first change. `fresh` = the window was loaded anew and knows
   * nothing. An older take that still waits is answered with an empty batch.
   */
  take(request: { readonly fresh: boolean }): Promise<Batch>
  /** What waits. */
  memory(): HeldMemory
  /**
   * Resolves when so little waits that more may be read for the window: at once, or when it has taken some. What comes from a file
   * is not dropped, because it can be waited with.
   */
  hasRoom(): Promise<void>
  /** Forgets the topics of a connection; waiting frames keep the names they use. */
  forgetTopics(id: ProfileId): void
  /** Forgets a connection and what waits of it. */
  remove(id: ProfileId): void
  /** Answers a pending take with nothing, for the end of the application. */
  close(): void
}

export const createMessageInbox = (
  given: Partial<InboxLimits> = {},
  payloads: LargePayloads = createLargePayloads(defaultSettings.logBudgetBytes),
  showsCopies: () => boolean = () => defaultSettings.showCopies,
): MessageInbox => {
  const limits = { ...defaultLimits, ...given }
  const room = createRoom(limits)
  const connections = new Map<ProfileId, ConnectionInbox>()
  const changed = new Set<ProfileId>()
  /** Who waits for room. */
  const wanting: (() => void)[] = []

  /** A connection whose frames did not all fit moves to the end of the changed ones, so that each has its turn. */
  const collect = (): Batch | null => {
    if (changed.size === 0) return null
    const frames: Frame[] = []
    const changes: Batch['connections'][number][] = []
    const batchRoom = createBatchRoom(limits)
    for (const id of Array.from(changed)) {
      const connection = connections.get(id)
      if (!connection || batchRoom.isFull()) continue
      frames.push(...takeFrames(connection, batchRoom))
      changes.push(connection.takeChange())
      changed.delete(id)
      if (batchRoom.isFull()) changed.add(id)
    }
    const isReading = [...connections.values()].some(({ earlier }) => earlier.isUnderWay())
    return { frames, connections: changes, more: room.messages() > 0 || isReading }
  }
  const waiting = createWaitingTake(collect)

  const create = (id: ProfileId): ConnectionInbox => {
    const touch = () => {
      changed.add(id)
      waiting.wake()
    }
    const made = createConnectionInbox(id, { ...room, touch, payloads, showsCopies, topicLimit: limits.topics })
    connections.set(id, made)
    return made
  }

  const forgetWindow = () => {
    for (const [id, connection] of connections) {
      connection.forgetWindow()
      changed.add(id)
    }
  }

  return {
    connection: (id) => connections.get(id) ?? create(id),
    take: ({ fresh }) => {
      waiting.giveUp()
      for (const resolve of wanting.splice(0)) setImmediate(resolve)
      if (fresh) forgetWindow()
      const batch = collect()
      return batch ? Promise.resolve(batch) : waiting.wait()
    },
    memory: () => ({ bytes: room.bytes(), limitBytes: limits.bytes }),
    hasRoom: async () => {
      while (room.bytes() > limits.bytes / 8 || room.messages() > limits.messages / 32)
        await new Promise<void>((resolve) => wanting.push(resolve))
    },
    forgetTopics: (id) => connections.get(id)?.forgetTopics(),
    remove: (id) => {
      connections.get(id)?.discard()
      connections.delete(id)
      changed.delete(id)
    },
    close: () => {
      waiting.giveUp()
      for (const resolve of wanting.splice(0)) resolve()
    },
  }
}

/** The room all connections share. Where nothing waits, one message is taken whatever its size. */
const createRoom = (limits: InboxLimits): Pick<InboxRoom, 'reserve' | 'release'> & Waiting => {
  let bytes = 0
  let messages = 0
  return {
    bytes: () => bytes,
    messages: () => messages,
    reserve: (wanted) => {
      const isFull = messages >= limits.messages || bytes + wanted > limits.bytes
      if (isFull && messages > 0) return false
      bytes += wanted
      messages += 1
      return true
    },
    release: (fewerMessages, fewerBytes) => {
      messages -= fewerMessages
      bytes -= fewerBytes
    },
  }
}

const createBatchRoom = (limits: InboxLimits): BatchRoom => {
  let bytes = limits.batchBytes
  let messages = limits.batchMessages
  return {
    isFull: () => bytes <= 0 || messages <= 0,
    take: (frame) => {
      bytes -= sizeOfFrame(frame)
      messages -= frame.count
    },
  }
}

const takeFrames = (connection: ConnectionInbox, room: BatchRoom): Frame[] => {
  const frames: Frame[] = []
  while (!room.isFull()) {
    const frame = connection.takeFrame()
    if (!frame) break
    frames.push(frame)
    room.take(frame)
  }
  return frames
}
