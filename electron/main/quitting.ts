import { app } from 'electron'
import { setTimeout as pause } from 'node:timers/promises'
import type { Log } from '../core/log'

const longestMs = 3_000

/** Once the last window is closed: finishes what must not be lost, but never holds the end up for longer than 3 s. */
export const finishBeforeQuit = (finish: () => Promise<void>, log: Log): void => {
  let hasBegun = false
  const end = async () => {
    const limit = new AbortController()
    const finished = finish().catch((error: unknown) => log.error('quitting', error))
    await Promise.race([finished, pause(longestMs, undefined, { signal: limit.signal }).catch(() => undefined)])
    limit.abort()
    app.exit(0)
  }
  app.on('will-quit', (event) => {
    event.preventDefault()
    if (!hasBegun) void end()
    hasBegun = true
  })
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
}
