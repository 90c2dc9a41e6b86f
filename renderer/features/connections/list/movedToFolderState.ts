import { defineAppState, type Connection } from '../../../state/app'

export interface MovedToFolderState {
  /** The connections whose folder is asked for; none = it is not. */
  readonly connections: readonly Connection[]
  ask(connections: readonly Connection[]): void
  close(): void
}

export const movedToFolderState = defineAppState<MovedToFolderState>('movedToFolder', ({ set }) => ({
  connections: [],
  ask: (connections) => set({ connections }),
  close: () => set({ connections: [] }),
}))
