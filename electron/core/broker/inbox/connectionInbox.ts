import {
  earlierSession,
  mostEarlierTopics,
  recordBytes,
  type Batch,
  type DeliveryUpdate,
  type Frame,
  type SkippedMessage,
} from '#shared/model/frame'
import type { ProfileId } from '#shared/model/profile'
import type { Subscription } from '#shared/model/subscription'
import {
  createSubscriptionMatching,
  type FilterServer,
  type SubscriptionMatching,
} from '../matching/subscriptionMatching'
import { createTopicTable, type TopicTable } from '../message/topicTable'
import type { MessageMarks, WireMessage } from '../message/wireMessage'
import { createEarlierMessages, type EarlierMessages } from './earlierMessages'
import { createFrameQueue, type FrameTap } from './frameQueue'
import { frameBytesOf, isLarge } from './frameWriter'
import type { LargePayloads } from './largePayloads'
import { createMessageCounts } from './messageCounts'
import { createWindowNews } from './windowNews'

/** What the connections of one inbox share. */
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

type ConnectionChange = Batch['connections'][number]

/** Gets each message with its marks; the objects are filled anew for the next one. */
type InboxListener = (message: WireMessage, marks: MessageMarks) => void

/** Everything one connection has for the window: messages packed into frames, counters and deliveries. */
export interface ConnectionInbox {
  /** What its frames name by numbers: topics, and the sets of subscriptions that messages belong to. */
  readonly topics: TopicTable
  readonly matching: SubscriptionMatching
  /**
   * Counts a message by its marks and keeps it, or drops it when the inbox is full; answers its sequence number. 0 = it
   * has none, because it is only counted: a redelivery, and a copy where copies are not shown.
   */
  add(message: WireMessage, marks: MessageMarks): number
  /** Tells every message that is added, before the window's room for it is looked at; answers how to end it. */
  listen(listener: InboxListener): () => void
  /** Counts a message that was too large to be taken, and says so in its place. */
  skip(skipped: SkippedMessage): void
  /** Counts a skipped message that came before. */
  countRedelivery(): void
  countBytes(bytesIn: number, bytesOut: number): void
  setSubscriptions(list: readonly Subscription[], server?: FilterServer): void
  /** The latest state of a delivery; one the window has not taken yet is replaced. */
  deliver(update: DeliveryUpdate): void
  /** The window has forgotten its topics: their numbers are not used any more. */
  forgetTopics(): void
  /** The person connected, and the server began a new session. */
  beginSession(): void
  /** Each frame of what comes and goes, as the window gets it; null = nobody wants them. */
  setTap(tap: FrameTap | null): void
  /** Closes the open frame, so that the tap has it though the window takes none. */
  closeFrame(): void
  /**
   * Messages of earlier runs are to come before all others, which are numbered from `nextSequence` on. False = too late, because
   * something came already.
   */
  beginEarlier(nextSequence: number): boolean
  readonly earlier: Pick<EarlierMessages, 'add' | 'end' | 'isUnderWay'>
  /** The window was loaded anew: it is sent all names again, and payloads of messages it does not have are released. */
  forgetWindow(): void
  /** The oldest waiting frame, ready to be sent; null when nothing waits. */
  takeFrame(): Frame | null
  /** Totals, deliveries and the other changes since the last call. */
  takeChange(): ConnectionChange
  /** Drops all waiting messages; later ones are not kept. */
  discard(): void
}

export const createConnectionInbox = (connectionId: ProfileId, room: InboxRoom): ConnectionInbox => {
  const topics = createTopicTable(room.topicLimit)
  const matching = createSubscriptionMatching()
  const news = createWindowNews({ connectionId, matching })
  const counts = createMessageCounts()
  const frames = createFrameQueue({ topics, matching })
  const deliveries = new Map<number, DeliveryUpdate>()
  let listeners: readonly InboxListener[] = []
  const earlier = createEarlierMessages(() => touch())
  let nextSequence = 1
  let isDiscarded = false

  const touch = () => (isDiscarded ? undefined : room.touch())
  const isShown = ({ kind }: MessageMarks) => kind !== 'redelivery' && (kind !== 'copy' || room.showsCopies())
  const drop = (): number => {
    frames.drop()
    counts.dropped()
    return nextSequence++
  }
  const startOver = (newSession: boolean) => {
    frames.begin({ newSession })
    topics.forget()
    touch()
  }

  return {
    topics,
    matching,
    add: (message, marks) => {
      counts.count(message, marks)
      for (const listener of listeners) listener(message, marks)
      touch()
      if (!isShown(marks)) return 0
      if (isDiscarded || !room.reserve(sizeOf(message))) return drop()
      const sequence = nextSequence++
      frames.add(sequence, message, marks)
      if (isLarge(message)) room.payloads.keep({ connectionId, sequence }, message)
      return sequence
    },
    listen: (listener) => {
      listeners = [...listeners, listener]
      return () => void (listeners = listeners.filter((one) => one !== listener))
    },
    skip: (skipped) => {
      counts.skipped()
      touch()
      if (!isDiscarded && !frames.skip(skipped, nextSequence)) drop()
    },
    countRedelivery: () => {
      counts.redelivered()
      touch()
    },
    countBytes: (bytesIn, bytesOut) => {
      counts.bytes(bytesIn, bytesOut)
      touch()
    },
    setSubscriptions: (list, server) => {
      matching.setSubscriptions(list, server)
      touch()
    },
    deliver: (update) => {
      deliveries.set(update.sequence, update)
      touch()
    },
    forgetTopics: () => startOver(false),
    beginSession: () => startOver(true),
    forgetWindow: () => {
      news.forget()
      room.payloads.release({ connectionId, sequence: (frames.firstSequence() ?? nextSequence) - 1 })
    },
    setTap: frames.setTap,
    closeFrame: frames.close,
    earlier,
    beginEarlier: (next) => {
      if (nextSequence > 1 || topics.size > 0 || earlier.isUnderWay()) return false
      nextSequence = next
      topics.reserve(mostEarlierTopics)
      earlier.begin()
      touch()
      return true
    },
    takeFrame: () => {
      const early = earlier.take()
      if (early) return news.addTo(early)
      if (earlier.isUnderWay()) return null
      const frame = frames.take()
      if (!frame) return null
      room.release(frame.count, sizeOfFrame(frame))
      return news.addTo(frame)
    },
    takeChange: () => ({
      connectionId,
      totals: counts.totals(),
      subscriptions: matching.totals(),
      deliveries: takeAll(deliveries),
      serverSession: earlier.isUnderWay() ? earlierSession : frames.session(),
      unkept: topics.unkept(),
    }),
    discard: () => {
      isDiscarded = true
      earlier.drop()
      for (const frame of frames.takeAll()) room.release(frame.count, sizeOfFrame(frame))
      room.payloads.remove(connectionId)
    },
  }
}

const takeAll = (deliveries: Map<number, DeliveryUpdate>): DeliveryUpdate[] => {
  const updates = [...deliveries.values()]
  deliveries.clear()
  return updates
}

/** Bytes a waiting message takes. */
const sizeOf = (message: WireMessage) => recordBytes + frameBytesOf(message)
export const sizeOfFrame = (frame: Pick<Frame, 'records' | 'bytes'>): number =>
  frame.records.byteLength + frame.bytes.byteLength
