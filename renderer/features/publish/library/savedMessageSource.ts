import { MessageSquareText } from 'lucide-react'
import type { PaletteSource } from '../../../actions/paletteSource'
import { connectionInView } from '../../../state/connections'
import { collectionsBeside, collectionsState } from '../collections/collectionsState'
import { loadMessage } from '../collections/editMessage'

/** The messages of the collections; choosing one puts it into the composer of the connection in view. */
export const savedMessageSource: PaletteSource = {
  id: 'savedMessages',
  label: 'palette.groups.messages',
  itemsOf: (app) => {
    const connection = connectionInView(app)
    if (!connection) return []
    return collectionsBeside(app.get(collectionsState).all, connection.id).flatMap((collection) =>
      [...collection.messages.values()].map((kept) => ({
        id: `savedMessage ${collection.facts.id} ${kept.id}`,
        icon: MessageSquareText,
        text: kept.name,
        detail: kept.message.topic,
        run: () => loadMessage(connection, collection.facts.id, kept),
      })),
    )
  },
}
