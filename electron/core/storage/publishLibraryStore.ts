import { constants } from 'node:fs'
import { copyFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { emptyPublishLibrary, type PublishLibrary, type SavedMessage } from '#shared/model/publish'
import { fail, ok, type AppError, type Result } from '#shared/result'
import { messageOf } from '#shared/text/messageOf'
import { createJsonFile } from './jsonFile'
import { parseLibrary, type LibraryFileContent, type ParsedLibrary } from './publishLibraryFile'
import { noticesOf } from './setAsideNotice'
import type { StoreOptions } from './storeOptions'

export interface PublishLibraryStore {
  readonly notices: readonly AppError[]
  current(): PublishLibrary
  save(library: PublishLibrary): Promise<Result<null>>
  /** Named messages from before there were collections. */
  savedMessages(): readonly SavedMessage[]
  /** They are in the shared collection now: copies the file to `messages-before-collections.json` and takes them out of it. */
  savedMessagesMoved(): Promise<Result<null>>
  settled(): Promise<void>
}

/** What was sent, in `messages.json`; once also named messages. */
export const createPublishLibraryStore = async ({ dataDir, now }: StoreOptions): Promise<PublishLibraryStore> => {
  const path = join(dataDir, 'messages.json')
  const file = createJsonFile<LibraryFileContent>({
    path,
    version: 1,
    parse: parseLibrary,
    defaults: firstContent,
    now,
  })
  const loaded = await file.load()
  const { setAside, newlySetAside, savedMessages: first, history } = loaded.value as ParsedLibrary
  let library: PublishLibrary = { history }
  let savedMessages = first
  const write = () => file.save({ ...library, savedMessages, setAside })
  return {
    notices: noticesOf(loaded.notice, 'messages.json', newlySetAside),
    current: () => library,
    save: (changed) => {
      library = changed
      return write()
    },
    savedMessages: () => savedMessages,
    savedMessagesMoved: async () => {
      await file.settled()
      const copied = await copyOnce(path, join(dataDir, 'messages-before-collections.json'))
      if (!copied.ok) return copied
      savedMessages = []
      return write()
    },
    settled: file.settled,
  }
}

const firstContent = (): ParsedLibrary => ({
  ...emptyPublishLibrary,
  savedMessages: [],
  setAside: { savedMessages: [], history: {} },
  newlySetAside: 0,
})

/** A copy that is there already is the older one, and stays. */
const copyOnce = async (from: string, to: string): Promise<Result<null>> => {
  try {
    await copyFile(from, to, constants.COPYFILE_EXCL)
    return ok(null)
  } catch (error) {
    const detail = messageOf(error)
    const { code = '' } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') return ok(null)
    const file = basename(to)
    return fail('storageFailed', `${file} could not be written: ${detail}`, { values: { file, detail, cause: code } })
  }
}
