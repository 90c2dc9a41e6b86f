import { cleanup, render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { IntlProvider } from 'use-intl'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { newProfile, type Profile } from '#shared/model/profile'
import { defaultSettings } from '#shared/model/settings'
import { catalogues } from '../../i18n/catalogues'
import type { AppState } from '../../store/appStore'
import { AppContext, type AppContextValue } from '../../store/useApp'
import { PasswordDialog } from './PasswordDialog'

afterEach(cleanup)

const field = (name: string) => screen.getByLabelText(name, { exact: true })

const show = (given: Partial<Profile> = {}) => {
  const connect = vi.fn<AppState['connect']>(() => Promise.resolve())
  const profile = newProfile({ id: 'one', name: 'Plant', ...given })
  const secrets = { password: 'none', keyPassphrase: 'none' } as const
  const store = createStore<AppState>()(
    () =>
      ({
        passwordPrompt: { connectionId: 'one', submitted: false, error: null },
        profiles: [{ profile, saved: true, secrets }],
        settings: defaultSettings,
        keyringAvailable: true,
        connect,
        closePasswordPrompt: vi.fn(),
      }) as unknown as AppState,
  )
  render(
    <AppContext value={{ store, models: {} } as unknown as AppContextValue}>
      <IntlProvider locale="en" messages={catalogues.en} timeZone="UTC">
        <PasswordDialog />
      </IntlProvider>
    </AppContext>,
  )
  return { user: userEvent.setup(), connect }
}

describe('PasswordDialog', () => {
  it('takes both where the profile has neither, with the cursor in the first', async () => {
    const { user, connect } = show()
    expect(screen.getByText('The broker wants a username and a password.')).toBeTruthy()
    await waitFor(() => expect(document.activeElement).toBe(field('Username')))
    await user.type(field('Username'), 'ann')
    await user.type(field('Password'), 'secret')
    await user.click(screen.getByRole('button', { name: 'Connect' }))
    expect(connect).toHaveBeenCalledExactlyOnceWith('one', { username: 'ann', password: 'secret', remember: false })
  })

  it('knows the user name of the profile, which can be another', async () => {
    const { user, connect } = show({ username: 'bob' })
    expect(field('Username')).toHaveProperty('value', 'bob')
    await waitFor(() => expect(document.activeElement).toBe(field('Password')))
    await user.clear(field('Username'))
    await user.type(field('Username'), 'ann')
    await user.type(field('Password'), 'secret')
    await user.click(field('Remember'))
    await user.click(screen.getByRole('button', { name: 'Connect' }))
    expect(connect).toHaveBeenCalledExactlyOnceWith('one', { username: 'ann', password: 'secret', remember: true })
  })

  it('misses the user name before MQTT 5, at its field and once one tries', async () => {
    const { user, connect } = show({ protocolVersion: '3.1.1' })
    await user.type(field('Password'), 'secret')
    expect(screen.queryByRole('alert')).toBeNull()
    await user.click(screen.getByRole('button', { name: 'Connect' }))
    expect(screen.getByRole('alert').textContent).toBe('Before MQTT 5 a password needs a username.')
    expect(field('Username').getAttribute('aria-invalid')).toBe('true')
    expect(document.activeElement).toBe(field('Username'))
    expect(connect).not.toHaveBeenCalled()
  })
})
