import { act, cleanup, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it } from 'vitest'
import type { Profile } from '#shared/model/profile'
import { connectionsState } from '../../../state/connections'
import { sessionState } from '../../../state/session'
import { entryOf, openTestWindow } from '../../../testing/testWindow'
import { PasswordDialog } from './PasswordDialog'

afterEach(cleanup)

const field = (name: string) => screen.getByLabelText(name, { exact: true })

const show = (given: Partial<Profile> = {}) => {
  const { connection, main, render } = openTestWindow({ profile: { name: 'Plant', ...given } })
  connection.get(sessionState).askForPassword()
  render(<PasswordDialog />)
  return { user: userEvent.setup(), connects: () => main.inputsOf('session.connect') }
}

describe('PasswordDialog', () => {
  it('takes both where the profile has neither, with the cursor in the first', async () => {
    const { user, connects } = show()
    expect(screen.getByText('The broker wants a username and a password.')).toBeTruthy()
    await waitFor(() => expect(document.activeElement).toBe(field('Username')))
    await user.type(field('Username'), 'ann')
    await user.type(field('Password'), 'secret')
    await user.click(screen.getByRole('button', { name: 'Connect' }))
    expect(connects()).toEqual([{ connectionId: 'c', username: 'ann', password: 'secret', remember: false }])
  })

  it('knows the user name of the profile, which can be another', async () => {
    const { user, connects } = show({ username: 'bob' })
    expect(field('Username')).toHaveProperty('value', 'bob')
    await waitFor(() => expect(document.activeElement).toBe(field('Password')))
    await user.clear(field('Username'))
    await user.type(field('Username'), 'ann')
    await user.type(field('Password'), 'secret')
    await user.click(field('Remember'))
    await user.click(screen.getByRole('button', { name: 'Connect' }))
    expect(connects()).toEqual([{ connectionId: 'c', username: 'ann', password: 'secret', remember: true }])
  })

  it('misses the user name before MQTT 5, at its field and once one tries', async () => {
    const { user, connects } = show({ protocolVersion: '3.1.1' })
    await user.type(field('Password'), 'secret')
    expect(screen.queryByRole('alert')).toBeNull()
    await user.click(screen.getByRole('button', { name: 'Connect' }))
    expect(screen.getByRole('alert').textContent).toBe('Before MQTT 5 a password needs a username.')
    expect(field('Username').getAttribute('aria-invalid')).toBe('true')
    expect(document.activeElement).toBe(field('Username'))
    expect(connects()).toEqual([])
  })

  it('asks for one connection at a time: for the one that wants it last, then for the other', async () => {
    const profiles = [entryOf({ id: 'one', name: 'Plant' }), entryOf({ id: 'two', name: 'Bench' })]
    const { app, render } = openTestWindow({ snapshot: { profiles } })
    const [one, two] = ['one', 'two'].map((id) => app.get(connectionsState).open(id).get(sessionState))
    render(<PasswordDialog />)
    expect(screen.queryByRole('dialog')).toBeNull()
    act(() => {
      two?.askForPassword()
      one?.askForPassword()
    })
    expect(screen.getByRole('dialog', { name: 'Sign in to Plant' })).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: 'Cancel' }))
    expect(screen.getByRole('dialog', { name: 'Sign in to Bench' })).toBeTruthy()
    act(() => void app.get(connectionsState).close('two'))
    expect(screen.queryByRole('dialog')).toBeNull()
  })
})
