import { CircleDot, CircleStop, FileClock, FileX2, FolderOpen } from 'lucide-react'
import type { AnyAction } from '../../actions/action'
import type { Connection } from '../../state/app'
import { dialogsState } from '../../state/dialogs'
import { isRecording, recordingsState } from '../../state/recordings'
import { selectIsOnline, sessionState } from '../../state/session'

const isOpenedFile = ({ app, id }: Connection) => isRecording(app, id)
const isBeingRecorded = ({ app, id }: Connection) => app.get(recordingsState).recorders.has(id)
const hasOpened = ({ app }: Connection) => app.get(recordingsState).opened.size > 0

export const recordingActions: readonly AnyAction[] = [
  {
    id: 'recordings.open',
    on: 'window',
    label: { key: 'recordings.open' },
    icon: FolderOpen,
    shortcut: 'CmdOrCtrl+O',
    nativeMenu: { menu: 'connection', group: 1 },
    run: (app) => void app.get(recordingsState).open(),
  },
  {
    id: 'recordings.record',
    on: 'connection',
    label: { key: 'recordings.record' },
    icon: CircleDot,
    contextGroup: 0,
    isShown: (connection) => !isOpenedFile(connection) && !isBeingRecorded(connection),
    run: ({ app, id }) => void app.get(recordingsState).record(id),
  },
  {
    id: 'recordings.stopRecording',
    on: 'connection',
    label: { key: 'recordings.stopRecording' },
    icon: CircleStop,
    contextGroup: 0,
    isShown: isBeingRecorded,
    run: ({ app, id }) => app.get(recordingsState).stopRecording(id),
  },
  {
    id: 'recordings.replay',
    on: 'connection',
    label: { key: 'recordings.replayAction' },
    icon: FileClock,
    contextGroup: 0,
    isShown: (connection) => isOpenedFile(connection) || hasOpened(connection),
    isEnabled: (connection) => isOpenedFile(connection) || selectIsOnline(connection.get(sessionState)),
    run: (connection) => connection.app.get(dialogsState).show(connection, { kind: 'replay' }),
  },
  {
    id: 'recordings.close',
    on: 'connection',
    label: { key: 'recordings.close' },
    icon: FileX2,
    contextGroup: 2,
    isShown: isOpenedFile,
    run: ({ app, id }) => app.get(recordingsState).close(id),
  },
]
