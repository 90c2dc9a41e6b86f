import { z } from 'zod'
import type { AppError } from '#shared/result'
import { draftIdSchema } from './drafts'
import type { ProfileId } from './profile'
import { publishFileRequestSchema, publishRequestSchema } from './publish'
import type { Qos } from './qos'
import { seriesIntervals } from './seriesIntervals'
import { templateRequestSchema } from './template'

/**
 * A message that is sent every so many milliseconds, on one connection and from one draft. What is in a file is read once, when the
 * series starts; a template is rendered anew for each message.
 */
export const seriesRequestSchema = z.object({
  draftId: draftIdSchema,
  intervalMs: z.number().int().min(seriesIntervals.least).max(seriesIntervals.most),
  message: z.union([publishRequestSchema, publishFileRequestSchema, z.object({ template: templateRequestSchema })]),
})
export type SeriesRequest = z.infer<typeof seriesRequestSchema>

/** What became of the messages of a series. */
export interface SeriesCounts {
  /** Given to the connection. */
  readonly sent: number
  /** Written to the socket (QoS 0), or completed by the broker (QoS 1 and 2). */
  readonly done: number
  readonly refused: number
  /** The connection ended before an answer, and they are not sent again. */
  readonly lost: number
  /** The connection ended before an answer; they are sent again when the session is resumed. */
  readonly interrupted: number
  /** Not sent, because the broker or this computer could not keep up with the interval. */
  readonly skipped: number
}

/** Why a series is over. `impossible`: a message was not sent, and the next ones would not be either, for the same reason. */
export type SeriesEnd =
  | { readonly kind: 'stopped' }
  | { readonly kind: 'connectionEnded'; readonly error: AppError | null }
  | { readonly kind: 'impossible'; readonly error: AppError }

export interface SeriesStatus {
  readonly connectionId: ProfileId
  readonly draftId: string
  readonly topic: string
  readonly qos: Qos
  readonly intervalMs: number
  readonly counts: SeriesCounts
  /** The first refusal; a series goes on after it. */
  readonly firstRefusal: AppError | null
  /** Null = it is running. */
  readonly end: SeriesEnd | null
}
