import { act, cleanup, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { EditorView } from 'codemirror'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { IntlProvider } from 'use-intl'
import type { DeliveryState } from '#shared/model/frame'
import { fail, ok } from '#shared/result'
import messages from '../../i18n/en/publish.json'
import ui from '../../i18n/en/ui.json'
import { AppContext } from '../../store/useApp'
import { PublishPane } from './PublishPane'
import { publishStore } from './testing/publishStore'

const filterProblems = { empty: 'Type a topic.', wildcardInTopic: 'No wildcards (level {level}).' }
const errors = {
  publishInterrupted: 'The connection ended.',
  fileMissing: '{name} is gone.',
  publishRefused: 'Refused: {reason}',
  notConnected: 'Connect first.',
}

beforeAll(() => {
  // jsdom has no layout; CodeMirror asks for it when it measures.
  Element.prototype.scrollIntoView = () => undefined
  Range.prototype.getClientRects = () => [] as unknown as DOMRectList
})
afterEach(cleanup)

const show = (topics?: readonly string[]) => {
  const made = publishStore(topics)
  render(
    <IntlProvider locale="en" timeZone="UTC" messages={{ publish: messages, filterProblems, errors, ui }}>
      <AppContext value={{ store: made.store, models: made.models }}>
        <PublishPane connectionId="c" />
      </AppContext>
    </IntlProvider>,
  )
  const form = screen.getByRole('form', { name: 'Publish' })
  const fields = within(form)
  return {
    ...made,
    user: userEvent.setup(),
    form,
    topic: fields.getByRole('combobox', { name: 'Topic' }),
    button: fields.getByRole('button', { name: 'Publish' }),
    status: fields.getByRole('status'),
    typePayload: (text: string) => {
      const view = EditorView.findFromDOM(fields.getByLabelText('Payload'))
      view?.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } })
    },
  }
}
const optionsIn = (list: HTMLElement) => within(list).getAllByRole('option')
const textOf = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes)

describe('PublishPane', () => {
  it('has the fields by the names that drivers and readers use, once each', () => {
    const { form } = show()
    for (const name of ['Topic', 'Payload', 'QoS', 'Retain'])
      expect(within(form).getAllByLabelText(name)).toHaveLength(1)
    expect(within(form).getAllByLabelText(/payload/i)).toHaveLength(1)
    expect(within(form).getAllByLabelText(/topic/i)).toHaveLength(1)
    expect(within(form).getAllByRole('button', { name: /publish/i })).toHaveLength(1)
  })

  it('sends what was typed and says so beside the button', async () => {
    const { user, topic, form, button, status, calls, typePayload } = show()
    await user.type(topic, '住家/溫度')
    typePayload('21°\r\n')
    await user.selectOptions(within(form).getByLabelText('QoS'), '1')
    await user.click(within(form).getByLabelText('Retain'))
    await user.click(button)
    expect(calls.published).toHaveLength(1)
    expect(calls.published[0]).toMatchObject({ topic: '住家/溫度', qos: 1, retain: true })
    expect(textOf(calls.published[0]?.payload)).toBe('21°\r\n')
    await waitFor(() => expect(status.textContent).toBe('Acknowledged, 0.4 ms'))
    expect(status.title).toBe('Acknowledged (Success) in 0.4 ms')
  })

  it('sends with Ctrl+Enter from topic and payload, and not with Enter alone', async () => {
    const { user, topic, form, calls } = show()
    await user.type(topic, 'a{Enter}')
    expect(calls.published).toHaveLength(0)
    await user.keyboard('{Control>}{Enter}{/Control}')
    expect(calls.published).toHaveLength(1)
    within(form).getByLabelText('Payload').focus()
    await user.keyboard('{Control>}{Enter}{/Control}')
    expect(calls.published).toHaveLength(2)
    expect(textOf(calls.published[1]?.payload)).toBe('')
  })

  it('says that a wildcard is wrong at once, and an empty topic when one tries to send', async () => {
    const { user, topic, button, calls } = show()
    await user.click(button)
    expect(screen.getByRole('alert').textContent).toBe('Type a topic.')
    expect(document.activeElement).toBe(topic)
    await user.type(topic, 'a/#')
    expect(screen.getByRole('alert').textContent).toBe('No wildcards (level 2).')
    expect(topic.getAttribute('aria-invalid')).toBe('true')
    expect(calls.published).toHaveLength(0)
  })

  it('completes a topic by keyboard and leaves it with Escape', async () => {
    const { user, topic } = show(['plant/1/temperature', 'plant/2/temperature', 'other'])
    await user.type(topic, 'plant')
    expect(optionsIn(screen.getByRole('listbox')).map((option) => option.textContent)).toEqual([
      'plant/1/temperature',
      'plant/2/temperature',
    ])
    await user.keyboard('{ArrowDown}{ArrowDown}{Enter}')
    expect(topic).toHaveProperty('value', 'plant/2/temperature')
    expect(screen.queryByRole('listbox')).toBeNull()
    await user.keyboard('{ArrowDown}')
    await user.clear(topic)
    expect(optionsIn(screen.getByRole('listbox'))).toHaveLength(3)
    await user.keyboard('{Escape}')
    expect(screen.queryByRole('listbox')).toBeNull()
  })

  it('says what the broker refused, and that nobody listens', async () => {
    const { user, topic, button, status, calls } = show()
    await user.type(topic, 'a')
    calls.answer = () => Promise.resolve(fail('publishRefused', 'No.', { reasonCode: 0x87 }))
    await user.click(button)
    await waitFor(() => expect(status.textContent).toContain('Refused'))
    calls.answer = () => Promise.resolve(ok({ sequence: 2, reasonCode: 0x10, protocolVersion: '5', milliseconds: 3 }))
    await user.selectOptions(screen.getByLabelText('QoS'), '1')
    await user.click(button)
    await waitFor(() => expect(status.textContent).toBe('No matching subscribers, 3.0 ms'))
  })

  it('says that a version before 5 has no code for an acknowledgement', async () => {
    const { user, topic, form, button, status, calls } = show()
    calls.answer = () => Promise.resolve(ok({ sequence: 1, reasonCode: 0, protocolVersion: '3.1.1', milliseconds: 3 }))
    await user.type(topic, 'a')
    await user.selectOptions(within(form).getByLabelText('QoS'), '1')
    await user.click(button)
    await waitFor(() => expect(status.title).toBe('Acknowledged in 3.0 ms; MQTT 3.1.1 says no more'))
  })

  it('follows a message over the end of its connection, and keeps what became of it while offline', async () => {
    const { user, topic, form, button, status, store, calls } = show()
    calls.answer = () => Promise.resolve(fail('publishInterrupted', '', { values: { sequence: 7, again: 'yes' } }))
    await user.type(topic, 'a')
    await user.selectOptions(within(form).getByLabelText('QoS'), '1')
    await user.click(button)
    const update = (sequence: number, state: DeliveryState, reasonCode = 0) =>
      act(() => store.getState().receiveDeliveries('c', [{ sequence, state, reasonCode, at: 1 }]))
    update(7, 'interrupted')
    expect(status.textContent).toBe('Interrupted; it is sent again when the session is resumed')
    const { sessions } = store.getState()
    act(() => store.setState({ sessions: {} }))
    expect(status.textContent).toBe('Interrupted; it is sent again when the session is resumedConnect first')
    act(() => store.setState({ sessions }))
    update(8, 'acknowledged')
    expect(status.textContent).toContain('Interrupted')
    update(7, 'acknowledged')
    expect(status.textContent).toBe('Sent again after the reconnect and acknowledged')
    update(7, 'refused', 0x87)
    expect(status.textContent).toBe('Sent again after the reconnect and refused: Not authorized (0x87)')
  })

  it('says of a QoS 0 message that the broker closed right after it', async () => {
    const { user, topic, button, status, store } = show()
    await user.type(topic, 'a')
    await user.click(button)
    await waitFor(() => expect(status.textContent).toBe('Sent in 0.4 ms'))
    act(() => store.getState().receiveDeliveries('c', [{ sequence: 1, state: 'closedAfter', reasonCode: 0, at: 1 }]))
    expect(status.textContent).toBe('Sent, but the broker closed the connection right after this PUBLISH')
  })

  it('asks to connect while offline and loses nothing', async () => {
    const { user, topic, button, status, store, calls } = show()
    store.setState({ sessions: {} })
    await user.type(topic, 'a')
    await user.click(button)
    await waitFor(() => expect(status.textContent).toBe('Connect first'))
    expect(calls.published).toHaveLength(0)
    expect(topic).toHaveProperty('value', 'a')
  })

  it('checks JSON beside the editor and lays it out without touching numbers', async () => {
    const { user, form, store, typePayload } = show()
    await user.selectOptions(within(form).getByLabelText('Format'), 'json')
    typePayload('{"a":\n1,}')
    expect(await screen.findByText('Line 2, column 3:')).toBeTruthy()
    typePayload('{"id":12345678901234567890}')
    await user.click(within(form).getByRole('button', { name: 'Format JSON' }))
    expect(store.getState().publishDrafts['c']?.message.payload).toBe('{\n  "id": 12345678901234567890\n}')
  })

  it('keeps what was typed where it cannot be written in another format, and says why', async () => {
    const { user, form, store, typePayload } = show()
    await user.selectOptions(within(form).getByLabelText('Format'), 'hex')
    typePayload('ff 0')
    await user.selectOptions(within(form).getByLabelText('Format'), 'text')
    expect(screen.getByRole('alert').textContent).toContain('The format stays as it is')
    expect(store.getState().publishDrafts['c']?.message).toMatchObject({ format: 'hex', payload: 'ff 0' })
  })

  it('takes the note about the format back with the next send and the next edit', async () => {
    const { user, form, topic, button, typePayload } = show()
    const refuse = () => user.selectOptions(within(form).getByLabelText('Format'), 'text')
    await user.type(topic, 'a')
    await user.selectOptions(within(form).getByLabelText('Format'), 'hex')
    typePayload('ff')
    await refuse()
    expect(screen.getByRole('alert').textContent).toContain('not UTF-8')
    await user.click(button)
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull())
    await refuse()
    typePayload('fe')
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull())
    typePayload('ff')
    expect(screen.queryByRole('alert')).toBeNull()
  })

  it('forgets the last result with the next edit, and says when nothing was sent', async () => {
    const { user, topic, form, button, status, calls, typePayload } = show()
    await user.type(topic, 'a')
    await user.click(button)
    await waitFor(() => expect(status.textContent).toContain('Sent in'))
    await user.selectOptions(within(form).getByLabelText('Format'), 'hex')
    typePayload('0g')
    await waitFor(() => expect(status.textContent).toBe(''))
    await user.click(button)
    expect(calls.published).toHaveLength(1)
    expect(status.textContent).toBe('Not sent: correct the marked field')
    typePayload('00')
    await waitFor(() => expect(status.textContent).toBe(''))
  })

  it('says that broken JSON was sent as typed', async () => {
    const { user, topic, form, button, status, typePayload } = show()
    await user.type(topic, 'a')
    await user.selectOptions(within(form).getByLabelText('Format'), 'json')
    typePayload('{')
    await user.click(button)
    await waitFor(() => expect(status.textContent).toBe('Sent as typed: not valid JSON'))
    expect(status.title).toContain('Sent in')
  })

  it('shows a file in place of the text until it is removed', async () => {
    const { user, form, calls, topic, button, status } = show()
    const file = { token: 't', name: 'firmware.bin', size: 2_048, modifiedAt: 1 }
    calls.file = file
    await user.click(within(form).getByRole('button', { name: 'From file…' }))
    expect(await screen.findByText('firmware.bin')).toBeTruthy()
    expect(within(form).getByText('2,048 bytes')).toBeTruthy()
    await user.type(topic, 'a')
    await user.click(button)
    expect((await within(form).findByRole('alert')).textContent).toBe('firmware.bin is gone.')
    expect(status.textContent).toContain('Not sent')
    calls.readFile = () => ok({ file: { ...file, size: 1_024 }, kept: null })
    await user.click(button)
    await waitFor(() => expect(status.textContent).toBe('Sent as the file is now (1.0 KiB): it has changed'))
    expect(within(form).queryByRole('alert')).toBeNull()
    expect(within(form).getByText('1,024 bytes')).toBeTruthy()
    await user.click(within(form).getByRole('button', { name: 'Remove file' }))
    expect(within(form).getByLabelText('Payload')).toBeTruthy()
  })

  it('opens the properties where one of them is wrong', async () => {
    const { user, topic, button, form, store, calls } = show()
    await user.type(topic, 'a')
    store.getState().changeDraft('c', { messageExpiry: 'soon' })
    await user.click(button)
    expect(within(form).getByLabelText('Expiry (seconds)').getAttribute('aria-invalid')).toBe('true')
    expect(calls.published).toHaveLength(0)
  })

  it('keeps a message in the library and sends it with one click', async () => {
    const { user, topic, calls, store } = show()
    await user.type(topic, 'pump/1')
    await user.click(screen.getByRole('button', { name: 'Library' }))
    await user.type(await screen.findByLabelText('Name'), 'Start{Enter}')
    expect(calls.published).toHaveLength(0)
    await user.click(await screen.findByRole('button', { name: 'Send “Start”' }))
    expect(calls.published.map((request) => request.topic)).toEqual(['pump/1'])
    await user.click(screen.getByRole('button', { name: 'Delete “Start”' }))
    expect(store.getState().library.savedMessages).toEqual([])
    calls.notices[0]?.action?.run()
    expect(store.getState().library.savedMessages).toHaveLength(1)
  })

  it('moves the cursor to the payload for "send to this topic"', async () => {
    const { store, form, topic } = show()
    store.getState().composeFor('from/tree')
    await waitFor(() => expect(document.activeElement).toBe(within(form).getByLabelText('Payload')))
    expect(topic).toHaveProperty('value', 'from/tree')
  })

  it('clears a retained message only after it was confirmed, and names the topic', async () => {
    const { user, store, calls } = show()
    store.getState().clearRetained('c', 'plant/1')
    const dialog = await screen.findByRole('dialog', { name: 'Clear the retained message?' })
    expect(within(dialog).getByText('plant/1')).toBeTruthy()
    await user.click(within(dialog).getByRole('button', { name: 'Clear' }))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(calls.published[0]).toMatchObject({ topic: 'plant/1', retain: true, qos: 1 })
    expect(calls.notices[0]?.text).toContain('plant/1')
  })
})
