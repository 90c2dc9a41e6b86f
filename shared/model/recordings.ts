import { z } from 'zod'
import type { RecordingNote, RecordingPlace, RefusalReason } from '#shared/recording/recordedMessage'
import { exportFormats } from '#shared/recording/exportFormat'
import type { AppError } from '#shared/result'
import { profileIdSchema } from './profile'
import { qosSchema } from './qos'

/** What a connection keeps on disk, from one time up to another. */
export interface RecordedStretch {
  /** Whose messages these are. */
  readonly connectionId: string
  /** Milliseconds since 1970: from then on, and before then; null = all. */
  readonly from: number | null
  readonly to: number | null
  /** How many there were when it was opened. */
  readonly messages: number
}

/** A recording that was opened: a connection of its own kind, whose messages are those of a file, or of a history. */
export interface OpenedRecording {
  readonly connectionId: string
  /** The last part of its path; of a stretch its name. */
  readonly file: string
  /** The name of the reader that its content chose. */
  readonly format: string
  /** The stretch of a history that it is; null = it is a file. */
  readonly stretch: RecordedStretch | null
  /** Of the file, as it is on disk; of a stretch 0. */
  readonly bytes: number
  readonly bytesRead: number
  readonly messages: number
  /** The first and the last time in it, in milliseconds since 1970; null = no message has one yet. */
  readonly from: number | null
  readonly to: number | null
  /** What could not be read, in all; `openedRecording.refused` has the first of them. */
  readonly refused: number
  /** How many messages are not as they were sent, or were guessed at. */
  readonly notes: Readonly<Partial<Record<RecordingNote, number>>>
  readonly phase: 'reading' | 'whole' | 'stopped' | 'failed'
  /** Why it failed. */
  readonly error: AppError | null
}

/** Something of a recording that is no message, and why. */
export interface RefusedPart {
  readonly place: RecordingPlace
  readonly reason: RefusalReason
  readonly detail: string
}

/** So many of what could not be read are kept to be told. */
export const mostRefusedKept = 10_000

/** An event or a bookmark that stood in a recording, before the message with this sequence number. */
export interface RecordedMark {
  readonly before: number
  /** Milliseconds since 1970; null = it says none. */
  readonly time: number | null
  readonly kind: 'event' | 'bookmark'
  /** Of an event its name, of a bookmark its note. */
  readonly text: string
  /** What else an event says; of a bookmark the topic of its message. */
  readonly detail: string
}

/** What a connection's messages are written to. */
export interface RecorderStatus {
  readonly connectionId: string
  readonly file: string
  /** Milliseconds since 1970. */
  readonly since: number
  readonly messages: number
  readonly bytes: number
  /** Messages that could not be kept, because the disk was too slow or full. */
  readonly missed: number
  /** Why nothing can be written now, which is tried again; null = it can. */
  readonly trouble: AppError | null
  /** Null = it is recording. */
  readonly end: 'stopped' | 'connectionRemoved' | null
}

/** What of a recording is exported, as it is read from its file once more: also what the log has no room for. */
export const recordingExportSchema = z.object({
  connectionId: profileIdSchema,
  /** Of the file or folder, as the dialog proposes it. */
  suggestedName: z.string().max(200),
  format: z.enum(exportFormats),
  /** Of lines by a template. */
  template: z.string().max(10_000),
  /** Topics; null = all. */
  filter: z.string().max(65_535).nullable(),
})
export type RecordingExportPlan = z.infer<typeof recordingExportSchema>

/** How far such an export is. */
export interface RecordingExportProgress {
  readonly connectionId: string
  /** Messages that the disk has taken. */
  readonly written: number
  /** Messages that were looked at, and of how many. */
  readonly read: number
  readonly total: number
}

/** What became of it; `path` null = it was cancelled, and nothing is left of it. */
export interface RecordingExportEnd {
  readonly written: number
  readonly path: string | null
}

export const bookmarkSchema = z.object({
  connectionId: profileIdSchema,
  /** Milliseconds since 1970. */
  time: z.number(),
  topic: z.string().max(65_535),
  note: z.string().max(10_000),
})

export const replayLimits = {
  factor: { least: 0.01, most: 1_000 },
  filters: 100,
  rewrites: 50,
} as const

const topicTextSchema = z.string().max(65_535)

export const replayPlanSchema = z.object({
  /** The connection whose recording is sent, and the one that it is sent on. */
  sourceId: profileIdSchema,
  connectionId: profileIdSchema,
  /** `recorded` = at their times, so many times as fast; `fast` = as fast as it is acknowledged; `step` = one at a time. */
  pace: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('recorded'),
      factor: z.number().min(replayLimits.factor.least).max(replayLimits.factor.most),
    }),
    z.object({ kind: z.literal('fast') }),
    z.object({ kind: z.literal('step') }),
  ]),
  /** Milliseconds since 1970: messages from then on, and before then; null = all. */
  from: z.number().nullable(),
  to: z.number().nullable(),
  /** Filters of which one matches each message that is sent; none = all are. */
  include: z.array(topicTextSchema).max(replayLimits.filters),
  exclude: z.array(topicTextSchema).max(replayLimits.filters),
  /** The first whose filter matches makes the topic anew. */
  rewrites: z.array(z.object({ filter: topicTextSchema, topic: topicTextSchema })).max(replayLimits.rewrites),
  /** Stands in front of each topic, and of each response topic. */
  prefix: topicTextSchema,
  /** Which of the messages: those that the client received, those that it sent, or all. */
  direction: z.enum(['all', 'in', 'out']),
  /** Leaves out what came back of what the client sent. */
  withoutEchoes: z.boolean(),
  /** Null = as recorded. */
  qos: qosSchema.nullable(),
  retain: z.boolean().nullable(),
  keepsProperties: z.boolean(),
})
export type ReplayPlan = z.infer<typeof replayPlanSchema>

export const replayControlSchema = z.object({
  connectionId: profileIdSchema,
  act: z.enum(['pause', 'resume', 'step', 'stop', 'dismiss']),
})

export interface ReplayStatus {
  readonly connectionId: string
  readonly sourceId: string
  readonly sourceName: string
  readonly pace: ReplayPlan['pace']
  /** Of the messages in the recording. */
  readonly total: number
  /** Read so far, whether sent or left out. */
  readonly read: number
  readonly sent: number
  readonly acknowledged: number
  readonly refused: number
  readonly lost: number
  /** Not sent: by the filters, from and to, or the direction. */
  readonly leftOut: number
  readonly echoes: number
  /** Could not be sent as they are: the first reason is `firstProblem`. */
  readonly unsendable: number
  readonly firstProblem: AppError | null
  /** Milliseconds by which messages went out later than their time: on average, and at most. */
  readonly driftMs: { readonly mean: number; readonly most: number }
  readonly phase: 'running' | 'paused' | 'finished' | 'stopped' | 'connectionEnded' | 'failed'
  readonly error: AppError | null
}
