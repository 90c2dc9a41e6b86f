import type { PublishFields } from '../packets/publishReader'
import { newEntry, type TopicEntry } from './topicTable'

/**
 * A PUBLISH that came or goes, where its bytes lie: `source` from `start` holds its properties and, from `payloadStart`
 * to `end`, its payload. The object may be filled anew for the next message, so whoever keeps something copies it.
 */
export interface WireMessage extends Omit<PublishFields, 'topicStart' | 'topicEnd' | 'topicAlias'> {
  /** Milliseconds since 1970. */
  readonly time: number
  /** `time - clockShift` is the steady time. */
  readonly clockShift: number
  readonly topic: TopicEntry
}

/**
 * What a message is beside what it brought. `own` = it is told and counted for itself; `copy` = a further copy of one that
 * was told, for another subscription; `redelivery` = a QoS 2 PUBLISH that was told and is not released yet; `sent` = ours.
 */
export type MessageKind = 'own' | 'copy' | 'redelivery' | 'sent'

/** The judgement on a message. The object may be filled anew for the next one. */
export interface MessageMarks {
  readonly kind: MessageKind
  readonly matchSetId: number
  /** Of frame.ts, beside those the message brought: copy, repeat, stored. */
  readonly flags: number
}

/** Of a message of ours: no subscription brought it. */
export const sentMarks: MessageMarks = { kind: 'sent', matchSetId: 0, flags: 0 }

/** Stands for a topic until one is read. */
export const noTopic = newEntry(0, '')
