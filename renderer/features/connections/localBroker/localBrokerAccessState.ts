import { defineAppState } from '../../../state/app'

/** The dialog in which it is said who may connect to the broker inside. */
export interface LocalBrokerAccessState {
  readonly open: boolean
  show(): void
  close(): void
}

export const localBrokerAccessState = defineAppState<LocalBrokerAccessState>('localBrokerAccess', ({ set }) => ({
  open: false,
  show: () => set({ open: true }),
  close: () => set({ open: false }),
}))
