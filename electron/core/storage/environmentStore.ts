import { join } from 'node:path'
import { environmentLimits, storedEnvironmentSchema, type StoredEnvironment } from '#shared/model/environment'
import type { AppError, Result } from '#shared/result'
import { createJsonFile } from './jsonFile'
import { isRecord, listOf, readEntries } from './readEntries'
import { noticesOf } from './setAsideNotice'
import type { StoreOptions } from './storeOptions'

export interface EnvironmentStore {
  readonly notices: readonly AppError[]
  current(): readonly StoredEnvironment[]
  /** What could not be written is not current. */
  save(environments: readonly StoredEnvironment[]): Promise<Result<null>>
  settled(): Promise<void>
}

/** What `environments.json` holds. `setAside` are environments this version could not read, as they stood in the file. */
interface EnvironmentFileContent {
  readonly environments: readonly StoredEnvironment[]
  readonly setAside: readonly unknown[]
  /** Of another version; kept. */
  readonly [key: string]: unknown
}

interface ParsedEnvironments {
  readonly content: EnvironmentFileContent
  readonly newlySetAside: number
}

/** One environment that cannot be read loses none of the others. Throws when there is no list at all. */
const parseEnvironments = (content: unknown): ParsedEnvironments => {
  if (!isRecord(content) || !Array.isArray(content['environments']))
    throw new Error('The file has no list of environments.')
  const setAside = listOf(content['setAside'])
  const { read, unread, newlyUnread } = readEntries(storedEnvironmentSchema, content['environments'], setAside)
  const environments = [...new Map(read.map((one) => [one.id, one])).values()]
  return {
    content: { ...content, environments: environments.slice(0, environmentLimits.environments), setAside: unread },
    newlySetAside: newlyUnread,
  }
}

/** Variables for templates, in `environments.json`; secrets stand elsewhere. */
export const createEnvironmentStore = async ({ dataDir, now }: StoreOptions): Promise<EnvironmentStore> => {
  let newlySetAside = 0
  const file = createJsonFile<EnvironmentFileContent>({
    path: join(dataDir, 'environments.json'),
    version: 1,
    parse: (content) => {
      const parsed = parseEnvironments(content)
      newlySetAside = parsed.newlySetAside
      return parsed.content
    },
    defaults: () => ({ environments: [], setAside: [] }),
    now,
  })
  const loaded = await file.load()
  let current = loaded.value
  return {
    notices: noticesOf(loaded.notice, 'environments.json', newlySetAside),
    current: () => current.environments,
    save: async (environments) => {
      const next = { ...current, environments }
      const written = await file.save(next)
      if (written.ok) current = next
      return written
    },
    settled: file.settled,
  }
}
