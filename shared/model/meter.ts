import { z } from 'zod'
import type { AppError } from '#shared/result'
import { topicFilterProblem } from '#shared/mqtt/topicFilter'
import { profileIdSchema, type ProfileId } from './profile'
import type { Qos } from './qos'
import { senderRequestSchema } from './sender'

/** What a meter may be told, at most. */
export const meterLimits = {
  /** Milliseconds: from one to an hour. */
  lateAfterMs: { least: 1, most: 3_600_000, first: 1_000 },
  /** Meters that are remembered, running ones and those that are over. */
  meters: 32,
} as const

/**
 * Where the stamp of a message stands. `payload`: in front of its payload. `jsonField`: in a field of its JSON payload.
 * `userProperty`: in a User Property (MQTT 5 §3.3.2.3.7). `topicLevel`: as a last level of its topic.
 */
export const stampCarriers = ['payload', 'jsonField', 'userProperty', 'topicLevel'] as const
export type StampCarrier = (typeof stampCarriers)[number]

const stampPlaceSchema = z.object({
  carrier: z.enum(stampCarriers),
  /** Of the field, or of the property. */
  name: z.string().min(1).max(64),
})
export type StampPlace = z.infer<typeof stampPlaceSchema>

/** Compares what is sent with what arrives. */
export const meterRequestSchema = z.object({
  meterId: z.string().min(1).max(64),
  stamp: stampPlaceSchema,
  /** What is sent; null = others send, and stamp as we do. */
  send: senderRequestSchema
    // The order of messages is promised for one client (MQTT 5 §4.6).
    .refine(({ plan }) => plan.devices.clients === 'shared', 'One client sends.')
    .nullable(),
  receive: z.object({
    connectionId: profileIdSchema,
    filter: z.string().refine((filter) => topicFilterProblem(filter) === null, 'Not a topic filter.'),
  }),
  /** A message that comes later than this is late; one that has not come by then counts as lost until it comes. */
  lateAfterMs: z.number().int().min(meterLimits.lateAfterMs.least).max(meterLimits.lateAfterMs.most),
})
export type MeterRequest = z.infer<typeof meterRequestSchema>

export const meterKeySchema = z.object({ meterId: z.string().min(1).max(64) })
export type MeterKey = z.infer<typeof meterKeySchema>

/** How messages arrived; each arrival is one of `received` or of those that follow it up to `forgotten`. */
export interface ArrivalCounts {
  /** Messages that came, each once. */
  readonly received: number
  /** Came again, and nothing that MQTT allows explains it. */
  readonly duplicated: number
  /** Came again marked DUP, or before its QoS 2 handshake was over: sent again as MQTT wants it (§4.4). */
  readonly redelivered: number
  /** Came again for another subscription that matches it too (§3.3.4). */
  readonly copies: number
  /** Came again because we sent it again after our connection had ended (§4.4). */
  readonly resent: number
  /** Came because the broker had stored it. */
  readonly stored: number
  /** Came so long after the others that it is not known any more whether it had come. */
  readonly forgotten: number
  /** Of those received: came after one of the same topic and QoS that was sent after it. */
  readonly reordered: number
  /** Of those received: came later than a message may. */
  readonly late: number
  /** Of those received: came with a lower QoS than they were sent with. */
  readonly lowered: number
}

export interface MeterCounts extends ArrivalCounts {
  readonly sent: number
  /** Not here, neither refused nor still in time. */
  readonly lost: number
  /** Not here, and still in time. */
  readonly waiting: number
  /** The broker acknowledged them with a reason code that says no. */
  readonly refused: number
  /** The broker said that nobody has subscribed to their topic (MQTT 5 §3.4.2.1). */
  readonly unheard: number
  /** With QoS 1 or 2, and the broker has not acknowledged them. */
  readonly unacknowledged: number
}

/** How long messages took, in milliseconds. */
export interface LatencyBin {
  readonly from: number
  readonly to: number
  readonly count: number
}

/** Percentiles are at most a hundredth too large; least and most are exact. */
export interface Latencies {
  readonly count: number
  readonly least: number
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly most: number
  /** From the shortest to the longest, without empty ones at both ends. */
  readonly bins: readonly LatencyBin[]
}

/** Of those that came with this QoS. */
export interface QosLatencies extends Latencies {
  readonly qos: Qos
}

/**
 * Messages of somebody else that stamps as we do. How far that clock is from ours is not known: times are those above the shortest
 * one that was seen.
 */
export interface ForeignRun {
  readonly run: string
  readonly counts: ArrivalCounts
  /** Between the lowest and the highest number that came, and not here. */
  readonly missing: number
  /** Of the last thousands. */
  readonly aboveLeast: Latencies | null
}

/** Something that is to be known when the numbers are read. */
export type MeterNote = 'sharedSubscription' | 'topicsHaveNoOrder' | 'receiverWasAway' | 'moreForeignRuns'

/** `settling`: all is sent, and what comes late is waited for. */
export type MeterPhase =
  | { readonly kind: 'subscribing' }
  | { readonly kind: 'running' }
  | { readonly kind: 'settling' }
  | { readonly kind: 'finished'; readonly why: 'complete' | 'stopped' | 'connectionEnded' }
  | { readonly kind: 'failed'; readonly error: AppError }

export interface MeterStatus {
  readonly meterId: string
  /** In its stamps. */
  readonly run: string
  /** Null = others send. */
  readonly sendOn: ProfileId | null
  /** Of the first message, as the plan has it; '' = others send. */
  readonly topic: string
  readonly receiveOn: ProfileId
  readonly filter: string
  readonly stamp: StampPlace
  readonly lateAfterMs: number
  readonly phase: MeterPhase
  /** Milliseconds since 1970. */
  readonly startedAt: number
  /** Null = it is not over. */
  readonly endedAt: number | null
  /** Messages to send in all; null = until it is stopped. */
  readonly planned: number | null
  /** What the broker granted for the filter; null = not granted yet. */
  readonly grantedQos: Qos | null
  readonly counts: MeterCounts
  /** Of our own messages, which were sent and came by one steady clock. */
  readonly latencies: Latencies | null
  /** From the lowest QoS to the highest, without those with which none came. */
  readonly byQos: readonly QosLatencies[]
  readonly firstRefusal: AppError | null
  readonly foreign: readonly ForeignRun[]
  readonly notes: readonly MeterNote[]
}

/** Whether it still counts. */
export const isMeasuring = ({ phase }: Pick<MeterStatus, 'phase'>): boolean =>
  phase.kind !== 'finished' && phase.kind !== 'failed'
