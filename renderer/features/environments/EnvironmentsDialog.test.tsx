import { cleanup, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it } from 'vitest'
import type { Environment, TypedEnvironment } from '#shared/model/environment'
import { decodeUtf8, encodeUtf8 } from '#shared/mqtt/utf8'
import { fail, ok } from '#shared/result'
import { environmentsState } from '../../state/environments'
import { openTestWindow, type TestWindowOptions } from '../../testing/testWindow'
import { EnvironmentsDialog } from './EnvironmentsDialog'

afterEach(cleanup)

const dev: Environment = {
  id: 'dev',
  name: 'Development',
  variables: [
    { id: 'v1', name: 'host', secret: false, value: 'north' },
    { id: 'v2', name: 'password', secret: true, keeping: 'stored' },
  ],
}
const staging: Environment = { id: 'staging', name: 'Staging', variables: [] }

/** Main keeps what it gets, and tells of secrets that they are kept. */
const kept = (typed: readonly TypedEnvironment[]): readonly Environment[] =>
  typed.map(({ id, name, variables }) => ({
    id,
    name,
    variables: variables.map(({ secret, value, ...named }) =>
      secret
        ? { id: named.id, name: named.name, secret, keeping: 'stored' as const }
        : { id: named.id, name: named.name, secret, value: value ?? '' },
    ),
  }))

const open = async (options: TestWindowOptions = {}) => {
  const opened = openTestWindow({
    ...options,
    answers: { 'environments.save': (typed) => ok(kept(typed)), ...options.answers },
    snapshot: { environments: [dev, staging], ...options.snapshot },
  })
  opened.render(<EnvironmentsDialog />)
  const edit = () => opened.app.get(environmentsState).edit()
  edit()
  const dialog = within(await screen.findByRole('dialog', { name: 'Environments' }))
  return {
    ...opened,
    user: userEvent.setup(),
    dialog,
    press: async (name: string) => userEvent.setup().click(dialog.getByRole('button', { name })),
    shown: () => dialog.getByLabelText<HTMLInputElement>('Name').value,
    saved: () => opened.main.inputsOf('environments.save').at(-1),
    isOpen: () => screen.queryByRole('dialog') !== null,
  }
}

describe('the dialog of environments', () => {
  it('shows the variables of one, and dots for a secret that is kept', async () => {
    const { dialog, user, shown } = await open()
    expect(dialog.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual(['Development2', 'Staging0'])
    expect(dialog.getByLabelText<HTMLInputElement>('Value of host').value).toBe('north')
    const secret = dialog.getByLabelText<HTMLInputElement>('Value of password')
    expect([secret.type, secret.value, secret.placeholder]).toEqual(['password', '', '••••••'])
    expect(dialog.getByLabelText<HTMLInputElement>('password is a secret').checked).toBe(true)
    await user.click(dialog.getByRole('button', { name: /Staging/ }))
    expect(shown()).toBe('Staging')
    expect(dialog.getByText('This environment has no variables yet.')).toBeTruthy()
  })

  it('adds, renames, removes and saves, and closes', async () => {
    const { dialog, user, press, saved, isOpen, app } = await open()
    await user.clear(dialog.getByLabelText('Name of variable 1'))
    await user.type(dialog.getByLabelText('Name of variable 1'), 'server')
    await press('Remove password')
    await press('Add variable')
    await user.type(dialog.getByLabelText('Name of variable 2'), 'token')
    await user.type(dialog.getByLabelText('Value of token'), 'hunter2')
    await user.click(dialog.getByLabelText('token is a secret'))
    expect(dialog.getByLabelText<HTMLInputElement>('Value of token').type).toBe('password')
    await press('Save')
    await waitFor(() => expect(isOpen()).toBe(false))
    expect(saved()).toMatchObject([
      {
        id: 'dev',
        variables: [
          { id: 'v1', name: 'server', value: 'north' },
          { name: 'token', secret: true, value: 'hunter2' },
        ],
      },
      { id: 'staging' },
    ])
    expect(JSON.stringify(app.get(environmentsState).all)).not.toContain('hunter2')
  })

  it('makes new ones and copies, and removes them', async () => {
    const { press, saved, shown } = await open()
    await press('Duplicate')
    expect(shown()).toBe('Development 2')
    await press('New environment')
    expect(shown()).toBe('Environment')
    await press('Remove environment')
    expect(shown()).toBe('Staging')
    await press('Save')
    await waitFor(() => expect(saved()).toHaveLength(3))
    expect(saved()?.[1]?.variables[1]).toMatchObject({ name: 'password', value: null, secretOf: 'v2' })
  })

  it('says what is wrong where it is, and saves nothing of it', async () => {
    const { dialog, user, press, saved } = await open()
    await press('Add variable')
    await user.type(dialog.getByLabelText('Name of variable 3'), 'a b')
    expect(dialog.getByText('Letters, digits, _ and -, beginning with a letter or _.')).toBeTruthy()
    await user.click(dialog.getByRole('button', { name: /Staging/ }))
    await press('Save')
    expect(saved()).toBeUndefined()
    await waitFor(() => expect(document.activeElement).toBe(dialog.getByLabelText('Name of variable 3')))
  })

  it('warns of a secret that is to be none, whose value is not known here', async () => {
    const { dialog, user } = await open()
    await user.click(dialog.getByLabelText('password is a secret'))
    expect(dialog.getByText(/The secret is not shown/)).toBeTruthy()
  })

  it('stays open with the reason where it could not be saved', async () => {
    const { dialog, press, isOpen } = await open({
      answers: { 'environments.save': () => fail('storageFailed', 'No.', { values: { file: 'environments.json' } }) },
    })
    await press('Save')
    expect(await dialog.findByRole('alert')).toBeTruthy()
    expect(isOpen()).toBe(true)
  })

  it('asks before changes are thrown away', async () => {
    const { dialog, press, isOpen, user } = await open()
    await user.type(dialog.getByLabelText('Value of host'), '!')
    await press('Cancel')
    await press('Keep editing')
    expect(dialog.getByLabelText<HTMLInputElement>('Value of host').value).toBe('north!')
    await press('Cancel')
    await press('Discard')
    await waitFor(() => expect(isOpen()).toBe(false))
  })

  it('writes a file without secrets and reads it again', async () => {
    const { dialog, main, press, user, shown } = await open({ answers: { 'file.save': () => ok('/tmp/e.json') } })
    await user.type(dialog.getByLabelText('Value of password'), 'hunter2')
    await press('Export…')
    expect(await dialog.findByText('Written to /tmp/e.json, without secrets.')).toBeTruthy()
    const [{ bytes } = { bytes: new Uint8Array() }] = main.inputsOf('file.save')
    expect(decodeUtf8(bytes)).toContain('north')
    expect(decodeUtf8(bytes)).not.toContain('hunter2')
    main.answer({
      'payloadFile.choose': () => ok({ token: 't', name: 'e.json', size: 1, modifiedAt: 1 }),
      'payloadFile.read': () => ok(bytes),
    })
    await press('Import…')
    expect(await dialog.findByText('2 added. Secrets are to be typed.')).toBeTruthy()
    expect(shown()).toBe('Development 2')
    main.answer({ 'payloadFile.read': () => ok(encodeUtf8('{"version": 2}')) })
    await press('Import…')
    expect(await dialog.findByText('e.json is no file of environments.')).toBeTruthy()
  })

  it.each([
    ['zh-CN', '环境'],
    ['zh-TW', '環境'],
  ] as const)('speaks %s', (language, title) => {
    const opened = openTestWindow({ snapshot: { environments: [dev] } })
    opened.app.get(environmentsState).edit()
    opened.render(<EnvironmentsDialog />, language)
    expect(screen.getByRole('dialog', { name: title })).toBeTruthy()
  })
})
