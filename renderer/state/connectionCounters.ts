import { noTotals, type SessionTotals } from '#shared/model/frame'
import type { ConnectionModel } from '../model/connectionModel'

/**
 * Exact numbers of one connection. `kept`, `evicted`, `cleared` and `damaged` are the window's, the rest the main process's. Every
 * message that was received or sent, and every copy that is shown, is counted once among kept, evicted, cleared, dropped
 * and damaged.
 */
export interface ConnectionCounters extends SessionTotals {
  readonly kept: number
  readonly evicted: number
  readonly cleared: number
  readonly damaged: number
}

export const noCounters: ConnectionCounters = { ...noTotals, kept: 0, evicted: 0, cleared: 0, damaged: 0 }

/** The window's part of them. */
export const windowCounts = ({ log, earlier }: ConnectionModel) => ({
  kept: log.keptCount(),
  evicted: earlier.evicted + log.evictedCount(),
  cleared: earlier.cleared,
  damaged: earlier.damaged + log.damagedCount(),
})
