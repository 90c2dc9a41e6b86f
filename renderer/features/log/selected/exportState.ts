import { defineConnectionState } from '../../../state/app'

interface RunningExport {
  readonly done: number
  readonly total: number
}

export interface ExportState {
  /** The messages of an export that is being made; null = there is none. */
  readonly running: RunningExport | null
  /** Takes the place of one that is being made, which ends. */
  begin(total: number): ExportRun
  cancel(): void
}

/** What whoever makes an export tells of it. */
export interface ExportRun {
  /** So many messages are written; answers whether to go on. */
  advance(done: number): boolean
  /** Nothing more is to be seen of it; answers whether it was wanted until then. */
  end(): boolean
}

/** More news of an export than that nobody sees, and each draws the note anew. */
const mostNews = 200

export const exportState = defineConnectionState<ExportState>('export', ({ get, set }) => {
  let current: ExportRun | null = null
  return {
    running: null,
    begin: (total) => {
      const step = Math.max(1, Math.floor(total / mostNews))
      const run: ExportRun = {
        advance: (done) => {
          if (current === run && done % step === 0) set({ running: { done, total } })
          return current === run
        },
        end: () => {
          if (current !== run) return false
          get().cancel()
          return true
        },
      }
      current = run
      set({ running: { done: 0, total } })
      return run
    },
    cancel: () => {
      current = null
      set({ running: null })
    },
  }
})
