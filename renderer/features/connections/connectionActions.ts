import { Copy, FolderInput, Info, Pencil, Plug, Plus, Trash2, Unplug } from 'lucide-react'
import type { AnyAction } from '../../actions/action'
import { dialogsState } from '../../state/dialogs'
import { profilesState } from '../../state/profiles'
import { isUnderWay, selectSessionState, sessionState } from '../../state/session'
import type { Connection } from '../../state/app'
import { profileFormState } from './form/profileFormState'
import { movedToFolderState } from './list/movedToFolderState'
import { showAndConnect, removeConnection } from './list/profileVerbs'

const isBusy = (connection: Connection) => isUnderWay(selectSessionState(connection.get(sessionState)))

export const connectionActions: readonly AnyAction[] = [
  {
    id: 'newConnection',
    on: 'window',
    label: { key: 'actions.connectionNew' },
    icon: Plus,
    shortcut: 'CmdOrCtrl+N',
    nativeMenu: { menu: 'connection', group: 0 },
    run: (app) => app.get(profileFormState).openNew(),
  },
  {
    id: 'connection.disconnect',
    on: 'connection',
    label: { key: 'connections.disconnect' },
    icon: Unplug,
    contextGroup: 0,
    isShown: isBusy,
    run: (connection) => void connection.get(sessionState).disconnect(),
  },
  {
    id: 'connection.connect',
    on: 'connection',
    label: { key: 'connections.connect' },
    icon: Plug,
    listKey: '↵',
    contextGroup: 0,
    isShown: (connection) => !isBusy(connection),
    run: showAndConnect,
  },
  {
    id: 'connection.details',
    on: 'connection',
    label: { key: 'connections.details.open' },
    icon: Info,
    run: (connection) => connection.app.get(dialogsState).show(connection, { kind: 'details' }),
  },
  {
    id: 'connection.edit',
    on: 'connection',
    label: { key: 'connections.edit' },
    icon: Pencil,
    listKey: 'F2',
    contextGroup: 1,
    run: (connection) => connection.app.get(profileFormState).edit(connection),
  },
  {
    id: 'connection.duplicate',
    on: 'connection',
    label: { key: 'connections.duplicate' },
    icon: Copy,
    contextGroup: 1,
    run: ({ app, id }) => void app.get(profilesState).duplicate(id),
  },
  {
    id: 'connection.moveToFolder',
    on: 'connection',
    label: { key: 'connections.moveToFolder' },
    icon: FolderInput,
    contextGroup: 1,
    run: (connection) => connection.app.get(movedToFolderState).ask(connection),
  },
  {
    id: 'connection.delete',
    on: 'connection',
    label: { key: 'connections.delete' },
    icon: Trash2,
    listKey: { key: 'connections.deleteKey' },
    danger: true,
    contextGroup: 2,
    run: (connection) => void removeConnection(connection),
  },
]
