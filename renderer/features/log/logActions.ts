import { Files, FilterX, ListFilter, Pause, Search, Trash2 } from 'lucide-react'
import type { Action, AnyAction } from '../../actions/action'
import { connectionInView } from '../../state/connections'
import type { App } from '../../state/app'
import { focusState } from '../../state/focus'
import { logViewState } from '../../state/logView'
import { messagesState } from '../../state/messages'
import { settingsState } from '../../state/settings'
import { bookmarkListActions } from './bookmarks/bookmarkActions'

const isFiltered = (app: App) => (connectionInView(app)?.get(logViewState).query ?? '') !== ''

const showsCopies = (app: App) => app.get(settingsState).settings.showCopies

/** Further copies of what overlapping subscriptions bring come into the log, or do not from now on. */
export const toggleCopies = (app: App): void => void app.get(settingsState).save({ showCopies: !showsCopies(app) })

/**
 * What is done to one connection from its own log; of two side by side only one is in view. The window has the same for its
 * keys and its menu.
 */
const logVerbs: readonly Action<'connection'>[] = [
  {
    id: 'log.pause',
    on: 'connection',
    label: { key: 'actions.messagesPause' },
    buttonLabel: { key: 'log.pause' },
    icon: Pause,
    inPalette: false,
    isOn: (connection) => connection.get(messagesState).pausedAt != null,
    run: (connection) => connection.get(messagesState).togglePause(),
  },
  {
    id: 'log.clear',
    on: 'connection',
    label: { key: 'actions.messagesClear' },
    buttonLabel: { key: 'log.clear' },
    icon: Trash2,
    inPalette: false,
    run: (connection) => connection.get(messagesState).clear(),
  },
  {
    id: 'log.clearFilters',
    on: 'connection',
    label: { key: 'actions.messagesClearFilters' },
    buttonLabel: { key: 'log.clearFilters' },
    icon: FilterX,
    inPalette: false,
    isShown: (connection) => connection.get(logViewState).query !== '',
    run: (connection) => connection.get(logViewState).clearFilter(),
  },
]

export const logActions: readonly AnyAction[] = [
  ...logVerbs,
  {
    id: 'find',
    on: 'window',
    label: { key: 'actions.messagesFind' },
    icon: Search,
    shortcut: 'CmdOrCtrl+F',
    nativeMenu: { menu: 'edit', group: 0 },
    isEnabled: (app) => connectionInView(app) !== null,
    run: (app) => app.get(focusState).focus('find'),
  },
  {
    id: 'pauseMessages',
    on: 'window',
    label: { key: 'actions.messagesPause' },
    buttonLabel: { key: 'log.pause' },
    icon: Pause,
    nativeMenu: { menu: 'messages', group: 1 },
    isEnabled: (app) => connectionInView(app) !== null,
    isOn: (app) => connectionInView(app)?.get(messagesState).pausedAt != null,
    run: (app) => connectionInView(app)?.get(messagesState).togglePause(),
  },
  {
    id: 'clearMessages',
    on: 'window',
    label: { key: 'actions.messagesClear' },
    buttonLabel: { key: 'log.clear' },
    icon: Trash2,
    shortcut: 'CmdOrCtrl+Shift+Delete',
    nativeMenu: { menu: 'messages', group: 1 },
    isEnabled: (app) => connectionInView(app) !== null,
    run: (app) => connectionInView(app)?.get(messagesState).clear(),
  },
  {
    id: 'messages.filter',
    on: 'window',
    label: { key: 'actions.messagesFilter' },
    icon: ListFilter,
    isEnabled: (app) => connectionInView(app) !== null,
    run: (app) => app.get(focusState).focus('messageFilter'),
  },
  {
    id: 'messages.clearFilters',
    on: 'window',
    label: { key: 'actions.messagesClearFilters' },
    buttonLabel: { key: 'log.clearFilters' },
    icon: FilterX,
    isShown: isFiltered,
    run: (app) => connectionInView(app)?.get(logViewState).clearFilter(),
  },
  {
    id: 'messages.showCopies',
    on: 'window',
    label: (app) => ({ key: showsCopies(app) ? 'actions.copiesHide' : 'actions.copiesShow' }),
    icon: Files,
    run: toggleCopies,
  },
  ...bookmarkListActions,
]
