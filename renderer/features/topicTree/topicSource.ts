import { Hash } from 'lucide-react'
import type { PaletteSource } from '../../actions/paletteSource'
import { connectionInView } from '../../state/connections'
import { selectionState } from '../../state/selection'

/** Topics of the connection in view; choosing one selects it in the tree. */
export const topicSource: PaletteSource = {
  id: 'topics',
  label: 'palette.groups.topics',
  namesOf: (app) => connectionInView(app)?.model.topicNames ?? [],
  itemOf: (app, name) => ({
    id: `topic ${name}`,
    icon: Hash,
    text: name,
    run: () => connectionInView(app)?.get(selectionState).selectTopic(name),
  }),
}
