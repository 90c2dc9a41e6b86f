import { Settings } from 'lucide-react'
import type { Action } from '../../actions/action'
import { settingsDialogState } from './settingsDialogState'

export const settingsActions: readonly Action<'window'>[] = [
  {
    id: 'settings',
    on: 'window',
    label: { key: 'actions.settingsOpen' },
    buttonLabel: { key: 'app.settings' },
    icon: Settings,
    shortcut: 'CmdOrCtrl+,',
    nativeMenu: { menu: 'connection', group: 1 },
    run: (app) => app.get(settingsDialogState).show(),
  },
]
