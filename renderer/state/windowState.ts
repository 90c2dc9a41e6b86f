import { defineAppState } from './app'

export interface WindowState {
  /** Nobody sees the window. The page itself is always told that it is visible, so that its timers run on. */
  readonly hidden: boolean
  receiveHidden(hidden: boolean): void
}

export const windowState = defineAppState<WindowState>('window', ({ owner, set }) => ({
  hidden: owner.snapshot.windowHidden,
  receiveHidden: (hidden) => set({ hidden }),
}))
