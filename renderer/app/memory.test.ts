import { describe, expect, it, vi } from 'vitest'
import type { Snapshot } from '#shared/contract'
import type { AppState } from './appStore'
import type { SliceTools } from './sliceCreator'
import { createWindowSlice } from './windowSlice'

const openWindow = (snapshot: Pick<Snapshot, 'windowHidden'>) =>
  createWindowSlice(snapshot)(vi.fn(), () => ({}) as AppState, {} as SliceTools)

describe('the window', () => {
  it.each([true, false])('starts as the main process knows it (hidden: %s)', (windowHidden) => {
    expect(openWindow({ windowHidden }).windowHidden).toBe(windowHidden)
  })
})
