import { topicNameProblem } from '#shared/mqtt/topicFilter'
import type { PublishPropertySet } from '#shared/mqtt/publishProperties'
import type { Qos } from '#shared/model/qos'

/** A message as a recording has it. What the recording does not say is null. */
export interface RecordedMessage {
  /** Nanoseconds since 1970 in UTC. */
  readonly time: bigint | null
  readonly topic: string
  readonly payload: Uint8Array
  readonly qos: Qos
  readonly retain: boolean
  readonly dup: boolean
  /** As seen from the client: `out` = it sent the message. */
  readonly direction: 'in' | 'out' | null
  /** A name of the connection, or its client identifier. */
  readonly connection: string | null
  readonly packetId: number | null
  readonly properties: PublishPropertySet
}

/** Where in a recording something stands, counted from 1. */
export interface RecordingPlace {
  readonly unit: 'line' | 'message' | 'frame'
  readonly number: number
}

/** Why a message of a recording cannot be taken. */
export type RefusalReason =
  | 'emptyLine'
  | 'notJson'
  | 'notXml'
  | 'notCsv'
  | 'noMessage'
  | 'badTopic'
  | 'badQos'
  | 'badTime'
  | 'badProperties'
  | 'noPayload'
  | 'badPayload'
  | 'cutShort'
  | 'otherLength'
  | 'badFrame'
  | 'badPacket'
  | 'encrypted'
  | 'lostBytes'
  | 'otherVersion'
  /** Whatever wrote it came to no end: what came after the last line is missing. */
  | 'noEnd'
  | 'tooLong'
  /** It came, and what kept the messages could not keep it. */
  | 'notKept'

/** What is known to be otherwise than it was sent, or was guessed. */
export type RecordingNote = 'rewritten' | 'zoneGuessed' | 'lossy' | 'ambiguous' | 'versionGuessed' | 'noTime'

export type RecordingItem =
  | {
      readonly kind: 'message'
      readonly message: RecordedMessage
      readonly place: RecordingPlace
      readonly notes: readonly RecordingNote[]
    }
  | {
      readonly kind: 'refused'
      readonly place: RecordingPlace
      readonly reason: RefusalReason
      readonly detail?: string
    }
  /** What else a recording of our own has: an event of the connection, a bookmark. A line of JSON. */
  | { readonly kind: 'mark'; readonly place: RecordingPlace; readonly json: string }

/** Thrown by what reads one message; whoever reads the whole recording says the place and goes on. */
export class Refusal extends Error {
  constructor(
    readonly reason: RefusalReason,
    readonly detail?: string,
  ) {
    super(reason)
  }
}

interface KnownParts extends Partial<Omit<RecordedMessage, 'topic' | 'payload' | 'qos'>> {
  readonly topic: string
  readonly payload: Uint8Array
  readonly qos: number
}

/** Throws a `Refusal` where no PUBLISH can have these. */
export const messageOf = ({ topic, payload, qos, ...rest }: KnownParts): RecordedMessage => {
  const problem = topicNameProblem(topic)
  if (problem) throw new Refusal('badTopic', problem.code)
  if (qos !== 0 && qos !== 1 && qos !== 2) throw new Refusal('badQos', String(qos))
  return { ...unknown, ...rest, topic, payload, qos }
}

const unknown = {
  time: null,
  retain: false,
  dup: false,
  direction: null,
  connection: null,
  packetId: null,
  properties: {},
} as const

/** One message read by `read`, or why there is none. */
export const itemOf = (
  place: RecordingPlace,
  read: () => { readonly message: RecordedMessage; readonly notes?: readonly RecordingNote[] },
): RecordingItem => {
  try {
    const { message, notes = [] } = read()
    return { kind: 'message', message, place, notes }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const { reason, detail } = error
    return { kind: 'refused', place, reason, ...(detail === undefined ? {} : { detail }) }
  }
}
