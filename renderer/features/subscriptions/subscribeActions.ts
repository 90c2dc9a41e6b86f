import { Rss } from 'lucide-react'
import type { Action } from '../../actions/action'
import { connectionInView } from '../../state/connections'
import { focusState } from '../../state/focus'

export const subscribeActions: readonly Action<'window'>[] = [
  {
    id: 'subscribe',
    on: 'window',
    label: { key: 'actions.subscribeFocus' },
    icon: Rss,
    shortcut: 'CmdOrCtrl+Shift+S',
    nativeMenu: { menu: 'messages', group: 0 },
    isEnabled: (app) => connectionInView(app) !== null,
    run: (app) => app.get(focusState).focus('subscribe'),
  },
]
