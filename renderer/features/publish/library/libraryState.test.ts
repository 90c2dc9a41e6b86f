import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { fail } from '#shared/result'
import { noticesState } from '../../../state/notices'
import { openTestWindow } from '../../../testing/testWindow'
import { emptyMessage } from '#shared/model/publish'
import { libraryState } from './libraryState'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('says when it could not be stored, and brings a cleared history back', async () => {
  const { app, main } = openTestWindow()
  main.answer({ 'library.save': () => fail('storageFailed', 'Full.') })
  const library = () => app.get(libraryState)
  library().keepSent('c', { sentAt: 1, message: { ...emptyMessage, topic: 'a' } })
  await vi.waitFor(() =>
    expect(app.get(noticesState).all).toMatchObject([{ content: { error: { code: 'storageFailed' } } }]),
  )
  const before = library().library.history
  const restore = library().clearHistory('c')
  expect(library().library.history).toEqual({})
  restore()
  expect(library().library.history).toEqual(before)
})
