import { z } from 'zod'
import { topicFilterProblem } from '#shared/mqtt/topicFilter'

/** Whether the messages of a connection are kept on disk: none, all, or those that the rest of the settings lets through. */
export const historyModes = ['off', 'on', 'filtered'] as const
export type HistoryMode = (typeof historyModes)[number]

const filtersSchema = z
  .array(
    z.string().superRefine((filter, context) => {
      if (topicFilterProblem(filter)) context.addIssue({ code: 'custom', message: 'filter' })
    }),
  )
  .max(1_000, 'tooLong')

export const historySettingsSchema = z.object({
  mode: z.enum(historyModes).default('off'),
  /** These count where the mode is `filtered`. */
  incoming: z.boolean().default(true),
  outgoing: z.boolean().default(true),
  /** Topic Filters; none = every topic. */
  include: filtersSchema.default([]),
  /** What these match is not kept, whatever `include` says. */
  exclude: filtersSchema.default([]),
})
export type HistorySettings = z.infer<typeof historySettingsSchema>

/**
 * Why messages are missing on disk. `busy` = more came than the disk took; `disk` = it was full, or refused; `window` = the inbox
 * was full; `skipped` = larger than is wanted; `killed` = the application ended without finishing, and what it had not written is
 * lost; `damaged` = they cannot be read any more.
 */
export type HistoryGapCause = 'busy' | 'disk' | 'window' | 'skipped' | 'killed' | 'damaged'

/** Messages that are missing between two others. */
export interface HistoryGap {
  readonly cause: HistoryGapCause
  /** Null = nobody knows how many. */
  readonly messages: number | null
  /** When the first and the last of them came, or about when, in milliseconds since 1970; null = nobody knows. */
  readonly from: number | null
  readonly to: number | null
}

/** The event of a recording that says of a gap, and what it says: the cause and how many, or `unknown`. */
export const missingEvent = 'missing'
export const missingText = ({ cause, messages }: Pick<HistoryGap, 'cause' | 'messages'>): string =>
  `${cause} ${messages ?? 'unknown'}`
/** The other way round; null = it is no such text. */
export const missingIn = (text: string): { readonly cause: string; readonly messages: number | null } | null => {
  const found = /^([a-z]{1,20}) (?:(\d{1,15})|unknown)$/.exec(text)
  return found ? { cause: found[1] ?? '', messages: found[2] === undefined ? null : Number(found[2]) } : null
}

/** A piece of the history: one file. */
export interface HistorySegment {
  /** The number of its first message: messages on disk are numbered from 1 on, without holes. */
  readonly first: number
  readonly messages: number
  /** What it takes on disk. */
  readonly bytes: number
  /** When its first and last message came, in milliseconds since 1970; null = it has none. */
  readonly from: number | null
  readonly to: number | null
}

/** `idle` = nothing is written now; `full` and `failed` = it waits until the disk takes something again. */
export type HistoryPhase = 'idle' | 'recording' | 'full' | 'failed'

/** What of a connection is on disk, and whether it is written. */
export interface HistoryStatus {
  readonly connectionId: string
  readonly phase: HistoryPhase
  /** From old to new. */
  readonly segments: readonly HistorySegment[]
  /** The newest ones, from old to new. */
  readonly gaps: readonly HistoryGap[]
  /** All of them, also older ones; and the messages that they count. */
  readonly gapCount: number
  readonly missing: number
}

/** What stands in the log where it was read from disk, and is no message. */
export type HistoryMark =
  /** Older messages are on disk that the log does not have. */
  | { readonly kind: 'earlier'; readonly messages: number; readonly from: number | null }
  | { readonly kind: 'gap'; readonly gap: HistoryGap }
  /** What follows came in this run of the application. */
  | { readonly kind: 'now'; readonly time: number }
