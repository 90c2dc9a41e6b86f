// Why it is so: build/docs/decisions/13-messages-cross-in-frames.md
// Why it is so: build/docs/decisions/14-large-payloads-cross-as-their-head.md
// Why it is so: build/docs/decisions/33-a-stored-message-is-no-sign-of-life.md
import type { ClockReading } from './clock'
import type { HistoryMark } from './history'
import type { ProfileId } from './profile'

/**
 * Messages cross from the main process to the window in frames: numbers in one buffer, bytes in another, each topic
 * string and each set of matched subscriptions sent once. A frame belongs to one connection and its messages have
 * consecutive sequence numbers, so a sequence number is `firstSequence + index`.
 *
 * Record layout, little-endian, 32 bytes:
 *   0 float64 time, ms since 1970      8 uint32 topic id         12 uint32 offset of the message's bytes
 *  16 uint32 length of properties     20 uint32 length of payload, in full
 *  24 uint32 match set id             28 uint16 packet id (0 = none)   30 uint16 flags
 * A message's bytes are its MQTT 5 property section as it stood on the wire (without its length), then its payload.
 * A topic that has no number because the limit of topics was reached stands in front of them, in UTF-8; the topic id is
 * then `unnumberedTopic` plus its length, and the offset is where the properties begin.
 */
export const recordBytes = 32

/** In the topic id: the topic has no number, and the other bits are its length in bytes. */
export const unnumberedTopic = 2 ** 31
/** The length of the topic that stands in front of a message's properties; 0 = the topic has a number. */
export const unnumberedTopicBytes = (topicId: number): number =>
  topicId >= unnumberedTopic ? topicId - unnumberedTopic : 0

export const flags = {
  qosMask: 0b11,
  retain: 1 << 2,
  dup: 1 << 3,
  outgoing: 1 << 4,
  /** Only the first `payloadHeadBytes` of the payload are here; its length is told in full. */
  head: 1 << 5,
  /** Equals the message before it on its topic, received at most half a second earlier; not set on what is marked DUP. */
  repeat: 1 << 6,
  /** A further copy of a message that was told before, for the subscriptions of its match set; not in `received`. */
  copy: 1 << 7,
  /** Kept by the server and sent because of a SUBSCRIBE: it says nothing of when it was published. */
  stored: 1 << 8,
} as const

/** A payload longer than `wholePayloadBytes` crosses as its first `payloadHeadBytes`; the main process keeps all of it. */
export const wholePayloadBytes = 2 ** 20
export const payloadHeadBytes = 64 * 2 ** 10

/** The most of a payload that one `payload.read` answers. */
export const payloadSliceBytes = 4 * 2 ** 20

/** How many of a payload's bytes stand in a frame. */
export const carriedPayloadBytes = (payloadLength: number, bits: number): number =>
  (bits & flags.head) === 0 ? payloadLength : payloadHeadBytes

/**
 * What became of an outgoing message. `received` = PUBREC came, PUBCOMP has not; `refused` carries the broker's reason
 * code; `violated` = it was answered against the protocol, and is not delivered as asked; `interrupted` = the connection
 * ended first, and it is sent again when the session is resumed; `held` = the broker closes on it, so it waits for a
 * person; `dropped` = a person gave it up; `closedAfter` = QoS 0, and the broker closed right after it; `lost` = the
 * connection ended first, and it is not sent again.
 */
export const deliveryStates = [
  'queued',
  'sent',
  'received',
  'acknowledged',
  'refused',
  'violated',
  'interrupted',
  'held',
  'dropped',
  'closedAfter',
  'lost',
] as const
export type DeliveryState = (typeof deliveryStates)[number]

export interface DeliveryUpdate {
  readonly sequence: number
  readonly state: DeliveryState
  readonly reasonCode: number
  readonly at: number
}

/** Counted by the session from its creation, whatever was evicted or dropped later. */
export interface SessionTotals {
  readonly received: number
  readonly sent: number
  readonly dropped: number
  /** Messages that were too large to be taken; not in `received`. */
  readonly skipped: number
  /** Further copies of received messages, sent because several subscriptions match; not in `received`. */
  readonly copies: number
  /** Deliveries marked DUP, and QoS 2 messages that came again before PUBREL; of the latter the log has the first only. */
  readonly redeliveries: number
  /** Received messages with the flag `repeat`. */
  readonly repeats: number
  /** Received messages with the flag `stored`; no rate counts them. */
  readonly stored: number
  readonly bytesIn: number
  readonly bytesOut: number
}

export const noTotals: SessionTotals = {
  received: 0,
  sent: 0,
  dropped: 0,
  skipped: 0,
  copies: 0,
  redeliveries: 0,
  repeats: 0,
  stored: 0,
  bytesIn: 0,
  bytesOut: 0,
}

/** A message that was not taken: its packet, or the properties in it, are larger than is wanted. */
export interface SkippedMessage {
  /** Milliseconds since 1970. */
  readonly time: number
  readonly topic: string
  /** Of the whole packet. */
  readonly bytes: number
  readonly cause: 'packet' | 'properties'
}

export interface SubscriptionTotals {
  readonly subscriptionId: string
  readonly messages: number
  /** Those of them with the flag `stored`. */
  readonly stored: number
  /** When the newest that was not stored came, on the steady clock; 0 = none did. */
  readonly lastAt: number
}

/** Topics that messages came for and that are not kept, because the limit of topics is reached. */
export interface UnkeptTopics {
  readonly topics: number
  /** False = about as many: exact numbers would need room for the topics. */
  readonly isExact: boolean
  readonly messages: number
}

/** `serverSession` of messages that were read from disk: they came in earlier runs, and no topic of now is known by them. */
export const earlierSession = -1
/** Numbers that topics of such messages may have; those of now come after them. Further topics have none. */
export const mostEarlierTopics = 2 ** 20

export interface Frame {
  readonly connectionId: ProfileId
  readonly firstSequence: number
  readonly count: number
  /** Messages between the previous frame of this connection and this one that the bounded inbox had to drop. */
  readonly droppedBefore: number
  /** Messages between them that were too large to be taken; absent = none. */
  readonly skippedBefore?: readonly SkippedMessage[]
  /** What stands before its messages where they were read from disk; absent = nothing. */
  readonly marks?: readonly HistoryMark[]
  /** Goes up when the person connects and the server begins a new session: what the window keeps of topics begins anew. */
  readonly serverSession: number
  /** `time - clockShift` is the steady time of each of its messages (clock.ts). */
  readonly clockShift: number
  /** Topics with lower numbers were forgotten: no later frame names them. */
  readonly topicsFrom: number
  /** Topics first seen in this frame; the first has id `firstTopicId`, the next one more, and so on. Per connection. */
  readonly firstTopicId: number
  readonly newTopics: readonly string[]
  /** Match sets first seen in this frame, numbered like topics: ids of the subscriptions whose filter matches. */
  readonly firstMatchSetId: number
  readonly newMatchSets: readonly (readonly string[])[]
  /** `count * recordBytes` bytes, exactly. */
  readonly records: Uint8Array
  readonly bytes: Uint8Array
}

/** About the most messages of a batch: taking in more would delay the window's next animation frame. */
export const batchMessages = 16_384

/** What changed on one connection since the last batch. */
export interface ConnectionNews {
  readonly connectionId: ProfileId
  readonly totals: SessionTotals
  readonly subscriptions: readonly SubscriptionTotals[]
  readonly deliveries: readonly DeliveryUpdate[]
  /** As in frames. It holds for what comes after the frames of this batch. */
  readonly serverSession: number
  readonly unkept: UnkeptTopics
}

/** What waited for the window when it asked, or as much of it as a batch carries. */
export interface Batch {
  readonly frames: readonly Frame[]
  readonly connections: readonly ConnectionNews[]
  /** Messages are left behind it: ask again soon. */
  readonly more: boolean
}

/** A batch as the window gets it, with the main process's clock as it read then. */
export interface TimedBatch extends Batch {
  readonly clock: ClockReading
}
