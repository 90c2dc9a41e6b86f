import { join } from 'node:path'
import { emptyPublishLibrary, type PublishLibrary } from '#shared/model/publish'
import type { AppError, Result } from '#shared/result'
import { createJsonFile } from './jsonFile'
import { parseLibrary, type LibraryFileContent, type ParsedLibrary } from './publishLibraryFile'
import { noticesOf } from './setAsideNotice'
import type { StoreOptions } from './storeOptions'

export interface PublishLibraryStore {
  readonly notices: readonly AppError[]
  current(): PublishLibrary
  save(library: PublishLibrary): Promise<Result<null>>
  settled(): Promise<void>
}

const firstContent = (): ParsedLibrary => ({
  ...emptyPublishLibrary,
  setAside: { savedMessages: [], history: {} },
  newlySetAside: 0,
})

/** Named messages and what was sent, in `messages.json`. */
export const createPublishLibraryStore = async ({ dataDir, now }: StoreOptions): Promise<PublishLibraryStore> => {
  const file = createJsonFile<LibraryFileContent>({
    path: join(dataDir, 'messages.json'),
    version: 1,
    parse: parseLibrary,
    defaults: firstContent,
    now,
  })
  const loaded = await file.load()
  const { setAside, newlySetAside, ...first } = loaded.value as ParsedLibrary
  let library: PublishLibrary = first
  return {
    notices: noticesOf(loaded.notice, 'messages.json', newlySetAside),
    current: () => library,
    save: (changed) => {
      library = changed
      return file.save({ ...changed, setAside })
    },
    settled: file.settled,
  }
}
