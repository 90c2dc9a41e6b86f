import { defineConnectionState } from './app'

export interface ComparisonState {
  /** The message that the selected one is compared with, by its sequence number; null = the one before on its topic. */
  readonly comparedWith: number | null
  compareWith(sequence: number | null): void
}

/** Which message of the log the details set the selected one against. */
export const comparisonState = defineConnectionState<ComparisonState>('comparison', ({ set }) => ({
  comparedWith: null,
  compareWith: (comparedWith) => set({ comparedWith }),
}))
