import type { CommandName, Handlers } from '#shared/contract'
import { ok } from '#shared/result'
import type { Collections } from './collections'

type CollectionCommand = Extract<CommandName, `collection.${string}`>

/** The commands on collections, a line each. */
export const createCollectionHandlers = (collections: Collections): Pick<Handlers, CollectionCommand> => {
  const { find } = collections
  return {
    'collection.load': () => {
      collections.load()
      return ok(null)
    },
    'collection.check': () => {
      collections.check()
      return ok(null)
    },
    'collection.save': ({ collectionId, messages }) => {
      const found = find(collectionId)
      return found.ok ? found.value.save(messages) : found
    },
    'collection.move': ({ collectionId, messageId, to }) => collections.move(messageId, collectionId, to),
    'collection.remove': ({ collectionId, messageIds }) => {
      const found = find(collectionId)
      return found.ok ? found.value.remove(messageIds) : found
    },
    'collection.retry': ({ collectionId }) => {
      const found = find(collectionId)
      if (!found.ok) return found
      found.value.retry()
      return ok(null)
    },
    'collection.addFolder': ({ collectionId, parent, name }) => {
      const found = find(collectionId)
      return found.ok ? found.value.addFolder(parent, name) : found
    },
    'collection.moveFolder': ({ collectionId, folder, parent, name }) => {
      const found = find(collectionId)
      return found.ok ? found.value.moveFolder(folder, parent, name) : found
    },
    'collection.removeFolder': ({ collectionId, folder }) => {
      const found = find(collectionId)
      return found.ok ? found.value.removeFolder(folder) : found
    },
    'collection.openFolder': () => collections.openFolder(),
    'collection.close': ({ collectionId }) => collections.close(collectionId),
    'collection.saveElsewhere': ({ collectionId }) => collections.saveElsewhere(collectionId),
    'collection.export': ({ collectionId }) => collections.exportFile(collectionId),
    'collection.import': ({ collectionId }) => collections.importFile(collectionId),
  }
}
