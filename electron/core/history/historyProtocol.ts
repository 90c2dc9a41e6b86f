import type { HistorySettings, HistoryStatus } from '#shared/model/history'
import type { HistoryLimits } from './historyFolder'
import type { HistoryMeasure } from './historyMeasure'
import type { HistoryPiece, HistoryRange } from './historyReader'
import type { RecordedFrame } from './historyRecorder'

/** What a thread of a history is started with. */
export interface HistoryThreadStart {
  /** A file from which packages are found. */
  readonly anchor: string
}

interface Asked<Name extends string, Input, Answer> {
  readonly kind: Name
  readonly input: Input
  /** Exists for the type only. */
  readonly answer?: Answer
}

export interface RecordingStart {
  readonly connectionId: string
  readonly folder: string
  readonly settings: HistorySettings
  readonly limits: HistoryLimits
}

/** What is asked of a thread, with what it answers. */
export type HistoryQuestion =
  /** Looks at what is on disk and repairs it; the connection is recorded from then on. */
  | Asked<'begin', RecordingStart, HistoryStart>
  /** Commits and closes; the status that is answered is the last one. */
  | Asked<'end', { readonly connectionId: string }, HistoryStatus | null>
  /** Commits what it was given. */
  | Asked<'flush', { readonly connectionId: string }, HistoryStatus | null>
  /** What is on disk of one that is not recorded. */
  | Asked<'look', { readonly connectionId: string; readonly folder: string }, HistoryStatus>
  /** Everything on disk goes. A connection that is recorded goes on with a new beginning. */
  | Asked<'remove', { readonly connectionId: string; readonly folder: string }, null>
  | Asked<
      'read',
      { readonly cursor: number; readonly folder: string; readonly range: HistoryRange },
      HistoryPiece | null
    >
  | Asked<'measure', { readonly folder: string; readonly range: HistoryRange }, HistoryMeasure>
  | Asked<'closeCursor', { readonly cursor: number }, null>
  | Asked<
      'payload',
      { readonly folder: string; readonly seq: number; readonly from: number; readonly to: number },
      Uint8Array | null
    >

export type HistoryAnswer<Kind extends HistoryQuestion['kind']> = Exclude<
  Extract<HistoryQuestion, { kind: Kind }>['answer'],
  undefined
>

export interface HistoryStart {
  /** The number of the next message; null = the disk does not say. */
  readonly next: number | null
  readonly status: HistoryStatus
}

export type ToHistoryThread =
  | { readonly kind: 'ask'; readonly ask: number; readonly question: HistoryQuestion }
  | { readonly kind: 'frame'; readonly connectionId: string; readonly bytes: number; readonly recorded: RecordedFrame }
  | { readonly kind: 'settings'; readonly connectionId: string; readonly settings: HistorySettings }
  | { readonly kind: 'limits'; readonly limits: HistoryLimits }

export type FromHistoryThread =
  | { readonly kind: 'answer'; readonly ask: number; readonly answer: unknown }
  | { readonly kind: 'failed'; readonly ask: number; readonly message: string }
  /** So many bytes of frames were written, and wait no more. */
  | { readonly kind: 'taken'; readonly connectionId: string; readonly bytes: number }
  /** `committed` = messages that are on disk for sure, of those it was given since it began. */
  | { readonly kind: 'status'; readonly status: HistoryStatus; readonly committed: number }
