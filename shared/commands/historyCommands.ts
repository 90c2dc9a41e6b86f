import type { HistoryStatus } from '../model/history'
import { answers, byConnection } from './answers'

/** What connections keep on disk. */
export const historyCommands = {
  /** Fills the log of a connection from disk, once in a run, before anything comes. Answers when that has begun. */
  'history.open': answers<null>()(byConnection),
  /** What a connection keeps on disk; later news come as `history.changed`. Fails with `historyUnreadable`. */
  'history.status': answers<HistoryStatus>()(byConnection),
  /** Everything that a connection keeps on disk goes. Fails with `historyUnreadable`. */
  'history.remove': answers<null>()(byConnection),
}
