import type { Settings } from '#shared/model/settings'
import { defineAppState } from '../../state/app'

export interface SettingsDialogState {
  readonly open: boolean
  /** The setting to begin at; null = the first. */
  readonly startsAt: keyof Settings | null
  show(startsAt?: keyof Settings): void
  close(): void
}

export const settingsDialogState = defineAppState<SettingsDialogState>('settingsDialog', ({ set }) => ({
  open: false,
  startsAt: null,
  show: (startsAt) => set({ open: true, startsAt: startsAt ?? null }),
  close: () => set({ open: false }),
}))
