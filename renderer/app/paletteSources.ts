import type { PaletteSource } from '../actions/paletteSource'
import { connectionSource } from '../features/connections/connectionSource'
import { actionSource } from '../features/palette/actionSource'
import { paletteActions } from '../features/palette/paletteActions'
import { savedMessageSource } from '../features/publish/library/savedMessageSource'
import { settingSource } from '../features/settings/settingSource'
import { topicSource } from '../features/topicTree/topicSource'
import { allActions } from './actions'
import { viewSource } from './layout/viewSource'

/** Everything the command palette finds, in the order in which it shows it. */
export const paletteSources: readonly PaletteSource[] = [
  // To open the palette is of no use inside it.
  actionSource(allActions.filter(({ id }) => !paletteActions.some((action) => action.id === id))),
  viewSource,
  connectionSource,
  savedMessageSource,
  settingSource,
  topicSource,
]
