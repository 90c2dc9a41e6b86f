import { SearchCheck } from 'lucide-react'
import type { Action } from '../../actions/action'
import { connectionInView } from '../../state/connections'
import { focusState } from '../../state/focus'

export const probeActions: readonly Action<'window'>[] = [
  {
    id: 'probe',
    on: 'window',
    label: { key: 'actions.probeFocus' },
    icon: SearchCheck,
    shortcut: 'CmdOrCtrl+Shift+F',
    nativeMenu: { menu: 'messages', group: 0 },
    isEnabled: (app) => connectionInView(app) !== null,
    run: (app) => app.get(focusState).focus('probe'),
  },
]
