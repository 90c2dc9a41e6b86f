import { defineAppState, type Connection } from '../../../state/app'

export interface MovedToFolderState {
  /** The connection whose folder is asked for; null = none is. */
  readonly connection: Connection | null
  ask(connection: Connection): void
  close(): void
}

export const movedToFolderState = defineAppState<MovedToFolderState>('movedToFolder', ({ set }) => ({
  connection: null,
  ask: (connection) => set({ connection }),
  close: () => set({ connection: null }),
}))
