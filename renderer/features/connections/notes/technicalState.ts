import { defineAppState } from '../../../state/app'

export interface TechnicalState {
  readonly isOpen: boolean
  setOpen(isOpen: boolean): void
}

/** Whether the system's own words are unfolded. A failure goes from the screen with each new try, and they come back as they were. */
export const technicalState = defineAppState<TechnicalState>('technical', ({ set }) => ({
  isOpen: false,
  setOpen: (isOpen) => set({ isOpen }),
}))
