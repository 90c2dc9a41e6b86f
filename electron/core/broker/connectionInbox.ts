import { flags, recordBytes, type Batch, type DeliveryUpdate, type Frame } from '#shared/model/frame'
import type { ProfileId } from '#shared/model/profile'
import type { Subscription } from '#shared/model/subscription'
import { createFrameWriter, type FrameWriter, type PackedFrame } from './frameWriter'
import { createSubscriptionTotals } from './subscriptionTotals'
import { createTopicTable, type TopicEntry } from './topicTable'

/** A message on its way into the inbox. The object may be reused by the caller; its bytes are copied at once. */
export interface InboxMessage {
  readonly time: number
  readonly topic: TopicEntry
  readonly packetId: number
  /** As in frame.ts. */
  readonly flags: number
  readonly source: Buffer
  readonly start: number
  readonly payloadStart: number
  readonly end: number
}

/** What the connections of one inbox share: the room that is left, and the one who waits. */
export interface InboxRoom {
  /** Takes room for one message; false = full. */
  reserve(bytes: number): boolean
  release(messages: number, bytes: number): void
  /** Something of this connection changed. */
  touch(): void
}

export type ConnectionChange = Batch['connections'][number]

/** Bytes a waiting message takes. */
export const sizeOf = (message: Pick<InboxMessage, 'start' | 'end'>) => recordBytes + message.end - message.start
const sizeOfFrame = (frame: PackedFrame) => frame.records.byteLength + frame.bytes.byteLength

/**
 * Everything one connection has for the window: messages packed into frames, counters and deliveries. Topic and match
 * set ids are places in tables that live as long as the connection; the window is sent what it has not seen of them, so
 * a window loaded anew only needs them from the start again.
 */
export const createConnectionInbox = (connectionId: ProfileId, room: InboxRoom) => {
  const topics = createTopicTable()
  const subscriptions = createSubscriptionTotals()
  const traffic = { received: 0, sent: 0, dropped: 0, bytesIn: 0, bytesOut: 0 }
  const closed: PackedFrame[] = []
  const deliveries = new Map<number, DeliveryUpdate>()
  let open: FrameWriter | null = null
  let nextSequence = 1
  let droppedSinceFrame = 0
  let seenByWindow = { topics: 0, matchSets: 0 }
  let isDiscarded = false

  const touch = () => {
    if (!isDiscarded) room.touch()
  }

  const closeOpen = () => {
    if (open) closed.push(open.close(topics.size, subscriptions.size))
    open = null
  }

  const writerFor = (length: number): FrameWriter => {
    if (open && !open.fits(length)) closeOpen()
    if (!open) {
      open = createFrameWriter(nextSequence, droppedSinceFrame)
      droppedSinceFrame = 0
    }
    return open
  }

  const drop = () => {
    closeOpen()
    droppedSinceFrame += 1
    traffic.dropped += 1
  }

  /** Counts and keeps a message, or drops it when the inbox is full; answers its sequence number. */
  const add = (message: InboxMessage): number => {
    const outgoing = (message.flags & flags.outgoing) !== 0
    if (outgoing) traffic.sent += 1
    else traffic.received += 1
    const matchSetId = outgoing ? 0 : subscriptions.count(message.topic, message.time)
    if (isDiscarded || !room.reserve(sizeOf(message))) drop()
    else {
      const { time, packetId, source, start, payloadStart, end } = message
      const record = { time, topicId: message.topic.id, matchSetId, packetId, flags: message.flags }
      writerFor(end - start).add({ ...record, source, start, payloadStart, end })
    }
    touch()
    return nextSequence++
  }

  const withNews = (frame: PackedFrame): Frame => {
    const { topicCount, matchSetCount, ...rest } = frame
    const seen = seenByWindow
    seenByWindow = {
      topics: Math.max(seen.topics, topicCount),
      matchSets: Math.max(seen.matchSets, matchSetCount),
    }
    return {
      ...rest,
      connectionId,
      firstTopicId: seen.topics,
      newTopics: topics.textsBetween(seen.topics, topicCount),
      firstMatchSetId: seen.matchSets,
      newMatchSets: subscriptions.setsBetween(seen.matchSets, matchSetCount),
    }
  }

  return {
    topics,
    add,
    setSubscriptions: (list: readonly Subscription[]) => {
      subscriptions.setSubscriptions(list)
      touch()
    },
    countBytes: (bytesIn: number, bytesOut: number) => {
      traffic.bytesIn += bytesIn
      traffic.bytesOut += bytesOut
      touch()
    },
    deliver: (update: DeliveryUpdate) => {
      deliveries.set(update.sequence, update)
      touch()
    },
    forgetWindow: () => (seenByWindow = { topics: 0, matchSets: 0 }),
    /** The oldest waiting frame, ready to be sent; null when nothing waits. */
    takeFrame: (): Frame | null => {
      if (closed.length === 0) closeOpen()
      const frame = closed.shift()
      if (!frame) return null
      room.release(frame.count, sizeOfFrame(frame))
      return withNews(frame)
    },
    takeChange: (): ConnectionChange => {
      const updates = [...deliveries.values()]
      deliveries.clear()
      return { connectionId, totals: { ...traffic }, subscriptions: subscriptions.totals(), deliveries: updates }
    },
    /** What waits goes, and what still comes is not kept. */
    discard: () => {
      isDiscarded = true
      closeOpen()
      for (const frame of closed.splice(0)) room.release(frame.count, sizeOfFrame(frame))
    },
  }
}
export type ConnectionInbox = ReturnType<typeof createConnectionInbox>
