import { Command } from 'lucide-react'
import type { Action } from '../../actions/action'
import { paletteState } from './paletteState'

export const paletteActions: readonly Action<'window'>[] = [
  {
    id: 'commandPalette',
    on: 'window',
    label: { key: 'actions.paletteOpen' },
    icon: Command,
    shortcut: 'CmdOrCtrl+K',
    nativeMenu: { menu: 'view', group: 0 },
    run: (app) => app.get(paletteState).show(),
  },
]
