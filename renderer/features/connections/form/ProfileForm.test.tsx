import { act, cleanup, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { failureFrom } from '#shared/model/failureTesting'
import { newProfile, type Profile, type SecretKeeping } from '#shared/model/profile'
import type { SessionPhase } from '#shared/model/session'
import { fail, type AppError } from '#shared/result'
import { connectionsState } from '../../../state/connections'
import { noticesState } from '../../../state/notices'
import { sessionState } from '../../../state/session'
import { entryOf, onlineSession, openTestWindow } from '../../../testing/testWindow'
import { ProfileForm } from './ProfileForm'
import { profileFormState } from './profileFormState'

// jsdom has no CSS.escape; the paths of the form need none of it but for their dots.
vi.stubGlobal('CSS', { escape: (text: string) => text })

interface Given {
  readonly profile?: Partial<Profile>
  readonly password?: SecretKeeping
  /** Why it cannot be saved. */
  readonly refusal?: ReturnType<typeof fail>
  /** Why connecting was not even begun. */
  readonly failure?: AppError
  readonly session?: SessionPhase
}

const reason = failureFrom({ code: 'connectionReset', message: 'ECONNRESET' })
const waiting: SessionPhase = { phase: 'waiting', attempt: 1, nextTryAt: 0, reason }

/** The form of a new connection, or of the given one. */
const openForm = async ({ profile, password = 'none', refusal, session, failure }: Given = {}) => {
  const entry = {
    ...entryOf({ id: 'c', name: 'Bench', ...profile }),
    secrets: { password, keyPassphrase: 'none', proxyPassword: 'none' } as const,
  }
  const { app, connection, main, render } = openTestWindow({
    snapshot: {
      profiles: [entry],
      sessions: session ? [{ connectionId: 'c', state: session, subscriptions: [] }] : [],
    },
    answers: refusal ? { 'profile.save': () => refusal } : {},
  })
  if (failure) {
    main.answer({ 'session.connect': () => ({ ok: false, error: failure }) })
    await connection.get(sessionState).connect()
  }
  const form = () => app.get(profileFormState)
  if (profile) form().edit(connection)
  else form().openNew()
  render(<ProfileForm />)
  const first = profile ? 'Name' : 'Paste an address or a mosquitto command'
  await waitFor(() => expect(document.activeElement).toBe(field(first)))
  return {
    user: userEvent.setup(),
    app,
    form,
    edit: (path?: string) => act(() => form().edit(connection, path)),
    saves: () => main.inputsOf('profile.save'),
    notices: () => app.get(noticesState).all,
    /** What was asked of the session. */
    done: () => main.asked.map(({ name }) => name).filter((name) => name.startsWith('session.')),
  }
}

const field = (name: string) => screen.getByLabelText(name, { exact: true })
const button = (name: string) => screen.getByRole('button', { name })
const retype = async (user: ReturnType<typeof userEvent.setup>, name: string, text: string) => {
  await user.clear(field(name))
  if (text !== '') await user.type(field(name), text)
}

afterEach(cleanup)

describe('ProfileForm', () => {
  it('has all it takes to connect at once, by the names of the contract', async () => {
    const { user } = await openForm()
    expect(screen.getByRole('dialog', { name: 'New connection' })).toBeTruthy()
    for (const name of ['Name', 'Host', 'Port', 'Client ID', 'Username', 'Password']) expect(field(name)).toBeTruthy()
    expect(button('Save')).toBeTruthy()
    await user.tab()
    expect(document.activeElement).toBe(field('Name'))
  })

  it.each(['0', '70000', 'abc'])(
    'says what is wrong with port %s once the field is left, and keeps it',
    async (port) => {
      const { user } = await openForm()
      await retype(user, 'Port', port)
      expect(screen.queryByRole('alert')).toBeNull()
      await user.tab()
      expect(screen.getByRole('alert').textContent).toBe('A whole number from 1 to 65,535.')
      expect(field('Port').getAttribute('aria-invalid')).toBe('true')
      expect(field('Port')).toHaveProperty('value', port)
    },
  )

  it('saves with Ctrl+Enter what was typed, password included', async () => {
    const { user, saves, form, app } = await openForm()
    await user.type(field('Name'), 'Bench')
    await retype(user, 'Host', 'broker.example')
    await user.type(field('Password'), 'open sesame{Control>}{Enter}{/Control}')
    await waitFor(() => expect(form().opened).toBeNull())
    expect(saves()).toEqual([
      {
        profile: expect.objectContaining({ name: 'Bench', host: 'broker.example', usePassword: true }) as Profile,
        secrets: {
          password: { change: 'set', value: 'open sesame' },
          keyPassphrase: { change: 'keep' },
          proxyPassword: { change: 'keep' },
        },
      },
    ])
    expect(app.get(connectionsState).inViewId).toBe(saves()[0]?.profile.id)
  })

  it('says beside a stored password that it is forgotten where the connection leads elsewhere, and not otherwise', async () => {
    const { user } = await openForm({ profile: { usePassword: true }, password: 'stored' })
    const hint = () => field('Password').closest('div')?.parentElement?.textContent ?? ''
    await retype(user, 'Username', 'bob')
    expect(hint()).toContain('Encrypted by the system’s keyring.')
    await retype(user, 'Host', 'elsewhere')
    expect(hint()).toContain('it is forgotten when you save')
    expect(field('Password')).toHaveProperty('placeholder', '')
    await user.type(field('Password'), 'new')
    expect(hint()).not.toContain('forgotten')
    await user.clear(field('Password'))
    await retype(user, 'Host', 'LOCALHOST')
    expect(hint()).toContain('Encrypted by the system’s keyring.')
  })

  it('says of a connection that is online that a change takes another one, and offers it', async () => {
    const { user, form, edit, notices, done } = await openForm({ profile: {}, session: onlineSession() })
    await retype(user, 'Name', 'Another name')
    await user.click(button('Save'))
    await waitFor(() => expect(form().opened).toBeNull())
    expect(notices()).toEqual([])
    edit()
    await waitFor(() => expect(document.activeElement).toBe(field('Name')))
    await retype(user, 'Port', '1884')
    await user.click(button('Save'))
    await waitFor(() => expect(notices()).toHaveLength(1))
    const [notice] = notices()
    expect(notice).toMatchObject({
      content: { text: expect.stringMatching(/takes a new connection/) as string },
      action: { label: 'Reconnect' },
    })
    notice?.action?.run()
    await waitFor(() => expect(done()).toEqual(['session.disconnect', 'session.connect']))
  })

  it('has a connection that waits for its next try make it at once with what was changed', async () => {
    const { user, done } = await openForm({ profile: {}, session: waiting })
    await retype(user, 'Port', '1884')
    await user.click(button('Save'))
    await waitFor(() => expect(done()).toEqual(['session.connect']))
  })

  it('jumps to the section and field of the first problem on saving', async () => {
    const { user, saves } = await openForm({ profile: {} })
    await user.click(button('Session'))
    await retype(user, 'Keepalive (seconds)', '70000')
    await user.click(button('General'))
    await user.click(button('Save'))
    expect(document.activeElement).toBe(field('Keepalive (seconds)'))
    expect(screen.getByRole('alert').textContent).toBe('A whole number from 0 to 65,535.')
    expect(saves()).toEqual([])
  })

  it('asks before Escape throws changes away, and takes the question back', async () => {
    const { user, form } = await openForm({ profile: {} })
    await user.type(field('Name'), ' 2')
    await user.keyboard('{Escape}')
    expect(screen.getByRole('alert').textContent).toBe('Discard your changes?')
    expect(document.activeElement).toBe(button('Keep editing'))
    await user.click(button('Keep editing'))
    expect(field('Name')).toHaveProperty('value', 'Bench 2')
    expect(document.activeElement).toBe(field('Name'))
    await user.keyboard('{Escape}')
    await user.click(button('Discard'))
    expect(form().opened).toBeNull()
  })

  it('asks before Cancel throws changes away; a second Escape takes the question back', async () => {
    const { user, form } = await openForm({ profile: {} })
    await user.type(field('Name'), ' 2')
    await user.click(button('Cancel'))
    expect(button('Discard')).toBeTruthy()
    await user.keyboard('{Escape}')
    expect(screen.queryByRole('alert')).toBeNull()
    expect(form().opened).not.toBeNull()
  })

  it('lets Escape close what was not changed', async () => {
    const { user, form } = await openForm({ profile: {} })
    await user.keyboard('{Escape}')
    expect(form().opened).toBeNull()
  })

  it('lets the port follow the scheme and shows the path of a WebSocket only', async () => {
    const { user } = await openForm()
    expect(screen.queryByLabelText('WebSocket path')).toBeNull()
    await user.selectOptions(field('Scheme'), 'wss')
    expect(field('Port')).toHaveProperty('value', '443')
    expect(field('WebSocket path')).toHaveProperty('value', '/mqtt')
  })

  it('says that a password is stored, and forgets it on saving', async () => {
    const { user, saves } = await openForm({ profile: { usePassword: true }, password: 'stored' })
    expect(field('Password').getAttribute('placeholder')).toBe('Stored')
    await user.click(button('Forget'))
    await user.click(button('Save'))
    expect(saves()[0]).toMatchObject({ secrets: { password: { change: 'set', value: '' } } })
  })

  it('shows why the connection failed at the field to blame, marks its section, and lets it go with a change', async () => {
    const failure: AppError = {
      code: 'tlsFileEmpty',
      message: '',
      field: 'tls.keyFile',
      values: { role: 'keyFile', file: 'k.pem' },
    }
    const { user, form, edit } = await openForm({ profile: { scheme: 'mqtts' }, failure })
    const section = screen.getByRole('button', { name: /^TLS ?1$/ })
    await user.click(section)
    expect(screen.getByRole('alert').textContent).toBe('Private key: k.pem is empty.')
    expect(field('Private key').getAttribute('aria-invalid')).toBe('true')
    await user.type(field('Client certificate'), 'x')
    expect(screen.queryByText(/is empty/)).toBeNull()
    edit('tls.keyFile')
    expect(form().opened).toMatchObject({ field: 'tls.keyFile', failure: { code: 'tlsFileEmpty' } })
  })

  it('finds PKCS #12 beside a certificate at once', async () => {
    const tls = { ...newProfile({ id: 'x' }).tls, pkcs12File: 'a.p12', certificateFile: 'a.crt', keyFile: 'a.key' }
    const { user, saves } = await openForm({ profile: { scheme: 'mqtts', tls } })
    await user.click(button('Save'))
    expect(screen.getByRole('alert').textContent).toMatch(/^Choose either a PKCS #12 file or certificate and key/)
    expect(field('PKCS #12 file').getAttribute('aria-invalid')).toBe('true')
    expect(saves()).toEqual([])
  })

  it('lets the CA file be trusted as it is', async () => {
    const { user, saves } = await openForm({ profile: { scheme: 'mqtts' } })
    await user.click(button('TLS'))
    await user.click(field('Trust the CA file as it is'))
    await user.click(button('Save'))
    expect(saves()[0]).toMatchObject({ profile: { tls: { trustCaFileAsItIs: true } } })
  })

  it('stays open and says why it could not be saved', async () => {
    const { user, form } = await openForm({ profile: {}, refusal: fail('storageFailed', 'Disk full.') })
    await user.click(button('Save'))
    expect(await within(screen.getByRole('dialog')).findByRole('alert')).toBeTruthy()
    expect(form().opened).not.toBeNull()
  })

  it('takes an address apart when the host field is left, or when it is pasted there', async () => {
    const { user } = await openForm({ profile: {} })
    await retype(user, 'Host', '[[::1]:1884')
    expect(field('Host')).toHaveProperty('value', '[::1]:1884')
    await user.tab()
    expect(field('Host')).toHaveProperty('value', '::1')
    expect(field('Port')).toHaveProperty('value', '1884')
    await user.clear(field('Host'))
    await user.paste('wss://ann@broker.example/ws')
    expect(field('Host')).toHaveProperty('value', 'broker.example')
    expect(field('Port')).toHaveProperty('value', '1884')
    expect(field('Scheme')).toHaveProperty('value', 'wss')
    expect(field('WebSocket path')).toHaveProperty('value', '/ws')
    expect(field('Username')).toHaveProperty('value', 'ann')
  })

  it('takes it apart before it saves, too', async () => {
    const { user, saves } = await openForm({ profile: {} })
    await retype(user, 'Host', 'broker.example:1884{Control>}{Enter}{/Control}')
    await waitFor(() => expect(saves()).toHaveLength(1))
    expect(saves()[0]?.profile).toMatchObject({ host: 'broker.example', port: 1_884 })
  })

  it('refuses several hosts and a fragment in the path beside their fields', async () => {
    const { user } = await openForm({ profile: { scheme: 'ws' } })
    await retype(user, 'Host', 'a.example, b.example')
    await retype(user, 'WebSocket path', '/mqtt?token=a#b')
    await user.tab()
    expect(screen.getAllByRole('alert').map(({ textContent }) => textContent)).toEqual([
      'One host only: Topicscope connects to one broker at a time.',
      "# would begin a fragment, which a WebSocket's address must not have. Write %23.",
    ])
  })

  it('warns of a client id some brokers do not take, and saves it', async () => {
    const clientId = 'd:org123:gateway:0123456789abcdef'
    const { user, saves } = await openForm({ profile: { protocolVersion: '3.1', clientId } })
    expect(screen.getByText('Some brokers of MQTT 3.1 take 23 bytes at most.')).toBeTruthy()
    await user.click(button('Save'))
    await waitFor(() => expect(saves()).toHaveLength(1))
    expect(saves()[0]?.profile).toMatchObject({ clientId })
  })

  it('warns for as long as certificates are not verified', async () => {
    const { user } = await openForm({ profile: { scheme: 'mqtts' } })
    await user.click(button('TLS'))
    expect(screen.queryByText(/For tests only/)).toBeNull()
    await user.click(field('Verify the broker’s certificate'))
    expect(screen.getByText(/For tests only/)).toBeTruthy()
  })
})
