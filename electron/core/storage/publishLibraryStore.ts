import { join } from 'node:path'
import {
  emptyPublishLibrary,
  historyEntrySchema,
  publishLibrarySchema,
  savedMessageSchema,
  type PublishLibrary,
} from '#shared/model/publish'
import type { AppError, Result } from '#shared/result'
import { createJsonFile } from './jsonFile'
import type { StoreOptions } from './storeOptions'

export interface PublishLibraryStore {
  readonly notices: readonly AppError[]
  current(): PublishLibrary
  save(library: PublishLibrary): Promise<Result<null>>
  settled(): Promise<void>
}

const isUsable = (schema: typeof savedMessageSchema | typeof historyEntrySchema) => (raw: unknown) =>
  schema.safeParse(raw).success

/** Entries this version does not understand are left out; the others are kept. */
export const parseLibrary = (content: unknown): PublishLibrary => {
  const raw = content as { savedMessages?: unknown; history?: unknown }
  if (!Array.isArray(raw.savedMessages) || typeof raw.history !== 'object' || raw.history === null)
    throw new Error('The library has a list of messages and a history.')
  const histories = Object.entries(raw.history).map(([connectionId, entries]: [string, unknown]) => [
    connectionId,
    Array.isArray(entries) ? entries.filter(isUsable(historyEntrySchema)) : [],
  ])
  return publishLibrarySchema.parse({
    savedMessages: raw.savedMessages.filter(isUsable(savedMessageSchema)),
    history: Object.fromEntries(histories) as unknown,
  })
}

/** Named messages and what was sent, in `messages.json`. */
export const createPublishLibraryStore = async ({ dataDir, now }: StoreOptions): Promise<PublishLibraryStore> => {
  const path = join(dataDir, 'messages.json')
  const defaults = () => emptyPublishLibrary
  const file = createJsonFile<PublishLibrary>({ path, version: 1, parse: parseLibrary, defaults, now })
  const loaded = await file.load()
  let library = loaded.value
  return {
    notices: loaded.notice ? [loaded.notice] : [],
    current: () => library,
    save: (changed) => {
      library = changed
      return file.save(changed)
    },
    settled: file.settled,
  }
}
