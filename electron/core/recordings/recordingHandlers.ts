import type { Handlers } from '#shared/contract'
import { fail, ok } from '#shared/result'
import type { Dialogs } from '../files/dialogs'
import type { SourceExports } from './export/sourceExports'
import type { OpenedRecordings } from './openedRecordings'
import type { Recorders } from './recorders'
import type { Replays } from './replay/replays'

export interface RecordingHandlerParts {
  readonly dialogs: Pick<Dialogs, 'choosePath'>
  readonly recordings: OpenedRecordings
  /** The path of the file that was dropped last, once; null = none was. */
  readonly takeDroppedPath: () => string | null
  readonly exports: SourceExports
  readonly recorders: Recorders
  readonly replays: Replays
}

type RecordingCommands = Extract<
  keyof Handlers,
  `openedRecording.${string}` | `recorder.${string}` | `replay.${string}`
>

export const createRecordingHandlers = (parts: RecordingHandlerParts): Pick<Handlers, RecordingCommands> => {
  const { recordings, recorders, replays } = parts
  const open = (path: string | null) => (path === null ? ok(null) : recordings.open(path))
  return {
    'openedRecording.choose': async () => open(await parts.dialogs.choosePath('recording')),
    'openedRecording.takeDropped': () => open(parts.takeDroppedPath()),
    'openedRecording.stop': ({ connectionId }) => recordings.stop(connectionId),
    'openedRecording.close': ({ connectionId }) => recordings.close(connectionId),
    'openedRecording.export': (plan) => parts.exports.run(plan),
    'openedRecording.cancelExport': ({ connectionId }) => {
      parts.exports.cancel(connectionId)
      return ok(null)
    },
    'openedRecording.refused': ({ connectionId, from, count }) => recordings.refused(connectionId, from, count),
    'recorder.start': ({ connectionId }) =>
      recordings.isOpen(connectionId)
        ? fail('recordingReadOnly', 'A recording is not recorded.')
        : recorders.start(connectionId),
    'recorder.stop': ({ connectionId }) => recorders.stop(connectionId),
    'recorder.bookmark': ({ connectionId, ...bookmark }) => {
      recorders.bookmark(connectionId, bookmark)
      return ok(null)
    },
    'replay.start': (plan) => replays.start(plan),
    'replay.control': ({ connectionId, act }) => replays.control(connectionId, act),
  }
}
