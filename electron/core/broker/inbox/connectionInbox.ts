import {
  flags,
  recordBytes,
  type Batch,
  type DeliveryUpdate,
  type Frame,
  type SkippedMessage,
} from '#shared/model/frame'
import type { ProfileId } from '#shared/model/profile'
import type { Subscription } from '#shared/model/subscription'
import { createFrameQueue } from './frameQueue'
import { frameBytesOf, isLarge, type InboxMessage, type MessageMarks } from './frameWriter'
import type { LargePayloads } from './largePayloads'
import { createMessageCounts } from './messageCounts'
import { createSubscriptionTotals, type FilterServer } from '../matching/subscriptionTotals'
import { createTopicTable, type TopicTable } from '../message/topicTable'
import { createWindowNews } from './windowNews'

/** What the connections of one inbox share: the room that is left, the large payloads, and the one who waits. */
export interface InboxRoom {
  /** Takes room for one message; false = full. */
  reserve(bytes: number): boolean
  release(messages: number, bytes: number): void
  /** Something of this connection changed. */
  touch(): void
  readonly payloads: LargePayloads
  /** Whether further copies of a message are kept as well. */
  showsCopies(): boolean
  /** The most topics a connection remembers. */
  topicLimit(): number
}

export type ConnectionChange = Batch['connections'][number]

/** Bytes a waiting message takes. */
const sizeOf = (message: InboxMessage) => recordBytes + frameBytesOf(message)
export const sizeOfFrame = (frame: Pick<Frame, 'records' | 'bytes'>) =>
  frame.records.byteLength + frame.bytes.byteLength

interface TakingParts {
  readonly connectionId: ProfileId
  readonly room: InboxRoom
  readonly frames: ReturnType<typeof createFrameQueue>
  readonly news: ReturnType<typeof createWindowNews>
  readonly counts: ReturnType<typeof createMessageCounts>
  readonly subscriptions: ReturnType<typeof createSubscriptionTotals>
  readonly topics: TopicTable
  readonly deliveries: Map<number, DeliveryUpdate>
}

/** What the window takes: frames first, then what became of the rest. */
const createTaking = ({
  connectionId,
  room,
  frames,
  news,
  counts,
  subscriptions,
  topics,
  deliveries,
}: TakingParts) => ({
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
    return {
      ...{ connectionId, totals: counts.totals(), subscriptions: subscriptions.totals(), deliveries: updates },
      ...{ session: frames.session(), unkept: topics.unkept() },
    }
  },
})

/** Everything one connection has for the window: messages packed into frames, counters and deliveries. */
export const createConnectionInbox = (connectionId: ProfileId, room: InboxRoom) => {
  const topics = createTopicTable(room.topicLimit)
  const subscriptions = createSubscriptionTotals()
  const news = createWindowNews({ connectionId, subscriptions })
  const counts = createMessageCounts(subscriptions)
  const frames = createFrameQueue({ topics, subscriptions })
  const deliveries = new Map<number, DeliveryUpdate>()
  let nextSequence = 1
  let isDiscarded = false

  const touch = () => (isDiscarded ? undefined : room.touch())
  /** Gives a message its sequence number, and its bytes a place where there is room. */
  const keep = (message: InboxMessage, marks: MessageMarks): number => {
    const sequence = nextSequence++
    touch()
    if (isDiscarded || !room.reserve(sizeOf(message))) {
      frames.drop()
      counts.dropped()
      return sequence
    }
    frames.add(sequence, message, marks)
    if (isLarge(message)) room.payloads.keep({ connectionId, sequence }, message)
    return sequence
  }

  const startOver = (newSession: boolean) => {
    frames.begin({ newSession })
    topics.forget()
    touch()
  }

  return {
    topics,
    filtersFor: subscriptions.filtersFor,
    /**
     * Counts and keeps a message, or drops it when the inbox is full; answers its sequence number. `stored` = the flag
     * of that name, or 0.
     */
    add: (message: InboxMessage, stored = 0): number =>
      keep(message, (message.flags & flags.outgoing) === 0 ? counts.received(message, stored) : counts.sent()),
    /** Counts a further copy of a message that was added before; it is kept where copies are shown. */
    addCopy: (message: InboxMessage): void => {
      const marks = counts.copy(message)
      if (room.showsCopies()) keep(message, marks)
      else touch()
    },
    /** Counts a message that was too large to be taken, and says so in its place. */
    skip: (skipped: SkippedMessage): void => {
      counts.skipped()
      touch()
      if (isDiscarded || frames.skip(skipped, nextSequence)) return
      frames.drop()
      counts.dropped()
      nextSequence += 1
    },
    /** Counts a message that was added before and came again. */
    countRepetition: (): void => {
      counts.repetition()
      touch()
    },
    setSubscriptions: (list: readonly Subscription[], server?: FilterServer): void => {
      subscriptions.setSubscriptions(list, server)
      touch()
    },
    countBytes: (bytesIn: number, bytesOut: number): void => {
      counts.bytes(bytesIn, bytesOut)
      touch()
    },
    /** The latest state of a delivery; one the window has not taken yet is replaced. */
    deliver: (update: DeliveryUpdate): void => {
      deliveries.set(update.sequence, update)
      touch()
    },
    /** The window has let its topics go: the numbers they had are of no use to anybody. */
    forgetTopics: (): void => startOver(false),
    /** The person connected, and the server knows nothing of before. */
    beginSession: (): void => startOver(true),
    /** The next window knows nothing: what the last one took is lost to it. */
    forgetWindow: (): void => {
      news.forget()
      room.payloads.release({ connectionId, sequence: (frames.firstSequence() ?? nextSequence) - 1 })
    },
    ...createTaking({ connectionId, room, frames, news, counts, subscriptions, topics, deliveries }),
    /** What waits goes, and what still comes is not kept. */
    discard: (): void => {
      isDiscarded = true
      for (const frame of frames.takeAll()) room.release(frame.count, sizeOfFrame(frame))
      room.payloads.remove(connectionId)
    },
  }
}
export type ConnectionInbox = ReturnType<typeof createConnectionInbox>
