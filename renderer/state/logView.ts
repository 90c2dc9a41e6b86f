import { noFilter, type LogFilter } from '../model/logSearch/logFilter'
import { defineConnectionState } from './app'

/** Which messages of the log are shown. */
export interface LogViewState {
  readonly filter: LogFilter
  /** Topic subtree that limits the log; null = none does. */
  readonly scope: string | null
  changeFilter(change: Partial<LogFilter>): void
  /** Shows all messages again. */
  clearFilter(): void
  limitTo(topic: string | null): void
}

export const logViewState = defineConnectionState<LogViewState>(
  'logView',
  ({ set }) => ({
    filter: noFilter,
    scope: null,
    changeFilter: (change) => set(({ filter }) => ({ filter: { ...filter, ...change } })),
    clearFilter: () => set({ filter: noFilter, scope: null }),
    limitTo: (scope) => set({ scope }),
  }),
  { keepsake: ({ filter }) => ({ filter }) },
)
