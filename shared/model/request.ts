import { z } from 'zod'
import type { AppError } from '#shared/result'
import { sentMessageSchema } from './sender'
import { templateRequestSchema } from './template'

/** Milliseconds that a request waits for its answer. */
export const requestTimeout = { least: 1, most: 3_600_000, first: 5_000 } as const

/** Requests and unmatched answers of a connection that are remembered, the newest ones. */
export const mostExchanges = 500

/** The response topic of what cannot name one, from that of the request. */
export const firstResponsePattern = '{{ topic }}/response'

/** A message that waits for an answer. */
export const requestSchema = templateRequestSchema.extend({
  ...sentMessageSchema.shape,
  /**
   * Before MQTT 5, which has no response topic in the message: the one its answer is expected on, a template in which `topic` is
   * that of the request.
   */
  responsePattern: z.string().max(2 * 65_535),
  timeoutMs: z.number().int().min(requestTimeout.least).max(requestTimeout.most),
})
export type RequestToSend = z.infer<typeof requestSchema>

/**
 * `subscribing`: it is sent when the broker has granted its response topic. `late`: its answer came after the time-out. `refused`:
 * it was not sent, or the broker refused it or its response topic. `unmatched`: an answer that belongs to no request.
 */
export const exchangeStates = [
  'subscribing',
  'waiting',
  'answered',
  'timedOut',
  'late',
  'refused',
  'unmatched',
] as const
export type ExchangeState = (typeof exchangeStates)[number]

/** Why an answer belongs to no request: it has no correlation data, one that no request had, or that of one with an answer. */
export type UnmatchedReason = 'noCorrelation' | 'unknown' | 'again'

/** A request with its answer, or an answer without a request. Sequence numbers are those of the log. */
export interface Exchange {
  /** 1, 2, ... on its connection. */
  readonly id: number
  readonly state: ExchangeState
  /** Of the request; '' = there is none. */
  readonly topic: string
  readonly responseTopic: string
  /** In hex; '' = it has none. Of an answer that belongs to no request only the beginning, with … behind it. */
  readonly correlationData: string
  /** When it was sent, or the unmatched answer came. Milliseconds since 1970. */
  readonly at: number
  readonly timeoutMs: number
  /** Null = none, or it is not known yet. */
  readonly requestSequence: number | null
  readonly answerSequence: number | null
  /** From the moment it was sent until its answer came. */
  readonly roundTripMs: number | null
  /** The broker said that nobody has subscribed to its topic (MQTT 5 §3.4.2.1). */
  readonly isUnheard: boolean
  readonly error: AppError | null
  readonly unmatched: UnmatchedReason | null
}

/** Of the round trips of all answers, late ones too. Milliseconds. */
export interface RoundTrips {
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly most: number
}

export interface ExchangeSummary {
  readonly counts: Readonly<Record<ExchangeState, number>>
  /** Null = no answer came. */
  readonly roundTrips: RoundTrips | null
}

/** What became of the requests of a connection. */
export interface ExchangesChange {
  readonly connectionId: string
  /** Those that changed; with `isAll` all there are. */
  readonly exchanges: readonly Exchange[]
  readonly isAll: boolean
  readonly summary: ExchangeSummary
}
