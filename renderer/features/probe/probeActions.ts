import { SearchCheck } from 'lucide-react'
import type { Action } from '../../actions/action'
import { connectionsState, selectInView } from '../../state/connections'
import { focusState } from '../../state/focus'

export const probeActions: readonly Action<'window'>[] = [
  {
    id: 'probe',
    on: 'window',
    label: { key: 'actions.probeFocus' },
    icon: SearchCheck,
    shortcut: 'CmdOrCtrl+Shift+F',
    nativeMenu: { menu: 'messages', group: 0 },
    isEnabled: (app) => selectInView(app.get(connectionsState)) !== null,
    run: (app) => app.get(focusState).focus('probe'),
  },
]
