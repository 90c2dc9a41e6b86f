import { defineAppState } from '../../state/app'

export interface PaletteState {
  readonly open: boolean
  show(): void
  close(): void
}

export const paletteState = defineAppState<PaletteState>('palette', ({ set }) => ({
  open: false,
  show: () => set({ open: true }),
  close: () => set({ open: false }),
}))
