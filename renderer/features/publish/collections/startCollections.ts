import type { App, Connection } from '../../../state/app'
import { connectionInView } from '../../../state/connections'
import { isChoosable, isPressed } from '../../../ui/shortcut'
import { collectionsBeside, collectionsState } from './collectionsState'
import { sendKept } from './collectionVerbs'

/** Asks for the collections, and looks for what was changed outside whenever the window gets the focus. Answers its stop. */
export const startCollections = (app: App, page: Window): (() => void) => {
  void app.api.invoke('collection.load', undefined)
  const check = () => void app.api.invoke('collection.check', undefined)
  const stopKeys = startKeptShortcuts(page.document, () => connectionInView(app))
  page.addEventListener('focus', check)
  return () => {
    page.removeEventListener('focus', check)
    stopKeys()
  }
}

/** Sends kept messages by their keys, wherever in the page the focus is, on the connection that it is for. Answers its stop. */
export const startKeptShortcuts = (page: Document, connectionOf: () => Connection | null): (() => void) => {
  const handleKey = (event: KeyboardEvent) => {
    const connection = connectionOf()
    if (!connection || event.defaultPrevented || event.isComposing || event.repeat) return
    const kept = keptBy(connection, event)
    if (!kept) return
    event.preventDefault()
    sendKept(connection, kept)
  }
  page.addEventListener('keydown', handleKey)
  return () => page.removeEventListener('keydown', handleKey)
}

/** The message that the pressed keys send on a connection. A file from elsewhere does not make a message of what is typed. */
const keptBy = ({ app, id }: Connection, event: KeyboardEvent) => {
  for (const collection of collectionsBeside(app.get(collectionsState).all, id))
    for (const message of collection.messages.values())
      if (isChoosable(message.shortcut) && isPressed(event, message.shortcut)) return { collection, message }
  return null
}
