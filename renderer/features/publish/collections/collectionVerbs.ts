import type { CollectionMessage } from '#shared/model/collection'
import type { Phrase } from '#shared/i18n/words'
import type { Result } from '#shared/result'
import { visibleName } from '#shared/text/visibleText'
import type { App, Connection } from '../../../state/app'
import { noticesState } from '../../../state/notices'
import { publishState } from '../publishState'
import { collectionsState, folderNames, messagesIn, selectCollection, type Collection } from './collectionsState'
import { editMessage } from './editMessage'

/** A message with the collection it is of. */
export interface Kept {
  readonly collection: Collection
  readonly message: CollectionMessage
}

/** A folder with the collection it is of. */
export interface FolderOf {
  readonly collection: Collection
  readonly folder: string
}

const folderName = ({ collection, folder }: FolderOf) => folderNames(collection, folder).at(-1) ?? folder

/** Sends it at once; one that cannot be sent goes into the composer, which says why. */
export const sendKept = (
  connection: Connection,
  { collection, message }: Kept,
  target: Connection = connection,
): void => {
  if (connection.get(publishState).publishMessage(message.message, target))
    editMessage(connection, collection.facts.id, message)
}

export const duplicateKept = (app: App, { collection, message }: Kept, name: string): void => {
  const { id } = collection.facts
  const copyId = app.get(collectionsState).add(id, { name, folder: message.folder, message: message.message })
  const now = selectCollection(id)(app.get(collectionsState)) ?? collection
  const siblings = messagesIn(now, message.folder)
  const next = siblings[siblings.findIndex((one) => one.id === message.id) + 1]
  if (next && next.id !== copyId)
    app.get(collectionsState).move(id, copyId, { collectionId: id, folder: message.folder, beforeId: next.id })
}

/** By one place among its siblings. */
export const moveKept = (app: App, { collection, message }: Kept, by: -1 | 1): void => {
  const { id } = collection.facts
  const siblings = messagesIn(collection, message.folder)
  const place = siblings.findIndex((one) => one.id === message.id)
  const before = by < 0 ? siblings[place - 1] : siblings[place + 2]
  if (by < 0 ? !before : place + 1 >= siblings.length) return
  const to = { collectionId: id, folder: message.folder, beforeId: before?.id ?? null }
  app.get(collectionsState).move(id, message.id, to)
}

const tellUndo = (app: App, text: Phrase, restore: () => void) =>
  app.get(noticesState).show({ text, action: { label: { key: 'collections.undo' }, run: restore } })

export const removeKept = (app: App, { collection, message }: Kept): void => {
  const restore = app.get(collectionsState).remove(collection.facts.id, [message])
  tellUndo(app, { key: 'collections.deleted', values: { name: visibleName(message.name) } }, restore)
}

/** A folder with the messages in it. */
export const removeFolder = (app: App, { collection, folder }: FolderOf): void => {
  const { id } = collection.facts
  const name = folderName({ collection, folder })
  const messages = [...collection.messages.values()].filter(
    (message) => message.folder === folder || message.folder.startsWith(`${folder}/`),
  )
  void app.api.invoke('collection.removeFolder', { collectionId: id, folder }).then((result) => {
    if (!result.ok) return app.get(noticesState).showError(result.error)
    const restore = () => messages.length > 0 && app.get(collectionsState).save(id, messages)
    tellUndo(app, { key: 'collections.folderDeleted', values: { name: visibleName(name) } }, restore)
  })
}

export const moveFolder = (app: App, { collection, folder }: FolderOf, parent: string): void => {
  const name = folderName({ collection, folder })
  void app.api
    .invoke('collection.moveFolder', { collectionId: collection.facts.id, folder, parent, name })
    .then((result) => {
      if (!result.ok) app.get(noticesState).showError(result.error)
    })
}

const tellResult = <Value>(app: App, asked: Promise<Result<Value | null>>, text: (value: Value) => Phrase) =>
  void asked.then((result) => {
    if (!result.ok) app.get(noticesState).showError(result.error)
    else if (result.value !== null) app.get(noticesState).show({ text: text(result.value) })
  })

const savedTo = (path: string): Phrase => ({ key: 'collections.saved', values: { path: visibleName(path) } })

export const saveElsewhere = (app: App, collectionId: string): void =>
  tellResult(app, app.api.invoke('collection.saveElsewhere', { collectionId }), savedTo)

export const exportCollection = (app: App, collectionId: string): void =>
  tellResult(app, app.api.invoke('collection.export', { collectionId }), savedTo)

export const importCollection = (app: App, collectionId: string): void =>
  tellResult(app, app.api.invoke('collection.import', { collectionId }), (count) => ({
    key: 'collections.imported',
    values: { count },
  }))

export const openFolder = (app: App): void =>
  void app.api.invoke('collection.openFolder', undefined).then((result) => {
    if (!result.ok) app.get(noticesState).showError(result.error)
  })

export const closeCollection = (app: App, collectionId: string): void =>
  void app.api.invoke('collection.close', { collectionId }).then((result) => {
    if (!result.ok) app.get(noticesState).showError(result.error)
  })

export const retryWrites = (app: App, collectionId: string): void =>
  void app.api.invoke('collection.retry', { collectionId })
