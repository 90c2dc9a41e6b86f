import { Send } from 'lucide-react'
import type { Action } from '../../actions/action'
import { connectionsState, selectInView } from '../../state/connections'
import { focusState } from '../../state/focus'

export const publishActions: readonly Action<'window'>[] = [
  {
    id: 'publish.focus',
    on: 'window',
    label: { key: 'actions.publishFocus' },
    icon: Send,
    shortcut: 'CmdOrCtrl+Shift+P',
    nativeMenu: 'messages',
    isEnabled: (app) => selectInView(app.get(connectionsState)) !== null,
    run: (app) => app.get(focusState).focus('publishTopic'),
  },
]
