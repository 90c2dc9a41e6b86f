import { flags, recordBytes, type Batch, type DeliveryUpdate, type Frame } from '#shared/model/frame'
import type { ProfileId } from '#shared/model/profile'
import type { Subscription } from '#shared/model/subscription'
import { createFrameQueue } from './frameQueue'
import { carriedEnd, isLarge, type InboxMessage } from './frameWriter'
import type { LargePayloads } from './largePayloads'
import { createSubscriptionTotals } from './subscriptionTotals'
import { createTopicTable } from './topicTable'
import { createWindowNews } from './windowNews'

/** What the connections of one inbox share: the room that is left, the large payloads, and the one who waits. */
export interface InboxRoom {
  /** Takes room for one message; false = full. */
  reserve(bytes: number): boolean
  release(messages: number, bytes: number): void
  /** Something of this connection changed. */
  touch(): void
  readonly payloads: LargePayloads
}

export type ConnectionChange = Batch['connections'][number]

/** Bytes a waiting message takes. */
const sizeOf = (message: InboxMessage) => recordBytes + carriedEnd(message) - message.start
export const sizeOfFrame = (frame: Pick<Frame, 'records' | 'bytes'>) =>
  frame.records.byteLength + frame.bytes.byteLength

/** Everything one connection has for the window: messages packed into frames, counters and deliveries. */
export const createConnectionInbox = (connectionId: ProfileId, room: InboxRoom) => {
  const topics = createTopicTable()
  const subscriptions = createSubscriptionTotals()
  const news = createWindowNews({ connectionId, topics, subscriptions })
  const traffic = { received: 0, sent: 0, dropped: 0, copies: 0, redelivered: 0, bytesIn: 0, bytesOut: 0 }
  const frames = createFrameQueue({ topics, subscriptions })
  const deliveries = new Map<number, DeliveryUpdate>()
  let nextSequence = 1
  let isDiscarded = false

  const touch = () => {
    if (!isDiscarded) room.touch()
  }
  const drop = () => {
    frames.drop()
    traffic.dropped += 1
  }
  const keep = (message: InboxMessage, matchSetId: number) => {
    frames.add(nextSequence, message, matchSetId)
    if (isLarge(message)) room.payloads.keep({ connectionId, sequence: nextSequence }, message)
  }

  return {
    topics,
    /** Counts and keeps a message, or drops it when the inbox is full; answers its sequence number. */
    add: (message: InboxMessage): number => {
      const outgoing = (message.flags & flags.outgoing) !== 0
      if (outgoing) traffic.sent += 1
      else traffic.received += 1
      if (!outgoing && (message.flags & flags.dup) !== 0) traffic.redelivered += 1
      const matchSetId = outgoing ? 0 : subscriptions.count(message.topic, message.time)
      if (isDiscarded || !room.reserve(sizeOf(message))) drop()
      else keep(message, matchSetId)
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
    /** The next window knows nothing: what the last one took is lost to it. */
    forgetWindow: (): void => {
      news.forget()
      room.payloads.release({ connectionId, sequence: (frames.firstSequence() ?? nextSequence) - 1 })
    },
    /** The oldest waiting frame, ready to be sent; null when nothing waits. */
    takeFrame: (): Frame | null => {
      const frame = frames.take()
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
      for (const frame of frames.takeAll()) room.release(frame.count, sizeOfFrame(frame))
      room.payloads.remove(connectionId)
    },
  }
}
export type ConnectionInbox = ReturnType<typeof createConnectionInbox>
