import { join } from 'node:path'
import { createJsonFile } from '../../core/storage/jsonFile'
import { firstWindowState, windowStateSchema, type WindowState } from './windowBounds'

const quietMs = 500

/** The window's place in `window.json`. */
export interface WindowStateFile {
  current(): WindowState
  /** Saved a moment after the last change. */
  change(changed: WindowState): void
  /** Saves at once. */
  flush(): Promise<void>
}

export const createWindowStateFile = async (dataDir: string): Promise<WindowStateFile> => {
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
    change: (changed) => {
      state = changed
      if (timer) clearTimeout(timer)
      timer = setTimeout(() => void flush(), quietMs)
    },
    flush,
  }
}
