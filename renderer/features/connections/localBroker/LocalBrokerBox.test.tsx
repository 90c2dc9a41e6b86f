import { cleanup, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it } from 'vitest'
import type { LocalBrokerPhase } from '#shared/contract'
import { localBrokerRefusals, unusedLocalBroker, type LocalBrokerUse } from '#shared/model/localBroker'
import type { ProfileEntry, SecretKeeping } from '#shared/model/profile'
import type { Language } from '#shared/model/settings'
import { fail, ok, type Result } from '#shared/result'
import { entryOf, openTestWindow } from '../../../testing/testWindow'
import { LocalBrokerBox } from './LocalBrokerBox'

interface Given {
  readonly use?: LocalBrokerUse
  readonly broker?: LocalBrokerPhase
  readonly username?: string
  readonly password?: SecretKeeping
  readonly keyring?: boolean
  readonly answer?: Result<ProfileEntry>
  readonly language?: Language
}

const running: LocalBrokerPhase = { phase: 'running', port: 18_830, devices: false }

const showBox = ({ use = unusedLocalBroker, broker = running, username, password = 'none', ...given }: Given = {}) => {
  const local = entryOf({
    id: 'local',
    kind: 'local',
    name: 'Local broker',
    ...(username === undefined
      ? {}
      : {
          username,
          usePassword: true,
        }),
  })
  const { main, render } = openTestWindow({
    snapshot: {
      profiles: [
        {
          ...local,
          secrets: {
            password,
            keyPassphrase: 'none',
            proxyPassword: 'none',
          },
        },
      ],
      localBroker: broker,
      localBrokerUse: use,
      keyringAvailable: given.keyring ?? true,
    },
    answers: { 'localBroker.setAccess': () => given.answer ?? ok(local) },
  })
  render(<LocalBrokerBox />, given.language)
  return { user: userEvent.setup(), accesses: () => main.inputsOf('localBroker.setAccess') }
}

const client = (clientId: string, username = '') => ({ clientId, protocolVersion: '5', username }) as const

afterEach(cleanup)

describe('the box of the local broker', () => {
  it('says who is connected: three by name, the others by number', () => {
    showBox({ use: { clients: ['a', 'b', 'c', 'd', 'e'].map((id) => client(id)), refused: {} } })
    const line = screen.getByText('5 clients: a, b, c and 2 more')
    expect(line.closest('[title]')?.getAttribute('title')).toContain('e (MQTT 5)')
  })

  it('says who signed in, and that nobody is there', () => {
    showBox({ use: { clients: [client('probe', 'ann')], refused: {} } })
    expect(screen.getByText('1 client: probe').closest('[title]')?.getAttribute('title')).toBe('probe as ann (MQTT 5)')
    cleanup()
    showBox()
    expect(screen.getByText('Nobody is connected.')).toBeTruthy()
  })

  it.each(['en', 'zh-CN', 'zh-TW'] as const)('names everything that was refused in %s', (language) => {
    const refused = Object.fromEntries(localBrokerRefusals.map((kind) => [kind, 2]))
    showBox({ use: { clients: [], refused }, language })
    const lines = screen.getAllByRole('listitem').map((item) => item.textContent)
    expect(new Set(lines).size).toBe(localBrokerRefusals.length)
    for (const line of lines) expect(line).toContain('2')
  })

  it('sets user name and password, and says how they are kept', async () => {
    const { user, accesses } = showBox({ keyring: false })
    expect(screen.getByText('Every program on this computer may connect.')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'User name and password…' }))
    expect(screen.getByText('Until Topicscope closes: this system offers no keyring.')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Set' }))
    expect(screen.getByRole('alert').textContent).toBe('Enter both, or let everybody in.')
    await user.type(screen.getByLabelText('User name'), 'ann')
    await user.type(screen.getByLabelText('Password'), 'geheim')
    await user.click(screen.getByRole('button', { name: 'Set' }))
    expect(accesses()).toEqual([{ username: 'ann', password: 'geheim' }])
    await waitFor(() => expect(screen.queryByLabelText('User name')).toBeNull())
  })

  it('keeps the dialog open beside what went wrong', async () => {
    const { user } = showBox({ answer: fail('storageFailed', 'no', { values: { file: 'secrets.json', detail: 'x' } }) })
    await user.click(screen.getByRole('button', { name: 'User name and password…' }))
    await user.type(screen.getByLabelText('User name'), 'ann')
    await user.type(screen.getByLabelText('Password'), 'geheim')
    await user.click(screen.getByRole('button', { name: 'Set' }))
    expect((await screen.findByRole('alert')).textContent).toContain('secrets.json')
  })

  it('lets everybody in again', async () => {
    const { user, accesses } = showBox({ username: 'ann', password: 'stored' })
    expect(screen.getByText('Clients sign in as ann.')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'User name and password…' }))
    await user.click(screen.getByRole('button', { name: 'Let everybody in' }))
    expect(accesses()).toEqual([null])
  })

  it.each(['unreadable', 'none'] as const)('warns where the password is %s: nobody can connect', (password) => {
    showBox({ username: 'ann', password })
    expect(screen.getByRole('alert').textContent).toContain('nobody can connect')
  })
})
