import { join } from 'node:path'
import { defaultSettings, settingsSchema, type Settings } from '#shared/model/settings'
import { ok, type AppError, type Result } from '#shared/result'
import { createJsonFile } from './jsonFile'
import type { StoreOptions } from './storeOptions'

export interface SettingsStore {
  readonly notices: readonly AppError[]
  current(): Settings
  save(settings: Settings): Promise<Result<Settings>>
  settled(): Promise<void>
}

/** The settings in `settings.json`; what is saved is current at once and stays so even where the disk refuses it. */
export const createSettingsStore = async ({ dataDir, now }: StoreOptions): Promise<SettingsStore> => {
  const path = join(dataDir, 'settings.json')
  const file = createJsonFile<Settings>({
    path,
    version: 1,
    parse: parseSettings,
    defaults: () => defaultSettings,
    now,
  })
  const loaded = await file.load()
  let settings = loaded.value
  return {
    notices: loaded.notice ? [loaded.notice] : [],
    current: () => settings,
    save: async (changed) => {
      settings = changed
      const written = await file.save(changed)
      return written.ok ? ok(changed) : written
    },
    settled: file.settled,
  }
}

/** A setting this version does not understand falls back to its default; the others are kept. */
const parseSettings = (content: unknown): Settings => {
  if (typeof content !== 'object' || content === null) throw new Error('Settings are an object.')
  const usable = Object.entries(content).flatMap(([name, value]: [string, unknown]) => {
    const field = Object.hasOwn(settingsSchema.shape, name) && settingsSchema.shape[name as keyof Settings]
    const read = field ? field.safeParse(value) : null
    return read?.success ? [[name, read.data] as const] : []
  })
  return { ...defaultSettings, ...(Object.fromEntries(usable) as Partial<Settings>) }
}
