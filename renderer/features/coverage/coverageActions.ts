import { Layers } from 'lucide-react'
import type { Action } from '../../actions/action'
import { dialogsState } from '../../state/dialogs'

export const coverageActions: readonly Action<'connection'>[] = [
  {
    id: 'connection.coverage',
    on: 'connection',
    label: { key: 'connections.coverage' },
    buttonLabel: { key: 'subscriptions.coverage' },
    icon: Layers,
    contextGroup: 0,
    run: (connection) => connection.app.get(dialogsState).show(connection, { kind: 'coverage' }),
  },
]
