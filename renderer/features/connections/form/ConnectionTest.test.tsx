import { act, cleanup, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { ConnectionTest } from '#shared/model/connectionTest'
import type { Remedy } from '#shared/model/failure'
import { failureFrom } from '#shared/model/failureTesting'
import { newProfile, type Profile } from '#shared/model/profile'
import { noWill } from '#shared/model/will'
import { fail, ok, type Result } from '#shared/result'
import { entryOf, onlineSession, openTestWindow } from '../../../testing/testWindow'
import { ProfileForm } from './ProfileForm'
import { profileFields } from './profileFields'
import { profileFormState } from './profileFormState'

// jsdom has no CSS.escape; the paths of the form need none of it but for their dots.
vi.stubGlobal('CSS', { escape: (text: string) => text })
afterEach(cleanup)

interface Given {
  readonly profile?: Partial<Profile>
  readonly results?: readonly Result<ConnectionTest>[]
  readonly isOnline?: boolean
}

const openForm = async ({ profile, results = [], isOnline = false }: Given = {}) => {
  const left = [...results]
  const { app, connection, main, render } = openTestWindow({
    snapshot: {
      profiles: [entryOf({ id: 'c', name: 'Bench', ...profile })],
      sessions: isOnline ? [{ connectionId: 'c', state: onlineSession(), subscriptions: [] }] : [],
    },
    answers: { 'connectionTest.run': () => left.shift() ?? new Promise<never>(() => undefined) },
  })
  act(() => app.get(profileFormState).edit(connection))
  render(<ProfileForm />)
  await waitFor(() => expect(document.activeElement).toBe(field('Name')))
  return {
    user: userEvent.setup(),
    main,
    edit: (path: string) => act(() => app.get(profileFormState).edit(connection, path)),
    close: () => act(() => app.get(profileFormState).close()),
    done: () => main.asked.map(({ name }) => name).filter((name) => !name.startsWith('app.')),
  }
}

const field = (name: string) => screen.getByLabelText(name, { exact: true })
const button = (name: string) => screen.getByRole('button', { name })
const accepted = (given: Partial<Extract<ConnectionTest, { outcome: 'accepted' }>> = {}): Result<ConnectionTest> => {
  return ok({
    outcome: 'accepted',
    online: onlineSession(),
    connectMilliseconds: 12.3,
    pingMilliseconds: 1.26,
    hasOtherClientId: false,
    leftWillOut: false,
    ...given,
  })
}
const failed = (remedies: readonly Remedy[]): Result<ConnectionTest> =>
  ok({
    outcome: 'failed',
    failure: { ...failureFrom({ code: 'connectionRefused', message: 'ECONNREFUSED' }), remedies },
  })

describe('Test connection', () => {
  it('asks with what the form says, saves nothing, and says what came of it', async () => {
    const { user, main, done } = await openForm({ results: [accepted({ hasOtherClientId: true, leftWillOut: true })] })
    await user.type(field('Host'), '.example')
    await user.click(button('Test connection'))
    expect((await screen.findByText('Accepted.')).parentElement?.textContent).toMatch(
      /after 12 ms\. Round trip 1\.3 ms\./,
    )
    expect(document.body.textContent).toMatch(/without the last will, as “.*” so that the session .* is left alone/)
    expect(main.inputsOf('connectionTest.run')[0]?.profile.host).toBe('localhost.example')
    expect(done()).toEqual(['connectionTest.run'])
    await user.type(field('Host'), '2')
    expect(screen.queryByText('Accepted.')).toBeNull()
  })

  it('needs no name, which saving asks for', async () => {
    const { user, done } = await openForm({ profile: { name: '' }, results: [accepted()] })
    await user.click(button('Test connection'))
    expect(await screen.findByText('Accepted.')).toBeTruthy()
    expect(screen.queryByRole('alert')).toBeNull()
    await user.click(button('Save'))
    expect(document.activeElement).toBe(field('Name'))
    expect(screen.getByRole('alert')).toBeTruthy()
    expect(done()).toEqual(['connectionTest.run'])
  })

  it('goes to what is wrong in the form first', async () => {
    const { user, done } = await openForm()
    await user.clear(field('Port'))
    await user.click(button('Test connection'))
    expect(document.activeElement).toBe(field('Port'))
    expect(done()).toEqual([])
  })

  it('goes to the password where one is missing', async () => {
    const { user } = await openForm({ results: [fail('passwordNeeded', 'A password.', { field: 'password' })] })
    await user.click(button('Test connection'))
    await waitFor(() => expect(document.activeElement).toBe(field('Password')))
    expect(screen.getByRole('alert').textContent).toBe('This connection needs a password.')
  })

  it('offers what may help: a field of the form, or another try with other settings in it', async () => {
    const values = { host: 'h', port: 1, path: '/' }
    const changePort: Remedy = { id: 'changePort', key: 'p', action: { kind: 'edit', field: 'port' }, values }
    const useTls: Remedy = {
      id: 'useTls',
      key: 't',
      action: { kind: 'tryOnce', change: { scheme: 'mqtts' } },
      values: { port: 1, scheme: 'mqtts' },
    }
    const { user, main } = await openForm({ results: [failed([changePort, useTls]), accepted()] })
    await user.click(button('Test connection'))
    await user.click(await screen.findByRole('button', { name: 'Change port…' }))
    expect(document.activeElement).toBe(field('Port'))
    await user.click(button('Try mqtts'))
    expect(await screen.findByText('Accepted.')).toBeTruthy()
    expect(field('Scheme')).toHaveProperty('value', 'mqtts')
    expect(main.inputsOf('connectionTest.run').map(({ profile }) => profile.scheme)).toEqual(['mqtt', 'mqtts'])
  })

  it('sends what was typed for one server to no other', async () => {
    const follow: Remedy = {
      id: 'followServer',
      key: 'f',
      action: { kind: 'tryOnce', change: { host: 'other', port: 7 } },
      values: { host: 'other', port: 7 },
    }
    const { user, main } = await openForm({ results: [failed([follow]), accepted()] })
    await user.type(field('Password'), 'geheim')
    await user.click(button('Test connection'))
    await user.click(await screen.findByRole('button', { name: 'Connect to other:7' }))
    await screen.findByText('Accepted.')
    const [first, second] = main.inputsOf('connectionTest.run')
    expect(first?.secrets.password).toEqual({ change: 'set', value: 'geheim' })
    expect(second).toMatchObject({ profile: { host: 'other', port: 7 }, secrets: { password: { change: 'keep' } } })
  })

  it('is ended by its button, and with the form', async () => {
    const { user, done, close } = await openForm()
    await user.click(button('Test connection'))
    await user.click(button('Stop testing'))
    expect(done()).toEqual(['connectionTest.run', 'connectionTest.cancel'])
    await user.click(button('Test connection'))
    close()
    expect(done().slice(2)).toEqual(['connectionTest.run', 'connectionTest.cancel'])
  })
})

describe('Save and connect', () => {
  it('saves and connects', async () => {
    const { user, done } = await openForm()
    await user.click(button('Save and connect'))
    await waitFor(() => expect(done()).toEqual(['profile.save', 'session.connect']))
  })

  it('makes a connection anew that is online with something else, and leaves one that is not changed', async () => {
    const { user, done } = await openForm({ isOnline: true })
    await user.type(field('Host'), '2')
    await user.click(button('Save and connect'))
    await waitFor(() => expect(done()).toEqual(['profile.save', 'session.disconnect', 'session.connect']))
  })

  it('leaves a connection that is online and not changed', async () => {
    const { user, done } = await openForm({ isOnline: true })
    await user.click(button('Save and connect'))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(done()).toEqual(['profile.save'])
  })
})

describe('the field that a remedy names', () => {
  const { tls, history: none, signing: unsigned, authentication: plain, network: straight } = newProfile({ id: 'x' })
  const history = { ...none, mode: 'filtered' as const }
  const signingFor = (path: string) => ({
    ...unsigned,
    method: path === 'signing.region' ? ('awsSigV4' as const) : ('azureSas' as const),
  })
  const formats = { 'authentication.dataFile': 'file', 'authentication.sendsPassword': 'password' } as const
  const authenticationFor = (path: string) => ({
    ...plain,
    mechanism: 'own' as const,
    dataFormat: path in formats ? formats[path as keyof typeof formats] : ('text' as const),
  })
  const willFor = (path: string) => ({
    ...noWill,
    enabled: true,
    topic: 'gone',
    payloadFormat: path === 'will.payloadFile' ? ('file' as const) : ('text' as const),
  })

  it.each(profileFields.map(({ path }) => path))('%s has the focus', async (path) => {
    const { close, edit } = await openForm({
      profile: {
        scheme: 'wss',
        tls,
        will: willFor(path),
        history,
        signing: signingFor(path),
        authentication: authenticationFor(path),
        network: { ...straight, proxy: { ...straight.proxy, kind: 'http', host: 'proxy' } },
      },
    })
    close()
    edit(path)
    await waitFor(() => {
      const focused = document.activeElement
      expect(focused?.closest(`[data-field="${path}"]`)).toBeTruthy()
      expect(['INPUT', 'SELECT', 'TEXTAREA', 'BUTTON']).toContain(focused?.tagName)
    })
  })
})
