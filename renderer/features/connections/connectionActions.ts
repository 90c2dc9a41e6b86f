import {
  ArrowLeft,
  ArrowRight,
  Columns2,
  Copy,
  FolderInput,
  HardDrive,
  KeyRound,
  PanelRightClose,
  Pencil,
  Plug,
  Plus,
  Save,
  ScrollText,
  Search,
  Server,
  Stethoscope,
  Trash2,
  Unplug,
  X,
} from 'lucide-react'
import { keepSecrets } from '#shared/model/profile'
import type { Action, AnyAction } from '../../actions/action'
import { connectionsState } from '../../state/connections'
import { dialogsState } from '../../state/dialogs'
import { focusState } from '../../state/focus'
import { localBrokerState } from '../../state/localBroker'
import { profilesState, selectEntry } from '../../state/profiles'
import { isRecording } from '../../state/recordings'
import { isUnderWay, selectIsOnline, selectSessionState, sessionState } from '../../state/session'
import type { Connection } from '../../state/app'
import { shortcutText } from '../../ui/shortcut'
import { doctorState, savedSubject } from './doctor/doctorState'
import { farewellState } from './farewell/farewellState'
import { profileFormState } from './form/profileFormState'
import { movedToFolderState } from './list/movedToFolderState'
import { showAndConnect, removeConnection } from './list/profileVerbs'
import { localBrokerActions } from './localBroker/localBrokerActions'
import { askingState } from './signIn/askingState'
import { closeTab } from './tabs/closeTab'
import { canMoveTab, moveTab, moveTabKeys, type TabSide } from './tabs/moveTab'

/** What is done with a broker or its profile is not done with a recording that was opened. */
const isOnBroker = ({ app, id }: Connection) => !isRecording(app, id)

const isBusy = (connection: Connection) => isUnderWay(selectSessionState(connection.get(sessionState)))

const entryOf = ({ app, id }: Connection) => selectEntry(id)(app.get(profilesState))

const authenticates = (connection: Connection) => {
  const profile = entryOf(connection)?.profile
  return profile?.protocolVersion === '5' && profile.authentication.mechanism !== 'none'
}

/** While a password is asked for, the one "Connect" of the window is the dialog's. */
const isAsking = ({ app }: Connection) => app.get(askingState).forPassword.length > 0

const waitsForLocalBroker = (connection: Connection) =>
  entryOf(connection)?.profile.kind === 'local' && connection.app.get(localBrokerState).broker.phase === 'starting'

const tabToThe = (side: TabSide): Action<'connection'> => ({
  id: `connection.tabTo.${side}`,
  on: 'connection',
  label: { key: `connections.tabTo.${side}` },
  icon: side === 'left' ? ArrowLeft : ArrowRight,
  listKey: shortcutText(moveTabKeys[side]),
  contextGroup: 0,
  isShown: ({ app, id }) => app.get(connectionsState).tabs.includes(id),
  isEnabled: (connection) => canMoveTab(connection, side),
  run: (connection) => moveTab(connection, side),
})

export const connectionActions: readonly AnyAction[] = [
  {
    id: 'newConnection',
    on: 'window',
    label: { key: 'actions.connectionNew' },
    buttonLabel: { key: 'connections.new' },
    icon: Plus,
    shortcut: 'CmdOrCtrl+N',
    nativeMenu: { menu: 'connection', group: 0 },
    run: (app) => app.get(profileFormState).openNew(),
  },
  {
    id: 'connections.find',
    on: 'window',
    label: { key: 'actions.connectionsFind' },
    icon: Search,
    run: (app) => app.get(focusState).focus('connections'),
  },
  ...localBrokerActions,
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
    id: 'connection.disconnectWith',
    on: 'connection',
    label: { key: 'connections.farewell.open' },
    icon: Unplug,
    contextGroup: 0,
    isShown: (connection) => selectIsOnline(connection.get(sessionState)),
    run: (connection) => connection.app.get(farewellState).ask(connection),
  },
  {
    id: 'connection.reauthenticate',
    on: 'connection',
    label: { key: 'connections.authentication.again' },
    icon: KeyRound,
    contextGroup: 0,
    isShown: (connection) => authenticates(connection) && selectIsOnline(connection.get(sessionState)),
    run: (connection) => void connection.get(sessionState).reauthenticate(),
  },
  {
    id: 'connection.connect',
    on: 'connection',
    label: { key: 'connections.connect' },
    buttonLabel: (connection) => ({
      key: isAsking(connection) ? 'connections.waitingForPassword' : 'connections.connect',
    }),
    icon: Plug,
    listKey: '↵',
    contextGroup: 0,
    isShown: (connection) => isOnBroker(connection) && !isBusy(connection),
    isEnabled: (connection) => !isAsking(connection) && !waitsForLocalBroker(connection),
    run: showAndConnect,
  },
  {
    id: 'connection.closeTab',
    on: 'connection',
    label: { key: 'connections.closeTabAction' },
    icon: X,
    contextGroup: 0,
    isShown: ({ app, id }) => app.get(connectionsState).tabs.includes(id),
    run: closeTab,
  },
  ...(['left', 'right'] as const).map(tabToThe),
  {
    id: 'connection.showBeside',
    on: 'connection',
    label: { key: 'connections.showBeside' },
    icon: Columns2,
    contextGroup: 0,
    isShown: ({ app, id }) => !app.get(connectionsState).inSight.includes(id),
    isEnabled: ({ app }) => app.get(connectionsState).inViewId !== null,
    run: ({ app, id }) => app.get(connectionsState).showBeside(id),
  },
  {
    id: 'connection.leaveSight',
    on: 'connection',
    label: { key: 'connections.leaveSight' },
    icon: PanelRightClose,
    contextGroup: 0,
    isShown: ({ app, id }) =>
      app.get(connectionsState).inSight.length > 1 && app.get(connectionsState).inSight.includes(id),
    run: ({ app, id }) => app.get(connectionsState).leaveSight(id),
  },
  {
    id: 'connection.details',
    on: 'connection',
    isShown: isOnBroker,
    label: { key: 'connections.details.open' },
    icon: ScrollText,
    run: (connection) => connection.app.get(dialogsState).show(connection, { kind: 'details' }),
  },
  {
    id: 'connection.diagnose',
    on: 'connection',
    isShown: isOnBroker,
    label: { key: 'doctor.open' },
    icon: Stethoscope,
    contextGroup: 0,
    run: (connection) => {
      const subject = savedSubject(connection, connection.app.get(profileFormState))
      if (subject) connection.app.get(doctorState).open(subject)
    },
  },
  {
    id: 'connection.capabilities',
    on: 'connection',
    isShown: isOnBroker,
    label: { key: 'broker.open' },
    icon: Server,
    run: ({ app, id }) => {
      app.get(connectionsState).show(id)
      app.get(focusState).focus('broker')
    },
  },
  {
    id: 'connection.diskHistory',
    on: 'connection',
    label: { key: 'history.open' },
    icon: HardDrive,
    run: (connection) => connection.app.get(dialogsState).show(connection, { kind: 'diskHistory' }),
  },
  {
    id: 'connection.saveNow',
    on: 'connection',
    label: { key: 'actions.connectionSaveChanges' },
    buttonLabel: { key: 'connections.saveNow' },
    icon: Save,
    isShown: (connection) => entryOf(connection)?.unsaved !== undefined,
    run: (connection) => {
      const entry = entryOf(connection)
      if (entry) void connection.app.get(profilesState).save(entry.profile, keepSecrets)
    },
  },
  {
    id: 'connection.edit',
    on: 'connection',
    isShown: isOnBroker,
    label: { key: 'connections.edit' },
    icon: Pencil,
    listKey: 'F2',
    contextGroup: 1,
    run: (connection) => connection.app.get(profileFormState).edit(connection),
  },
  {
    id: 'connection.duplicate',
    on: 'connection',
    isShown: isOnBroker,
    label: { key: 'connections.duplicate' },
    icon: Copy,
    contextGroup: 1,
    run: ({ app, id }) => void app.get(profilesState).duplicate(id),
  },
  {
    id: 'connection.moveToFolder',
    on: 'connection',
    isShown: isOnBroker,
    label: { key: 'connections.moveToFolder' },
    icon: FolderInput,
    contextGroup: 1,
    run: (connection) => connection.app.get(movedToFolderState).ask([connection]),
  },
  {
    id: 'connection.delete',
    on: 'connection',
    isShown: isOnBroker,
    label: { key: 'connections.delete' },
    icon: Trash2,
    listKey: { key: 'connections.deleteKey' },
    danger: true,
    contextGroup: 2,
    run: (connection) => void removeConnection(connection),
  },
]
