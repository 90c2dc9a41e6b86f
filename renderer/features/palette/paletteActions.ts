import { Command } from 'lucide-react'
import type { Action } from '../../actions/action'
import { paletteState } from './paletteState'

export const paletteActions: readonly Action<'window'>[] = [
  {
    id: 'palette.open',
    on: 'window',
    label: { key: 'actions.paletteOpen' },
    icon: Command,
    shortcut: 'CmdOrCtrl+K',
    nativeMenu: 'view',
    run: (app) => app.get(paletteState).show(),
  },
]
