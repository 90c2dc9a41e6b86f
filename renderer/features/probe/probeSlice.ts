import type { SliceCreator } from '../../store/sliceCreator'

export interface ProbeSlice {
  /** The filter that is held against the topics of a connection, by connection; absent or '' = none. */
  readonly probedFilters: Readonly<Record<string, string>>
  /** Takes any text, also one that is no valid filter yet. */
  probeFilter(connectionId: string, filter: string): void
}

export const createProbeSlice: SliceCreator<ProbeSlice> = (set) => ({
  probedFilters: {},
  probeFilter: (connectionId, filter) =>
    set((state) => ({ probedFilters: { ...state.probedFilters, [connectionId]: filter } })),
})
