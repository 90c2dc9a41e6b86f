import { Cable } from 'lucide-react'
import type { PaletteSource } from '../../actions/paletteSource'
import { profilesState } from '../../state/profiles'
import { connectionsState } from '../../state/connections'

/** Every saved connection; choosing one brings it into view. */
export const connectionSource: PaletteSource = {
  id: 'connections',
  label: 'palette.groups.connections',
  itemsOf: (app) =>
    app.get(profilesState).entries.map(({ profile: { id, name, host, port } }) => ({
      id: `connection ${id}`,
      icon: Cable,
      text: name,
      detail: `${host}:${port}`,
      run: () => app.get(connectionsState).show(id),
    })),
}
