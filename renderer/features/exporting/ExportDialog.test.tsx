import { cleanup, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, it } from 'vitest'
import { fail, ok } from '#shared/result'
import { languages } from '#shared/model/settings'
import { runWindowAction } from '../../app/windowActions'
import { exportingState } from '../../state/exporting'
import { noticesState } from '../../state/notices'
import { entryOf, openTestWindow } from '../../testing/testWindow'
import { ExportDialog } from './ExportDialog'

afterEach(cleanup)

const snapshot = { profiles: [entryOf({ id: 'c', name: 'Plant' }), entryOf({ id: 'd', name: 'Line' })] }
const written = ok({ path: '/out/x.json', connections: 2, secrets: 1 })

const open = async () => {
  const window = openTestWindow({ snapshot, answers: { 'export.connections': () => written } })
  window.render(<ExportDialog />)
  runWindowAction(window.app, 'export.connections')
  await screen.findByRole('dialog', { name: 'Export connections' })
  return { ...window, person: userEvent.setup() }
}
const press = () => screen.getByRole('button', { name: 'Export…' })

it('writes all connections into one file without secrets, unless one says otherwise', async () => {
  const { app, main, person } = await open()
  await person.click(press())
  expect(main.inputsOf('export.connections')).toEqual([
    { connectionIds: ['c', 'd'], format: 'topicscope', layout: 'file', password: null },
  ])
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(app.get(noticesState).all[0]?.content).toEqual({
    text: { key: 'exporting.done', values: { count: 2, secrets: 1, path: '/out/x.json' } },
  })
})

it('wants the password of secrets twice', async () => {
  const { main, person } = await open()
  await person.selectOptions(screen.getByLabelText('Secrets'), 'Under a password')
  await person.click(press())
  expect(screen.getByRole('alert').textContent).toBe('Type a password.')
  await person.type(screen.getByLabelText('Password of the file'), 'one')
  await person.type(screen.getByLabelText('The same again'), 'two')
  expect(screen.getByRole('alert').textContent).toBe('These are two different passwords.')
  await person.click(press())
  expect(main.inputsOf('export.connections')).toEqual([])
  await person.clear(screen.getByLabelText('The same again'))
  await person.type(screen.getByLabelText('The same again'), 'one')
  await person.click(press())
  expect(main.inputsOf('export.connections')).toMatchObject([{ password: 'one' }])
})

it('offers a folder alone where a file holds one connection, and no password where none can be held', async () => {
  const { main, person } = await open()
  await person.selectOptions(screen.getByLabelText('Format'), 'MQTTAnalyzer (.mqttbroker)')
  expect(screen.getByLabelText('Files')).toHaveProperty('disabled', true)
  expect(screen.queryByLabelText('Secrets')).toBeNull()
  await person.click(press())
  expect(main.inputsOf('export.connections')).toMatchObject([{ format: 'mqttbroker', layout: 'folder' }])
})

it('stays where it is cancelled in the system’s dialog, and says what failed', async () => {
  const { main, person } = await open()
  main.answer({ 'export.connections': () => ok(null) })
  await person.click(press())
  expect(screen.getByRole('dialog')).toBeTruthy()
  main.answer({
    'export.connections': () => fail('storageFailed', 'Full.', { values: { file: 'x', detail: 'Full.' } }),
  })
  await person.click(press())
  expect((await screen.findByRole('alert')).textContent).toContain('Full.')
})

it.each(languages)('speaks %s', async (language) => {
  const window = openTestWindow({ snapshot })
  window.render(<ExportDialog />, language)
  window.app.get(exportingState).open(['c', 'd'])
  expect((await screen.findByRole('dialog')).textContent).not.toMatch(/exporting\./)
})
