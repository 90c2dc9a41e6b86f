import { defineConnectionState } from '../../state/app'

/** What of Sparkplug is looked at: an edge node, or one of its devices. */
export interface SparkplugChoice {
  readonly group: string
  readonly node: string
  readonly device: string | null
}

interface SparkplugState {
  /** Null = the first edge node. */
  readonly chosen: SparkplugChoice | null
  choose(chosen: SparkplugChoice): void
}

export const sparkplugState = defineConnectionState<SparkplugState>('sparkplug', ({ set }) => ({
  chosen: null,
  choose: (chosen) => set({ chosen }),
}))
