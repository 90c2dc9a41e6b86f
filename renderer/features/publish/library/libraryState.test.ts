import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { fail } from '#shared/result'
import { noticesState } from '../../../state/notices'
import { openTestWindow } from '../../../testing/testWindow'
import { emptyMessage } from '../composer/draft'
import { publishState } from '../publishState'
import { libraryState } from './libraryState'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('is stored when a message is kept, renamed and deleted, and undone', async () => {
  const { app, connection, main } = openTestWindow()
  const library = () => app.get(libraryState)
  const saved = () => library().library.savedMessages
  const names = () => saved().map(({ name, folder }) => `${folder}/${name}`)
  const { changeDraft, saveDraftAs } = connection.get(publishState)
  changeDraft({ topic: 'a' })
  expect(await saveDraftAs({ name: 'Start', folder: 'Pump' })).toBeNull()
  expect(names()).toEqual(['Pump/Start'])
  const id = saved()[0]?.id ?? ''
  library().rename(id, { name: 'Stop', folder: '' })
  expect(names()).toEqual(['/Stop'])
  const undo = library().remove(id)
  expect(names()).toEqual([])
  undo?.()
  expect(names()).toEqual(['/Stop'])
  vi.runAllTimers()
  expect(main.inputsOf('library.save').at(-1)?.savedMessages).toEqual(saved())
})

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
