import { Import, Undo2 } from 'lucide-react'
import type { AnyAction } from '../../actions/action'
import { importingState } from './importingState'

export const importingActions: readonly AnyAction[] = [
  {
    id: 'import.open',
    on: 'window',
    label: { key: 'importing.actions.open' },
    icon: Import,
    nativeMenu: { menu: 'file', group: 0 },
    run: (app) => app.get(importingState).open(),
  },
  {
    id: 'import.undo',
    on: 'window',
    label: { key: 'importing.actions.undo' },
    icon: Undo2,
    nativeMenu: { menu: 'file', group: 0 },
    isEnabled: (app) => app.get(importingState).canUndo,
    run: (app) => void app.get(importingState).undo(),
  },
]
