import { Eraser, Pause, Search } from 'lucide-react'
import type { Action } from '../../actions/action'
import { connectionsState, selectInView } from '../../state/connections'
import { focusState } from '../../state/focus'
import { messagesState } from '../../state/messages'
import type { App } from '../../state/app'

const inView = (app: App) => selectInView(app.get(connectionsState))

export const logActions: readonly Action<'window'>[] = [
  {
    id: 'find',
    on: 'window',
    label: { key: 'actions.messagesFind' },
    icon: Search,
    shortcut: 'CmdOrCtrl+F',
    nativeMenu: { menu: 'edit', group: 0 },
    isEnabled: (app) => inView(app) !== null,
    run: (app) => app.get(focusState).focus('find'),
  },
  {
    id: 'pauseMessages',
    on: 'window',
    label: { key: 'actions.messagesPause' },
    icon: Pause,
    nativeMenu: { menu: 'messages', group: 1 },
    isEnabled: (app) => inView(app) !== null,
    run: (app) => inView(app)?.get(messagesState).togglePause(),
  },
  {
    id: 'clearMessages',
    on: 'window',
    label: { key: 'actions.messagesClear' },
    icon: Eraser,
    shortcut: 'CmdOrCtrl+Shift+Delete',
    nativeMenu: { menu: 'messages', group: 1 },
    isEnabled: (app) => inView(app) !== null,
    run: (app) => inView(app)?.get(messagesState).clear(),
  },
]
