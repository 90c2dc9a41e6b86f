import { Upload } from 'lucide-react'
import type { AnyAction } from '../../actions/action'
import { exportingState } from '../../state/exporting'
import { profilesState } from '../../state/profiles'

export const exportingActions: readonly AnyAction[] = [
  {
    id: 'export.connections',
    on: 'window',
    label: { key: 'exporting.actions.all' },
    icon: Upload,
    nativeMenu: { menu: 'file', group: 1 },
    isEnabled: (app) => app.get(profilesState).entries.length > 0,
    run: (app) => app.get(exportingState).open(app.get(profilesState).entries.map(({ profile }) => profile.id)),
  },
  {
    id: 'connection.export',
    on: 'connection',
    label: { key: 'exporting.actions.one' },
    icon: Upload,
    contextGroup: 1,
    run: ({ app, id }) => app.get(exportingState).open([id]),
  },
]
