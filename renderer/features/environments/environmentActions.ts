import { Variable } from 'lucide-react'
import type { Action } from '../../actions/action'
import { environmentsState } from '../../state/environments'

export const environmentActions: readonly Action<'window'>[] = [
  {
    id: 'environments',
    on: 'window',
    label: { key: 'actions.environments' },
    icon: Variable,
    nativeMenu: { menu: 'messages', group: 0 },
    run: (app) => app.get(environmentsState).edit(),
  },
]
