// Why it is so: build/docs/decisions/55-a-clear-sets-log-and-tree-aside.md
import type { SubscriptionTotals } from '#shared/model/frame'
import type { ConnectionStateParts } from './app'
import { windowCounts, type ConnectionCounters } from './connectionCounters'

export interface ClearedLog {
  readonly messages: number
  /** The row the log was paused at; null = it was not. */
  readonly pausedAt: number | null
  readonly countedBefore: CountedBefore
}

/** How many messages each subscription had had when log and tree were emptied last, by its id. */
export type CountedBefore = Readonly<Record<string, number>>

/** What clearing reads and changes of the state of messages. */
interface Clearable {
  readonly revision: number
  readonly counters: ConnectionCounters
  readonly subscriptionTotals: Readonly<Record<string, SubscriptionTotals>>
  readonly countedBefore: CountedBefore
  readonly pausedAt: number | null
  readonly cleared: ClearedLog | null
  readonly clears: number
}

interface Clearing {
  clear(): void
  undoClear(): void
}

/** Long enough to notice a mistake, short enough that cleared messages do not stay in memory. */
const undoMs = 20_000

/** Clearing the messages of a connection, and taking that back. */
export const createClearing = <State extends Clearable>({ owner, get, set }: ConnectionStateParts<State>): Clearing => {
  const { id: connectionId, app, gone } = owner
  let undoTimer: ReturnType<typeof setTimeout> | undefined
  gone.addEventListener('abort', () => clearTimeout(undoTimer))
  const change = (changed: Partial<Clearable>) => set(changed as Partial<State>)
  /** Counts anew after log and tree were changed as a whole. */
  const put = (changed: Pick<Clearable, 'cleared' | 'pausedAt'> & Partial<Clearable>) => {
    const { counters, revision } = get()
    change({ counters: { ...counters, ...windowCounts(owner.model) }, revision: revision + 1, ...changed })
  }
  const forgetCleared = () => {
    clearTimeout(undoTimer)
    const throughSequence = owner.model.forgetCleared()
    if (throughSequence > 0) void app.api.invoke('payload.release', { connectionId, throughSequence })
    if (get().cleared) change({ cleared: null })
  }
  return {
    clear: () => {
      const { log, tree } = owner.model
      forgetCleared()
      const messages = log.keptCount()
      const canUndo = messages > 0 || tree.topicCount() > 0
      const { pausedAt, clears, countedBefore } = get()
      owner.model.clear()
      // Both keep what comes under numbers of their own: the main process's are of no more use.
      void app.api.invoke('topic.forget', { connectionId })
      const cleared = canUndo ? { messages, pausedAt, countedBefore } : null
      const counted = countedNow(get())
      put({ cleared, pausedAt: pausedAt === null ? null : 0, clears: clears + 1, countedBefore: counted })
      if (canUndo) undoTimer = setTimeout(forgetCleared, undoMs)
      else forgetCleared()
    },

    undoClear: () => {
      const { cleared, pausedAt } = get()
      clearTimeout(undoTimer)
      if (!cleared || !owner.model.undoClear()) return
      const endRow = cleared.pausedAt ?? owner.model.log.endRow()
      put({ cleared: null, pausedAt: pausedAt === null ? null : endRow, countedBefore: cleared.countedBefore })
    },
  }
}

const countedNow = ({ subscriptionTotals }: Clearable): CountedBefore =>
  Object.fromEntries(Object.entries(subscriptionTotals).map(([id, { messages }]) => [id, messages]))
