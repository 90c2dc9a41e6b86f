import type { App } from '../../../state/app'
import { connectionInView } from '../../../state/connections'
import { isChoosable, isPressed } from '../../../ui/shortcut'
import { collectionsBeside, collectionsState } from './collectionsState'
import { sendKept } from './collectionVerbs'

/**
 * Asks for the collections, looks for what was changed outside whenever the window gets the focus, and sends messages by their
 * keys, wherever the focus is. Answers its stop.
 */
export const startCollections = (app: App, page: Window): (() => void) => {
  void app.api.invoke('collection.load', undefined)
  const check = () => void app.api.invoke('collection.check', undefined)
  const handleKey = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || event.repeat) return
    const kept = keptBy(app, event)
    if (!kept) return
    event.preventDefault()
    sendKept(kept.connection, kept)
  }
  page.addEventListener('focus', check)
  page.document.addEventListener('keydown', handleKey)
  return () => {
    page.removeEventListener('focus', check)
    page.document.removeEventListener('keydown', handleKey)
  }
}

/** The message that the pressed keys send on the connection in view. A file from elsewhere does not make a message of what is typed. */
const keptBy = (app: App, event: KeyboardEvent) => {
  const connection = connectionInView(app)
  if (!connection) return null
  for (const collection of collectionsBeside(app.get(collectionsState).all, connection.id))
    for (const message of collection.messages.values())
      if (isChoosable(message.shortcut) && isPressed(event, message.shortcut))
        return { connection, collection, message }
  return null
}
