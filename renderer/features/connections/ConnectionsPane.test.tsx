import { act, cleanup, fireEvent, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fail, ok } from '#shared/result'
import { connectionsState } from '../../state/connections'
import { noticesState } from '../../state/notices'
import { profilesState } from '../../state/profiles'
import { sessionState } from '../../state/session'
import { entryOf, onlineSession, openTestWindow, type TestWindowOptions } from '../../testing/testWindow'
import { ConnectionBar } from './bar/ConnectionBar'
import { ConnectionsPane } from './ConnectionsPane'
import { ProfileDialogs } from './ProfileDialogs'

// jsdom has neither of them.
beforeEach(() => {
  vi.stubGlobal('CSS', { escape: (text: string) => text })
  Element.prototype.scrollIntoView = () => undefined
})
afterEach(cleanup)

const row = (id: string) => document.querySelector<HTMLElement>(`[data-connection="${id}"]`)!
const rows = () => [...document.querySelectorAll<HTMLElement>('[data-connection]')].map((one) => one.dataset.connection)

const show = (answers: TestWindowOptions['answers'] = {}) => {
  const profiles = [
    entryOf({ id: 'c', name: 'Plant' }),
    entryOf({ id: 'two', name: 'Bench' }),
    entryOf({ id: 'three', name: 'Rig', folder: 'Lab' }),
  ]
  const { app, main, setSession, render } = openTestWindow({ snapshot: { profiles }, answers })
  render(
    <>
      <ConnectionBar />
      <ConnectionsPane />
      <ProfileDialogs />
    </>,
  )
  return {
    app,
    main,
    setSession,
    user: userEvent.setup(),
    inView: () => app.get(connectionsState).inViewId,
  }
}

describe('the list of connections', () => {
  it('shows the one that is clicked, and connects it on Enter', async () => {
    const { user, main, inView } = show()
    await user.click(row('two'))
    expect(inView()).toBe('two')
    expect(row('two').getAttribute('aria-current')).toBe('true')
    await user.keyboard('{ArrowUp}{Enter}')
    expect(inView()).toBe('c')
    expect(main.inputsOf('session.connect')).toEqual([{ connectionId: 'c' }])
  })

  it('says of each connection how it stands', () => {
    const { setSession } = show()
    act(() => setSession(onlineSession()))
    expect(row('c').title).toBe('Plant · Online')
    expect(row('two').title).not.toContain('Online')
  })

  it('closes a folder, and opens it for a connection that comes into it', async () => {
    const { app, user } = show({
      'profile.duplicate': () => ok(entryOf({ id: 'copy', name: 'Rig 2', folder: 'Lab' })),
    })
    await user.click(screen.getByRole('button', { name: /^Lab/ }))
    expect(rows()).toEqual(['c', 'two'])
    await act(() => app.get(profilesState).duplicate('three'))
    expect(rows()).toEqual(['c', 'two', 'three', 'copy'])
  })

  it('deletes a connection, moves on to the next, and brings it back', async () => {
    const { app, user, inView } = show({
      'profile.restore': () => ok(entryOf({ id: 'c', name: 'Plant' })),
    })
    await user.click(row('c'))
    await user.keyboard('{Delete}')
    await waitFor(() => expect(rows()).toEqual(['two', 'three']))
    expect(inView()).toBe('two')
    expect(document.activeElement).toBe(row('two'))
    const [notice] = app.get(noticesState).all
    expect(notice).toMatchObject({ action: { label: { key: 'connections.undo' } } })
    act(() => notice?.action?.run())
    await waitFor(() => expect(inView()).toBe('c'))
    expect(rows()).toContain('c')
  })

  it('asks for a password, and leaves the one Connect of the window to the dialog meanwhile', async () => {
    const { user } = show({ 'session.connect': () => fail('passwordNeeded', 'A password is needed.') })
    await user.click(screen.getByRole('button', { name: 'Connect' }))
    expect(await screen.findByRole('dialog', { name: /Plant/ })).toBeTruthy()
    expect(screen.getAllByText('Connect')).toHaveLength(1)
    await user.click(screen.getByRole('button', { name: 'Cancel' }))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(screen.getByRole('button', { name: 'Connect' })).toHaveProperty('disabled', false)
  })
})

describe('several connections', () => {
  const online = (id: string) => ({ connectionId: id, state: onlineSession(), subscriptions: [] })
  const marked = () =>
    [...document.querySelectorAll<HTMLElement>('[data-connection][aria-pressed="true"]')].map(
      (one) => one.dataset['connection'],
    )

  it('are chosen with the keys of the tree and with clicks, and no more with Esc', async () => {
    const { user, inView } = show()
    await user.click(row('c'))
    await user.keyboard('{Shift>}{ArrowDown}{ArrowDown}{/Shift}')
    expect(marked()).toEqual(['c', 'two', 'three'])
    await user.keyboard('{Shift>}{ArrowUp}{/Shift}')
    expect(marked()).toEqual(['c', 'two'])
    expect(screen.getByText('2 chosen')).toBeTruthy()
    await user.keyboard('{Escape}')
    expect(marked()).toEqual([])
    await user.keyboard('{Control>}a{/Control}')
    expect(marked()).toEqual(['c', 'two', 'three'])
    await user.keyboard('{Control>} {/Control}')
    expect(marked()).toEqual(['c', 'three'])
    await user.keyboard('{Control>}')
    await user.click(row('two'))
    await user.click(row('c'))
    await user.keyboard('{/Control}')
    expect(marked()).toEqual(['two', 'three'])
    expect(inView()).toBe('c')
    await user.click(row('two'))
    expect(marked()).toEqual([])
    expect(inView()).toBe('two')
  })

  it('are connected and disconnected together, what is in view stays', async () => {
    const { app, main, user, inView } = show()
    await user.click(row('c'))
    await user.keyboard('{Shift>}{ArrowDown}{/Shift}{Enter}')
    expect(main.inputsOf('session.connect')).toEqual([{ connectionId: 'c' }, { connectionId: 'two' }])
    expect(inView()).toBe('c')
    for (const id of ['c', 'two']) act(() => app.get(connectionsState).open(id).get(sessionState).receive(online(id)))
    await user.click(screen.getByRole('button', { name: 'Disconnect (2)' }))
    expect(main.inputsOf('session.disconnect')).toEqual([{ connectionId: 'c' }, { connectionId: 'two' }])
  })

  it('go into a folder in their order', async () => {
    const { main, user } = show()
    await user.click(row('c'))
    await user.keyboard('{Shift>}{ArrowDown}{/Shift}')
    await user.click(screen.getByRole('button', { name: 'Move to folder… (2)' }))
    await user.type(screen.getByLabelText('Folder'), 'Lab{Enter}')
    expect(main.inputsOf('profile.arrange')).toEqual([
      [
        { id: 'three', folder: 'Lab' },
        { id: 'c', folder: 'Lab' },
        { id: 'two', folder: 'Lab' },
      ],
    ])
  })

  it('are dragged together, to the place where the one under the pointer is dropped', async () => {
    const { main, user } = show()
    const dataTransfer = { effectAllowed: '', setData: () => undefined }
    await user.keyboard('{Control>}')
    await user.click(row('c'))
    await user.click(row('three'))
    await user.keyboard('{/Control}')
    // Behind it: the page of the test has no layout, so that a pointer is in the lower half of everything.
    const drag = (from: string, to: string) => {
      fireEvent.dragStart(row(from), { dataTransfer })
      fireEvent.dragOver(row(to), { dataTransfer })
      fireEvent.drop(row(to), { dataTransfer })
    }
    drag('three', 'two')
    drag('two', 'c')
    const order = (...ids: readonly string[]) => ids.map((id) => ({ id, folder: '' }))
    // The second is not one of those that are chosen, and goes alone.
    expect(main.inputsOf('profile.arrange')).toEqual([order('two', 'c', 'three'), order('c', 'two', 'three')])
  })

  it('are deleted, and come back with one undo, the last first', async () => {
    const { app, main, user } = show({
      'profile.restore': ({ connectionId }) => ok(entryOf({ id: connectionId, name: connectionId })),
    })
    await user.click(row('c'))
    await user.keyboard('{Shift>}{ArrowDown}{/Shift}{Delete}')
    await waitFor(() => expect(rows()).toEqual(['three']))
    expect(screen.queryByText('2 chosen')).toBeNull()
    const [notice] = app.get(noticesState).all
    expect(notice).toMatchObject({ content: { text: { key: 'connections.deletedSeveral', values: { count: 2 } } } })
    act(() => notice?.action?.run())
    await waitFor(() =>
      expect(main.inputsOf('profile.restore').map(({ connectionId }) => connectionId)).toEqual(['two', 'c']),
    )
  })
})
