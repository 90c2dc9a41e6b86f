import { join } from 'node:path'
import { draftIdSchema, noSavedDrafts, savedDraftSchema, type SavedDrafts } from '#shared/model/drafts'
import type { AppError, Result } from '#shared/result'
import { createJsonFile } from './jsonFile'
import { isRecord, listOf, readEntries, recordIn } from './readEntries'
import { noticesOf } from './setAsideNotice'
import type { StoreOptions } from './storeOptions'

export interface DraftStore {
  readonly notices: readonly AppError[]
  current(): SavedDrafts
  save(drafts: SavedDrafts): Promise<Result<null>>
  settled(): Promise<void>
}

/** What `drafts.json` holds. `setAside` are drafts this version could not read, as they stood in the file. */
interface DraftFileContent extends SavedDrafts {
  readonly setAside: readonly unknown[]
}

interface ParsedDrafts extends DraftFileContent {
  readonly newlySetAside: number
}

/** What was typed and not sent yet, in `drafts.json`. */
export const createDraftStore = async ({ dataDir, now }: StoreOptions): Promise<DraftStore> => {
  const file = createJsonFile<DraftFileContent>({
    path: join(dataDir, 'drafts.json'),
    version: 1,
    parse: parseDrafts,
    defaults: (): ParsedDrafts => ({ ...noSavedDrafts, setAside: [], newlySetAside: 0 }),
    now,
  })
  const loaded = await file.load()
  const { setAside, newlySetAside, ...first } = loaded.value as ParsedDrafts
  let drafts: SavedDrafts = first
  return {
    notices: noticesOf(loaded.notice, 'drafts.json', newlySetAside),
    current: () => drafts,
    save: (changed) => {
      drafts = changed
      return file.save({ ...changed, setAside })
    },
    settled: file.settled,
  }
}

/** One draft that cannot be read loses none of the others. Throws when there is no list at all. */
const parseDrafts = (content: unknown): ParsedDrafts => {
  if (!isRecord(content) || !Array.isArray(content['drafts'])) throw new Error('The file has no list of drafts.')
  const { read, unread, newlyUnread } = readEntries(savedDraftSchema, content['drafts'], listOf(content['setAside']))
  const shown = Object.entries(recordIn(content['shownIn'])).filter(([, id]) => draftIdSchema.safeParse(id).success)
  return {
    drafts: [...new Map(read.map((draft) => [draft.id, draft])).values()],
    shownIn: Object.fromEntries(shown) as SavedDrafts['shownIn'],
    setAside: unread,
    newlySetAside: newlyUnread,
  }
}
