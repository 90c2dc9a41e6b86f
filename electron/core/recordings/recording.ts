import { randomUUID } from 'node:crypto'
import type { EventMessage } from '#shared/contract'
import type { MessageInbox } from '../broker/inbox/messageInbox'
import type { Connections } from '../connections/connections'
import type { Dialogs } from '../files/dialogs'
import type { FileWriting } from '../files/fileWriting'
import { createSourceExports } from './export/sourceExports'
import { createOpenedRecordings } from './openedRecordings'
import { createRecorders, type RecordersParts } from './recorders'
import { createReplays, type ReplaysParts } from './replay/replays'

export interface RecordingParts extends Pick<RecordersParts, 'nameOf' | 'now'>, Pick<ReplaysParts, 'sessions'> {
  readonly inbox: MessageInbox
  readonly dialogs: Dialogs
  readonly files: FileWriting
  readonly connections: Pick<Connections, 'open' | 'remove'>
  /** Where compressed recordings are unpacked. */
  readonly dataDir: string
  readonly onEvent: (message: EventMessage) => void
}

/** What is recorded, what was, and what of it is sent again. */
export const createRecording = ({ connections, onEvent, ...parts }: RecordingParts) => {
  let droppedPath: string | null = null
  const recordings = createOpenedRecordings({
    ...parts,
    newId: randomUUID,
    temporaryFolder: parts.dataDir,
    onOpened: (profile) => connections.open(profile, null),
    onClosed: async (connectionId) => {
      await connections.remove(connectionId)
      onEvent({ name: 'session.removed', payload: { connectionId } })
    },
    onChange: (payload) => onEvent({ name: 'openedRecording.changed', payload }),
    onMarks: (payload) => onEvent({ name: 'openedRecording.marked', payload }),
  })
  const recorders = createRecorders({
    ...parts,
    onChange: (payload) => onEvent({ name: 'recorder.changed', payload }),
  })
  const replays = createReplays({
    ...parts,
    sourceOf: recordings.sourceOf,
    onChange: (payload) => onEvent({ name: 'replay.changed', payload }),
  })
  const exports = createSourceExports({
    ...parts,
    sourceOf: recordings.sourceOf,
    onProgress: (payload) => onEvent({ name: 'openedRecording.exporting', payload }),
  })
  return {
    recordings,
    exports,
    recorders,
    replays,
    noteDropped: (path: string | null) => void (droppedPath = path),
    takeDroppedPath: () => {
      const path = droppedPath
      droppedPath = null
      return path
    },
    close: async () => {
      replays.close()
      exports.close()
      await recorders.close()
      await recordings.closeAll()
    },
  }
}
