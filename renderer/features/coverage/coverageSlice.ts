import type { SliceCreator } from '../../store/sliceCreator'

export interface CoverageView {
  readonly connectionId: string
}

export interface CoverageSlice {
  /** The connection whose subscriptions are held against its topics; null = none. */
  readonly coverageView: CoverageView | null
  showCoverage(connectionId: string): void
  hideCoverage(): void
}

export const createCoverageSlice: SliceCreator<CoverageSlice> = (set) => ({
  coverageView: null,
  showCoverage: (connectionId) => set({ coverageView: { connectionId } }),
  hideCoverage: () => set({ coverageView: null }),
})
