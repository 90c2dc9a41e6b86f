import { Rss } from 'lucide-react'
import type { Action } from '../../actions/action'
import { connectionsState, selectInView } from '../../state/connections'
import { focusState } from '../../state/focus'

export const subscribeActions: readonly Action<'window'>[] = [
  {
    id: 'subscribe.focus',
    on: 'window',
    label: { key: 'actions.subscribeFocus' },
    icon: Rss,
    shortcut: 'CmdOrCtrl+Shift+S',
    nativeMenu: 'messages',
    isEnabled: (app) => selectInView(app.get(connectionsState)) !== null,
    run: (app) => app.get(focusState).focus('subscribe'),
  },
]
