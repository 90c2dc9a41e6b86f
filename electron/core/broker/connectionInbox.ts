import { flags, recordBytes, type Batch, type DeliveryUpdate, type Frame } from '#shared/model/frame'
import type { ProfileId } from '#shared/model/profile'
import type { Subscription } from '#shared/model/subscription'
import { createFrameWriter, type FrameWriter, type InboxMessage, type PackedFrame } from './frameWriter'
import { createSubscriptionTotals } from './subscriptionTotals'
import { createTopicTable } from './topicTable'
import { createWindowNews } from './windowNews'

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
const sizeOf = (message: InboxMessage) => recordBytes + message.end - message.start
export const sizeOfFrame = (frame: Pick<Frame, 'records' | 'bytes'>) =>
  frame.records.byteLength + frame.bytes.byteLength

/** Everything one connection has for the window: messages packed into frames, counters and deliveries. */
export const createConnectionInbox = (connectionId: ProfileId, room: InboxRoom) => {
  const topics = createTopicTable()
  const subscriptions = createSubscriptionTotals()
  const news = createWindowNews({ connectionId, topics, subscriptions })
  const traffic = { received: 0, sent: 0, dropped: 0, copies: 0, bytesIn: 0, bytesOut: 0 }
  const closed: PackedFrame[] = []
  const deliveries = new Map<number, DeliveryUpdate>()
  let open: FrameWriter | null = null
  let nextSequence = 1
  let droppedSinceFrame = 0
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

  return {
    topics,
    /** Counts and keeps a message, or drops it when the inbox is full; answers its sequence number. */
    add: (message: InboxMessage): number => {
      const outgoing = (message.flags & flags.outgoing) !== 0
      if (outgoing) traffic.sent += 1
      else traffic.received += 1
      const matchSetId = outgoing ? 0 : subscriptions.count(message.topic, message.time)
      if (isDiscarded || !room.reserve(sizeOf(message))) drop()
      else writerFor(message.end - message.start).add(message, matchSetId)
      touch()
      return nextSequence++
    },
    /** Counts a further copy of a message that was added before. */
    countCopy: (): void => {
      traffic.copies += 1
      touch()
    },
    /** `refused` = filters the server does not take. */
    setSubscriptions: (list: readonly Subscription[], refused: readonly string[] = []): void => {
      subscriptions.setSubscriptions(list, refused)
      touch()
    },
    countBytes: (bytesIn: number, bytesOut: number): void => {
      traffic.bytesIn += bytesIn
      traffic.bytesOut += bytesOut
      touch()
    },
    /** The latest state of a delivery; one the window has not taken yet is replaced. */
    deliver: (update: DeliveryUpdate): void => {
      deliveries.set(update.sequence, update)
      touch()
    },
    forgetWindow: news.forget,
    /** The oldest waiting frame, ready to be sent; null when nothing waits. */
    takeFrame: (): Frame | null => {
      if (closed.length === 0) closeOpen()
      const frame = closed.shift()
      if (!frame) return null
      room.release(frame.count, sizeOfFrame(frame))
      return news.addTo(frame)
    },
    takeChange: (): ConnectionChange => {
      const updates = [...deliveries.values()]
      deliveries.clear()
      return { connectionId, totals: { ...traffic }, subscriptions: subscriptions.totals(), deliveries: updates }
    },
    /** What waits goes, and what still comes is not kept. */
    discard: (): void => {
      isDiscarded = true
      closeOpen()
      for (const frame of closed.splice(0)) room.release(frame.count, sizeOfFrame(frame))
    },
  }
}
export type ConnectionInbox = ReturnType<typeof createConnectionInbox>
