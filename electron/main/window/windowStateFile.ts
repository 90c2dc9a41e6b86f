import { join } from 'node:path'
import { createJsonFile } from '../../core/storage/jsonFile'
import { firstWindowState, windowStateSchema, type WindowState } from './windowBounds'

const quietMs = 500

/** The window's place in `window.json`. Saved a moment after the last change; `flush` saves at once. */
export const createWindowStateFile = async (dataDir: string) => {
  const file = createJsonFile<WindowState>({
    path: join(dataDir, 'window.json'),
    version: 1,
    parse: (content) => windowStateSchema.parse(content),
    defaults: () => firstWindowState,
    now: Date.now,
    keepsBackup: false,
  })
  let { value: state } = await file.load()
  let timer: NodeJS.Timeout | null = null
  const flush = async () => {
    if (timer) {
      clearTimeout(timer)
      timer = null
      void file.save(state)
    }
    await file.settled()
  }
  return {
    current: () => state,
    change: (changed: WindowState) => {
      state = changed
      if (timer) clearTimeout(timer)
      timer = setTimeout(() => void flush(), quietMs)
    },
    flush,
  }
}
export type WindowStateFile = Awaited<ReturnType<typeof createWindowStateFile>>
