import { MessageSquareText } from 'lucide-react'
import type { PaletteSource } from '../../../actions/paletteSource'
import { composeMessage } from '../../../state/composerRequest'
import { connectionInView } from '../../../state/connections'
import { libraryState } from './libraryState'

/** Messages that are saved under a name; choosing one puts it into the composer of the connection in view. */
export const savedMessageSource: PaletteSource = {
  id: 'savedMessages',
  label: 'palette.groups.messages',
  itemsOf: (app) => {
    const connection = connectionInView(app)
    if (!connection) return []
    return app.get(libraryState).library.savedMessages.map(({ id, name, message }) => ({
      id: `savedMessage ${id}`,
      icon: MessageSquareText,
      text: name,
      detail: message.topic,
      run: () => composeMessage(connection, message),
    }))
  },
}
