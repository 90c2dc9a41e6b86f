import { z } from 'zod'
import type { HistoryStatus } from '../model/history'
import { answers, byConnection } from './answers'

const time = z.number().min(-8.64e15).max(8.64e15).nullable()
/** Milliseconds since 1970: from then on, and before then; null = all. */
const stretch = byConnection.extend({ from: time, to: time })

/** What connections keep on disk. */
export const historyCommands = {
  /** Fills the log of a connection from disk, once in a run, before anything comes. Answers when that has begun. */
  'history.open': answers<null>()(byConnection),
  /** What a connection keeps on disk; later news come as `history.changed`. Fails with `historyUnreadable`. */
  'history.status': answers<HistoryStatus>()(byConnection),
  /** How many messages are in a stretch of it, and when its first and last came. Fails with `historyUnreadable`. */
  'history.measure': answers<{
    readonly messages: number
    readonly from: number | null
    readonly to: number | null
  }>()(stretch),
  /**
   * Opens a stretch of it as a recording is opened: a connection of its own that only reads. Fails with `historyUnreadable`, and with
   * `historyStretchEmpty` where nothing of that time is on disk.
   */
  'history.openStretch': answers<{ readonly connectionId: string }>()(stretch),
  /** Everything that a connection keeps on disk goes. Fails with `historyUnreadable`. */
  'history.remove': answers<null>()(byConnection),
}
