import { act, cleanup, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fail, ok } from '#shared/result'
import { connectionsState } from '../../state/connections'
import { noticesState } from '../../state/notices'
import { profilesState } from '../../state/profiles'
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
