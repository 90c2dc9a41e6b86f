import { z } from 'zod'
import {
  bookmarkSchema,
  replayControlSchema,
  recordingExportSchema,
  replayPlanSchema,
  type RecorderStatus,
  type RecordingExportEnd,
  type RefusedPart,
} from '../model/recordings'
import { answers, byConnection, nothing } from './answers'

/** Recordings that are opened, made and replayed. */
export const recordingCommands = {
  /**
   * Asks for a recording and opens it as a connection of its own, which comes into view; null = cancelled. Its messages come as
   * those of a broker do. Fails as reading a file does, and with `recordingEmpty` and `recordingUnknown`.
   */
  'openedRecording.choose': answers<{ readonly connectionId: string } | null>()(nothing),
  /** The same with the file that was dropped onto the window last; null = none was. */
  'openedRecording.takeDropped': answers<{ readonly connectionId: string } | null>()(nothing),
  /** Reads no more of it; what was read stays. */
  'openedRecording.stop': answers<null>()(byConnection),
  'openedRecording.close': answers<null>()(byConnection),
  /**
   * Asks where to and writes its messages there, as they are read from its file; answers when it is over, null = cancelled in the
   * dialog. `openedRecording.exporting` tells how far it is. Fails with `notFound`, `fileNotWritten`, `fileUnreadable`,
   * `topicFilterInvalid` and `exportRuns`.
   */
  'openedRecording.export': answers<RecordingExportEnd | null>()(recordingExportSchema),
  /** Nothing is left of what was written. */
  'openedRecording.cancelExport': answers<null>()(byConnection),
  /** What of it could not be read, in its order. */
  'openedRecording.refused': answers<readonly RefusedPart[]>()(
    byConnection.extend({ from: z.number().int().min(0), count: z.number().int().min(1).max(10_000) }),
  ),
  /** Asks where to and writes each message of a connection there; null = cancelled. Fails with `storageFailed`. */
  'recorder.start': answers<RecorderStatus | null>()(byConnection),
  /** Fails with `notFound` where nothing is recorded. */
  'recorder.stop': answers<null>()(byConnection),
  /** A bookmark of a person, which stands in the recording; nothing where none is made. */
  'recorder.bookmark': answers<null>()(bookmarkSchema),
  /**
   * Sends a recording that is open on a connection; what becomes of it is told by `replay.changed`. Fails with `notFound`,
   * `notConnected`, `replayRuns` and `topicFilterInvalid`.
   */
  'replay.start': answers<null>()(replayPlanSchema),
  'replay.control': answers<null>()(replayControlSchema),
}
