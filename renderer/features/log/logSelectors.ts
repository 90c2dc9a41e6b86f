import type { AppState } from '../../store/appStore'
import { noCounters } from '../../store/connectionCounters'
import { noFilter } from '../../model/logSearch/logFilter'

export const selectFilter = (connectionId: string) => (state: AppState) => state.logFilters[connectionId] ?? noFilter
export const selectScope = (connectionId: string) => (state: AppState) => state.logScope[connectionId] ?? null
export const selectPausedRow = (connectionId: string) => (state: AppState) => state.paused[connectionId] ?? null
export const selectCounters = (connectionId: string) => (state: AppState) => state.counters[connectionId] ?? noCounters
