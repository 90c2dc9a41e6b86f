import { act, cleanup, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { sharedCollectionId, type CollectionMessage } from '#shared/model/collection'
import { noticesState } from '../../../state/notices'
import { onlineSession, openTestWindow } from '../../../testing/testWindow'
import { stubLayout } from '../../../ui/layoutTesting'
import { emptyMessage } from '#shared/model/publish'
import { CollectionsPane } from './CollectionsPane'
import { collectionsState } from './collectionsState'
import { startKeptShortcuts } from './startCollections'

// jsdom has no CSS.escape; the keys of these rows need none of it but for their dots.
vi.stubGlobal('CSS', { escape: (text: string) => text })
beforeEach(() => void stubLayout({ clientHeight: 480, offsetHeight: 24 }))
afterEach(cleanup)

const kept = (name: string, change: Partial<CollectionMessage> = {}): CollectionMessage => ({
  id: name,
  name,
  folder: '',
  order: 0,
  shortcut: '',
  message: { ...emptyMessage, topic: `plant/${name}` },
  unsaved: null,
  ...change,
})

/** The pane, with a folder and these messages in the shared collection. */
const show = (messages: readonly CollectionMessage[] = []) => {
  const opened = openTestWindow({ session: onlineSession() })
  const { app } = opened
  app.get(collectionsState).receive({
    facts: {
      id: sharedCollectionId,
      kind: 'shared',
      connectionId: null,
      name: '',
      path: '/data/shared',
      folders: [{ path: 'hall', name: 'Hall 1' }],
      damaged: [{ path: 'broken.json', folder: '', fileName: 'broken.json', reason: 'notJson', detail: '' }],
      problem: null,
    },
    isWhole: true,
    put: [...messages],
    removed: [],
  })
  opened.render(<CollectionsPane />)
  const tree = within(screen.getByRole('tree', { name: 'Collections' }))
  return {
    ...opened,
    tree,
    user: userEvent.setup(),
    item: (name: string) => tree.getByRole('treeitem', { name }),
    names: () => tree.getAllByRole('treeitem').map((row) => row.getAttribute('aria-label')),
    published: () => opened.main.inputsOf('message.publish').map(({ topic }) => topic),
  }
}

describe('the pane of collections', () => {
  it('shows collections, folders, messages and files that cannot be read as one tree with one Tab stop', () => {
    const { names, item, tree } = show([kept('valve'), kept('pump', { folder: 'hall', shortcut: 'CmdOrCtrl+Alt+1' })])
    expect(names().slice(0, 4)).toEqual(['Shared', 'Hall 1', 'pump', 'valve'])
    expect(names().some((name) => name?.includes('broken.json'))).toBe(true)
    expect(item('Hall 1').getAttribute('aria-expanded')).toBe('true')
    expect(item('pump').getAttribute('aria-level')).toBe('3')
    expect(tree.getAllByRole('treeitem').filter(({ tabIndex }) => tabIndex === 0)).toHaveLength(1)
  })

  it('opens and closes with arrows, sends with Enter, and says of a deleted one how to bring it back', async () => {
    const { user, item, tree, published, app } = show([kept('valve'), kept('pump', { folder: 'hall' })])
    act(() => item('Hall 1').focus())
    await user.keyboard('{ArrowLeft}')
    expect(tree.queryByRole('treeitem', { name: 'pump' })).toBeNull()
    await user.keyboard('{ArrowRight}{ArrowRight}')
    expect(document.activeElement).toBe(item('pump'))
    await user.keyboard('{Enter}')
    expect(published()).toEqual(['plant/pump'])
    await user.keyboard('{Delete}')
    expect(tree.queryByRole('treeitem', { name: 'pump' })).toBeNull()
    act(() => app.get(noticesState).all.at(-1)?.action?.run())
    expect(item('pump')).toBeTruthy()
  })

  it('finds messages by their words, and says where none fits', async () => {
    const { user, names } = show([kept('valve'), kept('pump', { folder: 'hall' })])
    const search = screen.getByRole('searchbox', { name: 'Search collections' })
    await user.type(search, 'PUMP')
    expect(names()).toContain('pump')
    expect(names()).not.toContain('valve')
    await user.clear(search)
    await user.type(search, 'nothing of it')
    expect(screen.getByText('Nothing fits “nothing of it”.')).toBeTruthy()
  })

  it('asks for a name, says that it needs one, and renames', async () => {
    const { user, item, main } = show([kept('valve')])
    act(() => item('valve').focus())
    await user.keyboard('{F2}')
    const dialog = within(await screen.findByRole('dialog', { name: 'Rename the message' }))
    await user.clear(dialog.getByLabelText('Name'))
    await user.click(dialog.getByRole('button', { name: 'Save' }))
    expect(dialog.getByRole('alert')).toBeTruthy()
    await user.type(dialog.getByLabelText('Name'), 'open it{Enter}')
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(item('open it')).toBeTruthy()
    expect(main.inputsOf('collection.save').at(-1)?.messages).toMatchObject([{ id: 'valve', name: 'open it' }])
  })
})

describe('the keys of a kept message', () => {
  it('send it wherever in a page the focus is, also in a window of its own, until they are stopped', () => {
    const { connection, published } = show([kept('pump', { shortcut: 'CmdOrCtrl+Alt+1' })])
    const page = document.implementation.createHTMLDocument('another window')
    const stop = startKeptShortcuts(page, () => connection)
    const pressIn = (where: Document, key: string) =>
      where.dispatchEvent(
        new KeyboardEvent('keydown', { key, code: `Digit${key}`, ctrlKey: true, altKey: true, cancelable: true }),
      )
    const press = () => act(() => void pressIn(page, '1'))
    press()
    expect(published()).toEqual(['plant/pump'])
    act(() => void pressIn(document, '1'))
    act(() => void pressIn(page, '2'))
    expect(published()).toHaveLength(1)
    stop()
    press()
    expect(published()).toHaveLength(1)
  })
})
