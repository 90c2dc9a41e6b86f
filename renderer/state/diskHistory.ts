import type { HistoryStatus } from '#shared/model/history'
import type { AppError, Result } from '#shared/result'
import { defineConnectionState } from './app'
import { noticesState } from './notices'

/** What a connection keeps on disk, as main tells it. */
export interface DiskHistoryState {
  /** Null = main has not told. */
  readonly status: HistoryStatus | null
  readonly failure: AppError | null
  /** Its log is filled from disk, the first time in a run. */
  open(): void
  look(): Promise<void>
  /** Everything on disk goes. */
  removeAll(): Promise<void>
  /** How much is on disk in a time. */
  measure(stretch: HistoryStretch): Promise<Result<MeasuredStretch>>
  /** Reads it into a connection of its own. */
  openStretch(stretch: HistoryStretch): Promise<Result<{ readonly connectionId: string }>>
  receive(status: HistoryStatus): void
}

/** Milliseconds since 1970: from then on, and before then; null = all. */
interface HistoryStretch {
  readonly from: number | null
  readonly to: number | null
}

export type MeasuredStretch = Omit<HistorySums, 'bytes'>

export const diskHistoryState = defineConnectionState<DiskHistoryState>('diskHistory', ({ owner, set }) => {
  const { app, id: connectionId } = owner
  return {
    status: null,
    failure: null,
    open: () => void app.api.invoke('history.open', { connectionId }),
    look: async () => {
      const answer = await app.api.invoke('history.status', { connectionId })
      set(answer.ok ? { status: answer.value, failure: null } : { failure: answer.error })
    },
    removeAll: async () => {
      const answer = await app.api.invoke('history.remove', { connectionId })
      if (!answer.ok) app.get(noticesState).showError(answer.error)
    },
    measure: (stretch) => app.api.invoke('history.measure', { connectionId, ...stretch }),
    openStretch: (stretch) => app.api.invoke('history.openStretch', { connectionId, ...stretch }),
    receive: (status) => set({ status, failure: null }),
  }
})

export interface HistorySums {
  readonly messages: number
  readonly bytes: number
  /** Milliseconds since 1970; null = there is no message. */
  readonly from: number | null
  readonly to: number | null
}

export const sumsOf = ({ segments }: HistoryStatus): HistorySums => ({
  messages: segments.reduce((sum, { messages }) => sum + messages, 0),
  bytes: segments.reduce((sum, { bytes }) => sum + bytes, 0),
  from: segments.find(({ from }) => from !== null)?.from ?? null,
  to: segments.findLast(({ to }) => to !== null)?.to ?? null,
})
