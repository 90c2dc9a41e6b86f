import type { PaletteSource } from '../../actions/paletteSource'
import { connectionInView } from '../../state/connections'
import { workspaceViews } from '../workspaceViews'
import { layoutState } from './layoutState'

/** Every view; choosing one brings it to the front from wherever it is. */
export const viewSource: PaletteSource = {
  id: 'views',
  label: 'palette.groups.views',
  itemsOf: (app) =>
    connectionInView(app) === null
      ? []
      : workspaceViews.map(({ id, name, icon }) => ({
          id: `view ${id}`,
          icon,
          text: { key: name },
          run: () => app.get(layoutState).show(id),
        })),
}
