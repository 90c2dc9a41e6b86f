import { join } from 'node:path'
import { z } from 'zod'
import { collectionIdSchema } from '#shared/model/collection'
import type { AppError, Result } from '#shared/result'
import { createJsonFile } from '../storage/jsonFile'
import type { StoreOptions } from '../storage/storeOptions'

const openedSchema = z.object({ id: collectionIdSchema, path: z.string().min(1) })
const contentSchema = z.object({ opened: z.array(openedSchema).max(1_000) })

type OpenedFolder = z.infer<typeof openedSchema>

/** The folders that were opened as collections, in `collections.json`. */
export interface OpenedFolders {
  readonly notices: readonly AppError[]
  current(): readonly OpenedFolder[]
  add(folder: OpenedFolder): Promise<Result<null>>
  remove(id: string): Promise<Result<null>>
  settled(): Promise<void>
}

export const loadOpenedFolders = async ({ dataDir, now }: StoreOptions): Promise<OpenedFolders> => {
  const file = createJsonFile<z.infer<typeof contentSchema>>({
    path: join(dataDir, 'collections.json'),
    version: 1,
    parse: (content) => contentSchema.parse(content),
    defaults: () => ({ opened: [] }),
    now,
  })
  const { value, notice } = await file.load()
  let opened: readonly OpenedFolder[] = value.opened
  const save = (changed: readonly OpenedFolder[]) => {
    opened = changed
    return file.save({ opened: [...changed] })
  }
  return {
    notices: notice ? [notice] : [],
    current: () => opened,
    add: (folder) => save([...opened, folder]),
    remove: (id) => save(opened.filter((one) => one.id !== id)),
    settled: file.settled,
  }
}
