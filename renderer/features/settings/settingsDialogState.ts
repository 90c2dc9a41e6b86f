import { defineAppState } from '../../state/app'

export interface SettingsDialogState {
  readonly open: boolean
  show(): void
  close(): void
}

export const settingsDialogState = defineAppState<SettingsDialogState>('settingsDialog', ({ set }) => ({
  open: false,
  show: () => set({ open: true }),
  close: () => set({ open: false }),
}))
