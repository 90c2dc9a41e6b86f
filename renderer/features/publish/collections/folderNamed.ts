import { ok, type Result } from '#shared/result'
import type { App } from '../../../state/app'
import { collectionsState, folderNames, selectCollection, type Collection } from './collectionsState'

/** The names of a folder in one line. */
export const folderText = (collection: Collection, folder: string): string =>
  folderNames(collection, folder).join(' / ')

/** The path of the folder that is written so, which is made in the collection where there is none; '' is the collection itself. */
export const folderNamed = async (app: App, collectionId: string, text: string): Promise<Result<string>> => {
  const collection = selectCollection(collectionId)(app.get(collectionsState))
  if (text === '') return ok('')
  const known = collection?.facts.folders.find(({ path }) => folderText(collection, path) === text)
  return known ? ok(known.path) : app.api.invoke('collection.addFolder', { collectionId, parent: '', name: text })
}
