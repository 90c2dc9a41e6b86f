import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { ImportPlan, PlannedConnection, PlannedFile } from '#shared/model/importPlan'
import { newProfile } from '#shared/model/profile'
import { fail, ok } from '#shared/result'
import { languages } from '#shared/model/settings'
import { runWindowAction } from '../../app/windowActions'
import { noticesState } from '../../state/notices'
import { payloadRulesState } from '../../state/payloadRules'
import { settingsState } from '../../state/settings'
import { openTestWindow, type TestWindowOptions } from '../../testing/testWindow'
import { stubLayout } from '../../ui/layoutTesting'
import { ImportDialog } from './ImportDialog'
import { importingState } from './importingState'
import { startFileDrop } from './startFileDrop'

stubLayout({ clientHeight: 400 })
afterEach(cleanup)

const planned = (
  given: Partial<PlannedConnection> & { readonly id: string; readonly name: string },
): PlannedConnection => ({
  folder: '',
  state: 'new',
  profile: newProfile({ id: `import-${given.id}`, name: given.name, host: 'h.example' }),
  messages: [],
  charts: 0,
  payloadRules: 0,
  secrets: [],
  certificates: [],
  dropped: [],
  guessed: [],
  isRepeated: false,
  ...given,
})

const file = (given: Partial<PlannedFile> = {}): PlannedFile => ({
  id: '1',
  path: '/home/ann/data.json',
  tool: 'MQTTX',
  format: 'JSON',
  problem: null,
  isLocked: false,
  connections: [],
  schemas: [],
  dropped: [],
  ...given,
})

const plan: ImportPlan = {
  files: [
    file({
      connections: [
        planned({
          id: '1.0',
          name: 'Plant',
          folder: 'Hall 1',
          secrets: ['password'],
          messages: [{ name: 'Start', folders: [], topic: 'a' }],
          dropped: [
            { field: 'scripts', why: 'noSetting' },
            { field: 'token', why: 'secret' },
          ],
          guessed: ['protocolVersion'],
        }),
        planned({ id: '1.1', name: 'Same', state: 'same' }),
        planned({ id: '1.2', name: 'Other', state: 'changed', isRepeated: true }),
        planned({ id: '1.3', name: 'Broken', state: 'cannot', profile: null }),
      ],
      schemas: [
        {
          id: '1.s0',
          name: 'reading.proto',
          rule: {
            id: 'import-r',
            connectionId: null,
            filter: 'reading/#',
            schema: { kind: 'protobuf', path: '/data/schemas/r/reading.proto', messageType: '' },
          },
          isFilterGuessed: true,
          isKnown: false,
        },
      ],
    }),
  ],
}

const open = (options: TestWindowOptions = {}) => {
  const window = openTestWindow(options)
  window.render(<ImportDialog />)
  return { ...window, person: userEvent.setup() }
}
const openWith = async (given: ImportPlan, options: TestWindowOptions = {}) => {
  const window = open({ ...options, answers: { 'import.choose': () => ok(given), ...options.answers } })
  runWindowAction(window.app, 'import.open')
  await window.person.click(await screen.findByRole('button', { name: 'Files…' }))
  await screen.findByRole('table', { name: 'What was read' })
  return window
}
const box = (name: string) => screen.getByRole('checkbox', { name: `Import “${name}”` })
const okButton = () => screen.getByRole('button', { name: /^Import/ })

describe('the dry run', () => {
  it('has a row a connection, and what is new or changed is chosen', async () => {
    await openWith(plan)
    expect(screen.getByRole('dialog', { name: 'Import connections' })).toBeTruthy()
    expect(
      ['Plant', 'Same', 'Other', 'Broken', 'reading.proto'].map((name) => (box(name) as HTMLInputElement).checked),
    ).toEqual([true, false, false, false, true])
    const row = screen.getAllByRole('row').find((one) => one.textContent.includes('Plant'))!
    const cells = within(row).getAllByRole('cell')
    expect(cells.map((cell) => cell.textContent)).toEqual([
      '',
      'PlantHall 1',
      'new',
      'mqtt://h.example',
      '1 saved message',
      '2 fields · 1 guessed',
      '1',
    ])
    expect(screen.getByText(/^2 of 4 chosen · 1 secret goes into the system’s keyring\.$/)).toBeTruthy()
  })

  it('says of the row that is shown what is left out, and why', async () => {
    const { person } = await openWith(plan)
    await person.click(box('Plant'))
    const details = screen.getByRole('region', { name: 'What becomes of it' })
    expect(details.textContent).toContain('Topicscope has no such setting yet; kept in the profile for laterscripts')
    expect(details.textContent).toContain('A secret without a place here; kept nowheretoken')
    expect(details.textContent).toContain('GuessedMQTT version')
  })

  it('cannot choose what nothing can be made of, and all others together', async () => {
    const { person } = await openWith(plan)
    await person.click(box('Broken'))
    expect((box('Broken') as HTMLInputElement).checked).toBe(false)
    await person.click(screen.getByRole('checkbox', { name: 'All that can be imported' }))
    expect(screen.getByText(/^4 of 4 chosen/)).toBeTruthy()
    await person.click(screen.getByRole('checkbox', { name: 'All that can be imported' }))
    expect(okButton()).toHaveProperty('disabled', true)
  })

  it('is walked through by arrows, with one box in the order of Tab', async () => {
    const { person } = await openWith(plan)
    box('Plant').focus()
    await person.keyboard('{ArrowDown}')
    await waitFor(() => expect(document.activeElement).toBe(box('Same')))
    await person.keyboard(' ')
    expect((box('Same') as HTMLInputElement).checked).toBe(true)
    const reached = ['Plant', 'Same', 'Other'].filter((name) => box(name).tabIndex === 0)
    expect(reached).toEqual(['Same'])
  })

  it('keeps what a person left when more is read', async () => {
    const { person, main } = await openWith(plan)
    await person.click(box('Plant'))
    const more = file({ id: '2', path: '', tool: 'URL', connections: [planned({ id: '2.0', name: 'h2' })] })
    main.answer({ 'import.readText': () => ok({ files: [...plan.files, more] }) })
    await person.type(screen.getByRole('textbox', { name: 'Address, command or text' }), 'mqtt://h2{Enter}')
    await screen.findByText('Pasted text')
    expect((box('Plant') as HTMLInputElement).checked).toBe(false)
    expect((box('h2') as HTMLInputElement).checked).toBe(true)
    expect(main.inputsOf('import.readText')).toEqual([{ text: 'mqtt://h2' }])
    expect(screen.getByRole('textbox', { name: 'Address, command or text' })).toHaveProperty('value', '')
  })

  it('reads a text of several lines as it is pasted', async () => {
    const { person, main } = await openWith(plan)
    await person.click(screen.getByRole('textbox', { name: 'Address, command or text' }))
    await person.paste('mqtt://a\nmqtt://b')
    expect(main.inputsOf('import.readText')).toEqual([{ text: 'mqtt://a\nmqtt://b' }])
  })

  it('says what is wrong with a file, and with what is asked', async () => {
    const { person, main } = await openWith({
      files: [file({ tool: null, format: '', problem: { code: 'damaged', detail: 'at 7' } })],
    })
    expect(screen.getByText('It is damaged: at 7')).toBeTruthy()
    main.answer({ 'import.choose': () => fail('internal', 'Broken.') })
    await person.click(screen.getByRole('button', { name: 'Folder…' }))
    expect((await screen.findByRole('alert')).textContent).toContain('Broken.')
  })
})

describe('OK', () => {
  const answers: TestWindowOptions['answers'] = {
    'import.apply': () =>
      ok({
        added: ['import-1.0'],
        changed: [],
        charts: [
          {
            connectionId: 'import-1.0',
            charts: [{ id: 'c', series: [{ topic: 't', path: [], colour: 'blue', axis: 'left' }] }],
          },
        ],
        rules: plan.files[0]!.schemas.map(({ rule }) => rule),
      }),
  }

  it('imports what is chosen, and one undo takes it back with its rules and charts', async () => {
    const { app, person, main } = await openWith(plan, { answers })
    await person.click(screen.getByRole('button', { name: 'Import 1 connection' }))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(main.inputsOf('import.apply')).toEqual([{ connections: ['1.0'], schemas: ['1.s0'] }])
    expect(app.get(payloadRulesState).rules).toHaveLength(1)
    expect(app.get(settingsState).settings.charts['import-1.0']).toHaveLength(1)
    const [notice] = app.get(noticesState).all
    expect(notice?.content).toEqual({ text: { key: 'importing.done', values: { count: 1, rules: 1 } } })

    runWindowAction(app, 'import.undo')
    await waitFor(() => expect(main.inputsOf('import.undo')).toHaveLength(1))
    expect(app.get(payloadRulesState).rules).toEqual([])
    expect(app.get(settingsState).settings.charts).toEqual({})
    // Once.
    notice?.action?.run()
    expect(main.inputsOf('import.undo')).toHaveLength(1)
  })

  it('leaves everything as it is where it fails', async () => {
    const refusing = { 'import.apply': () => fail('fileNotConfirmed', 'No.', { values: { name: 'ca.crt' } }) }
    const { app, person } = await openWith(plan, { answers: refusing })
    await person.click(okButton())
    expect((await screen.findByRole('alert')).textContent).toContain('ca.crt')
    expect((box('Plant') as HTMLInputElement).checked).toBe(true)
    expect(app.get(importingState).canUndo).toBe(false)
  })

  it('forgets what was read when it is cancelled', async () => {
    const { app, main, person } = await openWith(plan)
    await person.click(screen.getByRole('button', { name: 'Cancel' }))
    expect(main.inputsOf('import.clear')).toHaveLength(1)
    expect(main.inputsOf('import.apply')).toEqual([])
    expect(app.get(importingState).rows).toEqual([])
  })
})

it('asks for the password of an encrypted file beside its row', async () => {
  const locked = file({ tool: 'CorreoMQTT', path: '/x/a.cqc', isLocked: true })
  const opened = {
    files: [file({ ...locked, isLocked: false, connections: [planned({ id: '1.0', name: 'Opened' })] })],
  }
  const answers: TestWindowOptions['answers'] = {
    'import.unlock': ({ password }) => (password === 'right' ? ok(opened) : fail('passwordWrong', 'Wrong.')),
  }
  const { person } = await openWith({ files: [locked] }, { answers })
  const field = screen.getByLabelText('Password of a.cqc')
  await person.type(field, 'wrong{Enter}')
  expect((await screen.findByRole('alert')).textContent).toContain('The password is wrong')
  await person.clear(field)
  await person.type(field, 'right{Enter}')
  await waitFor(() => expect((box('Opened') as HTMLInputElement).checked).toBe(true))
})

it('reads of other tools on this computer those that were chosen', async () => {
  const found = [
    { id: '/a', tool: 'MQTTX', path: '/a' },
    { id: '/b', tool: 'MQTT Explorer', path: '/b' },
  ]
  const { person, main } = await openWith(plan, { answers: { 'import.look': () => ok(found) } })
  await person.click(screen.getByRole('button', { name: 'Look for other tools on this computer' }))
  await person.click(await screen.findByRole('checkbox', { name: 'MQTTX' }))
  await person.click(screen.getByRole('button', { name: 'Read 1 place' }))
  expect(main.inputsOf('import.readFound')).toEqual([{ ids: ['/b'] }])
})

it('opens with what is dropped where nothing else takes it', async () => {
  const { app, main } = open()
  const stop = startFileDrop(app, window)
  main.dropForImport(plan)
  const dataTransfer = { types: ['Files'], dropEffect: 'none' }
  expect(fireEvent.dragOver(document.body, { dataTransfer })).toBe(false)
  expect(fireEvent.dragOver(document.body, { dataTransfer: { types: ['text/plain'] } })).toBe(true)
  fireEvent.drop(document.body, { dataTransfer })
  stop()
  await waitFor(() => expect((box('Plant') as HTMLInputElement).checked).toBe(true))
})

it('opens what is dropped and is no file of connections as a recording', async () => {
  const unknown = file({ tool: null, problem: { code: 'nothingFound', detail: '' } })
  const openDropped = vi.fn(() => ok({ connectionId: 'night' }))
  const { app, main } = open({ answers: { 'openedRecording.takeDropped': openDropped } })
  main.dropForImport({ files: [unknown] })
  await app.get(importingState).takeDropped()
  expect(openDropped).toHaveBeenCalledOnce()
  expect(screen.queryByRole('dialog')).toBeNull()
})

it.each(languages)('speaks %s', async (language) => {
  const window = openTestWindow({ answers: { 'import.choose': () => ok(plan) } })
  window.render(<ImportDialog />, language)
  window.app.get(importingState).open()
  await window.app.get(importingState).chooseFiles('files')
  expect(await screen.findByRole('dialog')).toBeTruthy()
  expect(screen.getByRole('dialog').textContent).not.toMatch(/importing\./)
})
