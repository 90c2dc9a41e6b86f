import { defineAppState, type Connection } from '../../../state/app'

export interface FarewellState {
  /** The connection whose end is chosen; null = none is. */
  readonly connection: Connection | null
  ask(connection: Connection): void
  close(): void
}

export const farewellState = defineAppState<FarewellState>('farewell', ({ set }) => ({
  connection: null,
  ask: (connection) => set({ connection }),
  close: () => set({ connection: null }),
}))
