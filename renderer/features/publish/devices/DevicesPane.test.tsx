import { act, cleanup, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { DeviceDefinition, DeviceStatus } from '#shared/model/device'
import { decodeUtf8, encodeUtf8 } from '#shared/mqtt/utf8'
import { fail, ok } from '#shared/result'
import { noticesState } from '../../../state/notices'
import { onlineSession, openTestWindow, type TestWindowOptions } from '../../../testing/testWindow'
import { stubLayout } from '../../../ui/layoutTesting'
import { emptyMessage } from '#shared/model/publish'
import { DevicesPane } from './DevicesPane'
import { devicesState } from './devicesState'
import { newDefinition } from './newDefinition'

// jsdom has no layout; CodeMirror asks for it when it measures.
beforeAll(() => stubLayout({}))
afterEach(cleanup)

const definition = (id: string, given: Partial<DeviceDefinition> = {}): DeviceDefinition => ({
  ...newDefinition(id),
  id,
  ...given,
})
const light = definition('delivered.light', { name: 'Home Assistant light' })

const status = (given: Partial<DeviceStatus> = {}): DeviceStatus => ({
  connectionId: 'c',
  deviceId: 'own',
  name: 'own',
  isRunning: true,
  devices: [
    {
      number: 1,
      clientId: 'device-1',
      phase: 'online',
      sent: 1_234,
      skipped: 5,
      commands: 3,
      answers: 2,
      connects: 1,
      lastError: { code: 'connectionClosed', message: 'No.', values: { host: 'plant7.example', port: 1883 } },
    },
  ],
  ...given,
})

const show = (own: readonly DeviceDefinition[], options: TestWindowOptions = {}) => {
  const snapshot = { deliveredDevices: [light], deviceDefinitions: own }
  const opened = openTestWindow({ session: onlineSession(), ...options, snapshot })
  opened.render(<DevicesPane />)
  const row = (name: string) => within(screen.getByRole('listitem', { name }))
  return { ...opened, user: userEvent.setup(), row }
}

describe('the definitions of devices', () => {
  it('that come with the application are marked, and copied instead of changed', async () => {
    const { user, row, main } = show([])
    expect(row('Home Assistant light').getByText('Delivered')).toBeTruthy()
    expect(row('Home Assistant light').queryByRole('button', { name: 'Edit' })).toBeNull()
    await user.click(row('Home Assistant light').getByRole('button', { name: 'Copy' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'New device' }))
    await user.click(dialog.getByRole('button', { name: 'Save' }))
    expect(main.inputsOf('devices.save')).toMatchObject([
      [{ name: 'Home Assistant light (copy)', births: light.births }],
    ])
    expect(row('Home Assistant light (copy)').getByRole('button', { name: 'Edit' })).toBeTruthy()
  })

  it('are started and stopped, and say what each device does', async () => {
    const { user, row, main, app } = show([definition('own')])
    await user.click(row('own').getByRole('button', { name: 'Start' }))
    act(() => app.get(devicesState).receive(status()))
    const table = within(row('own').getByRole('table', { name: 'Devices of “own”' }))
    const cells = table.getAllByRole('cell').map(({ textContent }) => textContent)
    expect(cells).toEqual([
      'Online',
      '1,234',
      '3',
      '2',
      '5',
      'Last error: plant7.example closed the connection without giving a reason.',
    ])
    await user.click(row('own').getByRole('button', { name: 'Stop' }))
    const key = { connectionId: 'c', deviceId: 'own' }
    expect([main.inputsOf('device.start'), main.inputsOf('device.stop')]).toEqual([[key], [key]])
  })

  it('that do not start say why', async () => {
    const { user, row, app } = show([definition('own')], {
      answers: { 'device.start': () => fail('sameClientIds', 'No.') },
    })
    await user.click(row('own').getByRole('button', { name: 'Start' }))
    await waitFor(() =>
      expect(app.get(noticesState).all).toMatchObject([{ content: { error: { code: 'sameClientIds' } } }]),
    )
  })

  it('ask before they start on production', async () => {
    const { user, row, main } = show([definition('own', { devices: 20 })], {
      profile: { production: true, name: 'Plant 7', host: 'plant7.example' },
    })
    await user.click(row('own').getByRole('button', { name: 'Start' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'Start devices?' }))
    expect(dialog.getByText(/Plant 7.*plant7\.example.*production/)).toBeTruthy()
    expect(dialog.getByText(/20 devices/)).toBeTruthy()
    expect(main.inputsOf('device.start')).toEqual([])
    await user.click(dialog.getByRole('button', { name: 'Start' }))
    expect(main.inputsOf('device.start')).toHaveLength(1)
  })

  it('are removed, and come back by undo', async () => {
    const own = definition('own')
    const { user, row, main, app } = show([own])
    await user.click(row('own').getByRole('button', { name: 'Remove' }))
    expect(main.inputsOf('devices.save')).toEqual([[]])
    app.get(noticesState).all[0]?.action?.run()
    expect(main.inputsOf('devices.save').at(-1)).toEqual([own])
  })

  it('go to a file that can be read, and come back from it as another definition', async () => {
    const own = definition('own')
    const { user, row, main, app } = show([own])
    main.answer({ 'file.save': () => ok('/tmp/own.json') })
    await user.click(row('own').getByRole('button', { name: 'Export…' }))
    const [file] = main.inputsOf('file.save')
    expect(file?.suggestedName).toBe('own.json')
    const text = decodeUtf8(file?.bytes ?? new Uint8Array())
    expect(text).toContain('\n    "clientId": "device-{{ n }}",\n')
    const chosen = ok({ token: 't', name: 'own.json', size: text.length, modifiedAt: 0 })
    main.answer({ 'payloadFile.choose': () => chosen, 'payloadFile.read': () => ok(encodeUtf8(text)) })
    await user.click(screen.getByRole('button', { name: 'Import…' }))
    await waitFor(() => expect(app.get(devicesState).own).toHaveLength(2))
    const { id, ...imported } = app.get(devicesState).own[1] ?? own
    expect({ ...imported, id: 'own' }).toEqual(own)
    expect(id).not.toBe('own')
    main.answer({ 'payloadFile.read': () => ok(encodeUtf8('{"version":1}')) })
    await user.click(screen.getByRole('button', { name: 'Import…' }))
    await waitFor(() =>
      expect(app.get(noticesState).all.at(-1)).toMatchObject({
        content: { text: '“own.json” holds no definition of a device.' },
      }),
    )
  })
})

describe('the form of a device', () => {
  it('takes messages, values and commands, and says what cannot be saved', async () => {
    const { user, row, main } = show([definition('own')])
    await user.click(row('own').getByRole('button', { name: 'Edit' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'Edit device' }))
    await user.click(dialog.getByRole('button', { name: 'Values' }))
    await user.click(dialog.getByRole('button', { name: 'Add value' }))
    await user.clear(dialog.getByLabelText('Name'))
    await user.type(dialog.getByLabelText('Name'), 'not a name')
    await user.click(dialog.getByRole('button', { name: 'Save' }))
    expect(dialog.getByRole('alert').textContent).toContain('Values 1 is not complete')
    await user.clear(dialog.getByLabelText('Name'))
    await user.type(dialog.getByLabelText('Name'), 'level')
    await user.click(dialog.getByRole('button', { name: 'Commands' }))
    await user.click(dialog.getByRole('button', { name: 'Add command' }))
    await user.click(dialog.getByRole('button', { name: 'Set a value' }))
    await user.click(dialog.getByRole('button', { name: 'Save' }))
    const [[saved] = []] = main.inputsOf('devices.save')
    expect(saved).toMatchObject({
      variables: [{ name: 'level', start: '0' }],
      commands: [{ filter: 'devices/{{ client }}/set', sets: [{ variable: 'level', value: '{{ request.payload }}' }] }],
    })
  })

  it('shows what would be sent, and where a template is wrong', async () => {
    const message = { topic: 'a', payload: encodeUtf8('born'), qos: 0, retain: true, properties: {} } as const
    const { user, row, main } = show([definition('own', { births: [{ ...emptyMessage, topic: 'a' }] })], {
      answers: { 'device.preview': () => ok([{ kind: 'birth', atMs: 0, message }]) },
    })
    await user.click(row('own').getByRole('button', { name: 'Edit' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'Edit device' }))
    await user.click(dialog.getByRole('button', { name: 'Preview' }))
    expect((await dialog.findByRole('listitem')).textContent).toContain('born')
    const values = { part: 'payload', problem: 'unknownFilter', line: 1, column: 8, detail: 'nothing' }
    main.answer({ 'device.preview': () => fail('templateFailed', 'No.', { field: 'births.0', values }) })
    await user.click(dialog.getByRole('button', { name: 'General' }))
    await user.click(dialog.getByRole('button', { name: 'Preview' }))
    expect((await dialog.findByRole('alert')).textContent).toContain('Birth 1: ')
  })
})
