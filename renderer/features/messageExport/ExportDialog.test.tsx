import { act, cleanup, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it } from 'vitest'
import { decodeUtf8 } from '#shared/mqtt/utf8'
import { fail, ok } from '#shared/result'
import { frameOfMessages } from '../../model/messageLog/messageLogTesting'
import { rangeOf } from '../../model/sequenceRanges'
import { dialogsState } from '../../state/dialogs'
import type { ExportChoice } from '../../state/exportedRows'
import { messageExportState } from '../../state/messageExport'
import { noticesState } from '../../state/notices'
import { openTestWindow, type TestWindow } from '../../testing/testWindow'
import { ExportDialog } from './ExportDialog'

afterEach(cleanup)

const topics = { firstTopicId: 0, newTopics: ['plant/a', 'plant/b'], firstMatchSetId: 0, newMatchSets: [[]] }

const openDialog = (meant: ExportChoice, answers: Parameters<typeof openTestWindow>[0] = {}): TestWindow => {
  const window = openTestWindow({
    profile: { name: 'Plant' },
    answers: { 'file.begin': () => ok('token'), 'folder.begin': () => ok('token') },
    ...answers,
  })
  const messages = Array.from({ length: 6 }, (_, index) => ({ topicId: index % 2, payload: `{"n":${index}}` }))
  window.receive([frameOfMessages(1, messages, topics)])
  window.render(<ExportDialog />)
  act(() => window.app.get(dialogsState).show(window.connection, { kind: 'exportMessages', meant }))
  return window
}

const button = (name: string) => screen.getByRole('button', { name })
const choose = (name: string) => userEvent.click(screen.getByRole('radio', { name }))
const writtenTo = ({ main }: TestWindow): string =>
  main
    .inputsOf('file.append')
    .map(({ bytes }) => decodeUtf8(bytes))
    .join('')

describe('the dialog that exports messages', () => {
  it('begins with what was meant, says how many they are, and shows the first as it will stand in the file', async () => {
    openDialog({ kind: 'chosen', ranges: [rangeOf(2, 4)] })
    expect(await screen.findByText('3 messages')).toBeTruthy()
    expect(screen.getByRole('radio', { name: 'The selected messages' })).toHaveProperty('checked', true)
    expect(screen.getByRole('region', { name: 'The first message' }).textContent).toContain('"topic":"plant/b"')
    await choose('Everything in the log')
    expect(await screen.findByText('6 messages')).toBeTruthy()
    await choose('Of a topic or filter')
    await userEvent.clear(screen.getByLabelText('Topic or filter'))
    expect(button('Export…')).toHaveProperty('disabled', true)
    await userEvent.type(screen.getByLabelText('Topic or filter'), 'plant/b')
    expect(await screen.findByText('3 messages')).toBeTruthy()
  })

  it('shows a template at once, and exports none that is wrong', async () => {
    openDialog({ kind: 'all' })
    await choose('Lines by a template')
    const template = screen.getByLabelText('Template')
    await userEvent.clear(template)
    await userEvent.type(template, '%t|%l|%q')
    await waitFor(() => expect(document.querySelector('pre')?.textContent).toBe('plant/a|7|0\\n'))
    await userEvent.type(template, '%y')
    expect((await screen.findByRole('alert')).textContent).toBe('%y at character 9 is no code.')
    expect(button('Export…')).toHaveProperty('disabled', true)
  })

  it('writes what is meant, and says how many and where', async () => {
    const window = openDialog({ kind: 'topics', filter: 'plant/a/#' })
    await screen.findByText('3 messages')
    await userEvent.click(button('Export…'))
    const status = await screen.findByRole('status')
    expect(status.textContent).toBe('3 messages exported. /chosen')
    const lines = writtenTo(window)
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as object)
    expect(lines).toMatchObject(
      [0, 2, 4].map((n) => ({ topic: 'plant/a', payload: `{"n":${n}}`, connection: 'Plant' })),
    )
    expect(window.main.inputsOf('file.begin')[0]?.suggestedName).toMatch(
      /^Plant \d{4}-\d\d-\d\d \d\d-\d\d-\d\d\.jsonl$/,
    )
    expect(window.main.inputsOf('file.finish')).toHaveLength(1)
    expect(window.app.get(noticesState).all).toEqual([])
  })

  it('says beside the buttons why it could not be written', async () => {
    const window = openDialog({ kind: 'all' })
    const full = fail('fileNotWritten', 'no', { values: { file: 'a.jsonl', detail: 'ENOSPC', cause: 'full' } })
    window.main.answer({ 'file.append': () => full })
    await screen.findByText('6 messages')
    await userEvent.click(button('Export…'))
    expect((await screen.findByRole('alert')).textContent).toContain('a.jsonl was not written: the disk is full.')
    expect(window.main.inputsOf('file.finish')).toEqual([])
    expect(button('Export…')).toHaveProperty('disabled', false)
  })

  it('is cancelled with nothing left, and goes on in the background when it is closed', async () => {
    const window = openDialog({ kind: 'all' })
    let release: () => void = () => undefined
    window.main.answer({
      'file.append': () =>
        new Promise((resolve) => {
          release = () => resolve(ok(null))
        }),
    })
    await screen.findByText('6 messages')
    await userEvent.click(button('Export…'))
    await userEvent.click(await screen.findByRole('button', { name: 'Cancel export' }))
    release()
    expect((await screen.findByRole('status')).textContent).toContain('Cancelled after')
    expect(window.main.inputsOf('file.abandon')).toEqual([{ fileToken: 'token' }])

    await userEvent.click(button('Export…'))
    await userEvent.click(await screen.findByRole('button', { name: 'Go on in the background' }))
    await waitFor(() => expect(window.main.inputsOf('file.append')).toHaveLength(2))
    expect(window.app.get(dialogsState).shown).toBeNull()
    expect(window.connection.get(messageExportState).run?.phase).toBe('running')
    act(() => release())
    await waitFor(() => expect(window.app.get(noticesState).all).toHaveLength(1))
    expect(window.main.inputsOf('file.finish')).toHaveLength(1)
  })

  it('writes payloads as files into a folder', async () => {
    const window = openDialog({ kind: 'all' })
    await choose('Payloads as files')
    await screen.findByText('6 messages')
    await userEvent.click(button('Export…'))
    await screen.findByRole('status')
    const files = window.main.inputsOf('folder.append').flatMap((piece) => piece.files.map(({ name }) => name))
    expect(files).toHaveLength(6)
    expect(files[0]).toBe('plant_a/0000001.json')
  })

  it('does nothing where no place is chosen', async () => {
    const window = openDialog({ kind: 'all' }, { answers: { 'file.begin': () => ok(null) } })
    await screen.findByText('6 messages')
    await userEvent.click(button('Export…'))
    await waitFor(() => expect(window.main.inputsOf('file.begin')).toHaveLength(1))
    expect(window.connection.get(messageExportState).run).toBeNull()
  })
})
