import { act, cleanup, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Profile } from '#shared/model/profile'
import { composerRequestState } from '../../../state/composerRequest'
import { connectionInView } from '../../../state/connections'
import { openTestWindow } from '../../../testing/testWindow'
import { ProfileForm } from './ProfileForm'
import { profileFormState } from './profileFormState'

// jsdom has no CSS.escape; the paths of the form need none of it but for their dots.
vi.stubGlobal('CSS', { escape: (text: string) => text })
afterEach(cleanup)

const openForm = async (profile?: Partial<Profile>) => {
  const { app, connection, main, render } = openTestWindow(profile ? { profile } : {})
  act(() => (profile ? app.get(profileFormState).edit(connection) : app.get(profileFormState).openNew()))
  render(<ProfileForm />)
  await waitFor(() =>
    expect(document.activeElement).toBe(field(profile ? 'Name' : 'Paste an address or a mosquitto command')),
  )
  const user = userEvent.setup()
  return {
    user,
    saves: () => main.inputsOf('profile.save'),
    /** What was asked of the composer of the connection that came into view. */
    composed: () => connectionInView(app)?.get(composerRequestState).request ?? null,
    paste: async (text: string) => {
      await user.click(field('Paste an address or a mosquitto command'))
      await user.paste(text)
    },
  }
}

const field = (name: string) => screen.getByLabelText(name, { exact: true })
const list = (name: string) =>
  within(screen.getByRole('list', { name }))
    .getAllByRole('listitem')
    .map(({ textContent }) => textContent)

describe('what is pasted into the form', () => {
  it('fills the fields, its password only that of passwords, and is said', async () => {
    const { paste } = await openForm()
    await paste('wss://ann:geheim@broker.example/mqtt?token=42')
    expect(field('Scheme')).toHaveProperty('value', 'wss')
    expect(field('Host')).toHaveProperty('value', 'broker.example')
    expect(field('Port')).toHaveProperty('value', '443')
    expect(field('WebSocket path')).toHaveProperty('value', '/mqtt?token=42')
    expect(field('Username')).toHaveProperty('value', 'ann')
    expect(field('Password')).toHaveProperty('value', 'geheim')
    expect(field('Password')).toHaveProperty('type', 'password')
    expect(field('Name')).toHaveProperty('value', 'broker.example')
    expect(field('Paste an address or a mosquitto command')).toHaveProperty('value', '')
    expect(list('Filled in')).toEqual([
      'Scheme wss',
      'Host broker.example',
      'Port 443',
      'WebSocket path /mqtt?…',
      'Username ann',
      'Password entered',
    ])
    expect(document.body.textContent).not.toContain('geheim')
  })

  it('may be a command of several lines, and what is no setting is named with why', async () => {
    const { paste, user, saves } = await openForm()
    await paste(
      "$ mosquitto_sub -h broker.example \\\n  -u ann -P 'ge heim' \\\n  -t 'plant/#' -t a -q 1 -v --colour | less",
    )
    expect(list('Filled in')).toContain('Subscriptions plant/#, a')
    expect(list('Not filled in')).toEqual([
      '$ does not belong to the command.',
      '-v is about what the command prints.',
      '--colour is not known.',
      '| less does not belong to the command.',
    ])
    await user.click(screen.getByRole('button', { name: 'Save' }))
    await waitFor(() => expect(saves()).toHaveLength(1))
    const [{ profile, secrets } = { profile: undefined, secrets: undefined }] = saves()
    expect(profile).toMatchObject({ host: 'broker.example', protocolVersion: '3.1.1', usePassword: true })
    expect(profile?.subscriptions.map(({ filter, qos }) => [filter, qos])).toEqual([
      ['plant/#', 1],
      ['a', 1],
    ])
    expect(secrets?.password).toEqual({ change: 'set', value: 'ge heim' })
  })

  it('may be a command in the host field, too', async () => {
    const { user } = await openForm()
    await user.clear(field('Host'))
    await user.paste('mosquitto_sub -h broker.example -p 1884 -t a')
    expect(field('Host')).toHaveProperty('value', 'broker.example')
    expect(field('Port')).toHaveProperty('value', '1884')
    expect(list('Filled in')).toContain('Port 1884')
  })

  it('may publish a message, which becomes a draft with the connection', async () => {
    const { paste, user, saves, composed } = await openForm()
    await paste(`mosquitto_pub -h broker.example -t lamp/cmd -m '{"on": true}' -q 1 -D publish content-type text/x -s`)
    expect(list('Message')).toEqual(['Topic lamp/cmd', 'Payload {"on": true}', 'QoS 1', 'Content type text/x'])
    expect(list('Not filled in')).toEqual(['-s reads the payload from the terminal: write it in Publish.'])
    await user.click(screen.getByRole('button', { name: 'Save' }))
    await waitFor(() => expect(composed()).not.toBeNull())
    expect(composed()).toMatchObject({
      kind: 'message',
      message: { topic: 'lamp/cmd', payload: '{"on": true}', format: 'json', qos: 1, contentType: 'text/x' },
    })
    expect(saves()[0]?.profile.protocolVersion).toBe('5')
  })

  it('leaves the message away if it is not wanted', async () => {
    const { paste, user, saves, composed } = await openForm()
    await paste('mosquitto_pub -h broker.example -t lamp/cmd -m on')
    await user.click(screen.getByLabelText('Keep the message as a draft in Publish'))
    await user.click(screen.getByRole('button', { name: 'Save' }))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(saves()).toHaveLength(1)
    expect(composed()).toBeNull()
  })

  it('is taken when it is typed and Enter ends it, which does not save yet', async () => {
    const { user, saves } = await openForm({ name: 'Bench' })
    await user.type(field('Paste an address or a mosquitto command'), 'mqtt://typed.example{Enter}')
    expect(field('Host')).toHaveProperty('value', 'typed.example')
    expect(field('Name')).toHaveProperty('value', 'Bench')
    expect(saves()).toEqual([])
  })

  it('stays where it is neither, with why', async () => {
    const { paste } = await openForm()
    await paste('what is this')
    expect(screen.getByRole('alert').textContent).toMatch(/^This is neither an address nor a command/)
    expect(field('Paste an address or a mosquitto command')).toHaveProperty('value', 'what is this')
    expect(field('Host')).toHaveProperty('value', 'localhost')
  })

  it('keeps no password that was typed for another server', async () => {
    const { paste } = await openForm()
    await paste('mqtt://ann:geheim@one.example')
    await paste('mqtt://bob@one.example')
    expect(field('Password')).toHaveProperty('value', 'geheim')
    await paste('mqtt://two.example')
    expect(field('Password')).toHaveProperty('value', '')
    expect(field('Ask when connecting')).toHaveProperty('checked', true)
  })

  it('is put away', async () => {
    const { paste, user } = await openForm()
    await paste('mqtt://broker.example')
    await user.click(screen.getByRole('button', { name: 'Put this away' }))
    expect(screen.queryByRole('list', { name: 'Filled in' })).toBeNull()
  })
})
