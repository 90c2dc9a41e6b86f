import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { EditorView } from 'codemirror'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { PublishReceipt } from '#shared/model/publish'
import type { DeliveryState } from '#shared/model/frame'
import { fail, ok, type Result } from '#shared/result'
import { frameOfMessages } from '../../model/messageLog/messageLogTesting'
import { composeFor } from '../../state/composerRequest'
import { noticesState } from '../../state/notices'
import { onlineSession, openTestWindow } from '../../testing/testWindow'
import { stubLayout } from '../../ui/layoutTesting'
import { collectionsState } from './collections/collectionsState'
import { PublishPane } from './PublishPane'
import { draftIn, publishState } from './publishState'

// jsdom has no layout; CodeMirror asks for it when it measures.
beforeAll(() => stubLayout({}))
afterEach(cleanup)

/** The composer of a connection that is online, on which these topics were seen. */
const show = (topics: readonly string[] = []) => {
  const opened = openTestWindow({ session: onlineSession() })
  const { app, connection, main } = opened
  opened.receive([
    frameOfMessages(
      1,
      topics.map((_, topicId) => ({ topicId, payload: 'x' })),
      { firstTopicId: 0, newTopics: [...topics], firstMatchSetId: 0, newMatchSets: [[]] },
    ),
  ])
  opened.render(<PublishPane />)
  const form = screen.getByRole('form', { name: 'Publish' })
  const fields = within(form)
  return {
    ...opened,
    user: userEvent.setup(),
    form,
    topic: fields.getByRole('combobox', { name: 'Topic' }),
    button: fields.getByRole('button', { name: 'Publish' }),
    status: fields.getByRole('status'),
    state: () => connection.get(publishState),
    draft: () => draftIn(connection),
    savedMessages: () => [...(app.get(collectionsState).all[0]?.messages.values() ?? [])],
    published: () => main.inputsOf('message.publish'),
    answer: (result: Result<PublishReceipt>) => main.answer({ 'message.publish': () => result }),
    update: (sequence: number, state: DeliveryState, reasonCode = 0) =>
      act(() => connection.get(publishState).receiveDeliveries([{ sequence, state, reasonCode, at: 1 }])),
    typePayload: (text: string) => {
      const view = EditorView.findFromDOM(fields.getByLabelText('Payload'))
      view?.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } })
    },
  }
}
const dropOnto = (element: Element, file: File) =>
  fireEvent.drop(element, { dataTransfer: { types: ['Files'], files: [file] } })
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
    const { user, form, topic, button, status, published, typePayload } = show()
    await user.type(topic, '住家/溫度')
    typePayload('21°\r\n')
    await user.selectOptions(within(form).getByLabelText('QoS'), '1')
    await user.click(within(form).getByLabelText('Retain'))
    await user.click(button)
    expect(published()).toHaveLength(1)
    expect(published()[0]).toMatchObject({ topic: '住家/溫度', qos: 1, retain: true })
    expect(textOf(published()[0]?.payload)).toBe('21°\r\n')
    await waitFor(() => expect(status.textContent).toBe('Acknowledged, 0.4 ms'))
    expect(status.title).toBe('Acknowledged (Success) in 0.4 ms')
  })

  it('sends with Ctrl+Enter from topic and payload, and not with Enter alone', async () => {
    const { user, form, topic, published } = show()
    await user.type(topic, 'a{Enter}')
    expect(published()).toHaveLength(0)
    await user.keyboard('{Control>}{Enter}{/Control}')
    expect(published()).toHaveLength(1)
    within(form).getByLabelText('Payload').focus()
    await user.keyboard('{Control>}{Enter}{/Control}')
    expect(published()).toHaveLength(2)
    expect(textOf(published()[1]?.payload)).toBe('')
  })

  it('says that a wildcard is wrong at once, and an empty topic when one tries to send', async () => {
    const { user, topic, button, published } = show()
    await user.click(button)
    expect(screen.getByRole('alert').textContent).toBe('Type a topic first.')
    expect(document.activeElement).toBe(topic)
    await user.type(topic, 'a/#')
    expect(screen.getByRole('alert').textContent).toMatch(/cannot be published to \+ or #/)
    expect(topic.getAttribute('aria-invalid')).toBe('true')
    expect(published()).toHaveLength(0)
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
    const { user, topic, button, status, answer } = show()
    await user.type(topic, 'a')
    answer(fail('publishRefused', 'No.', { reasonCode: 0x87 }))
    await user.click(button)
    await waitFor(() => expect(status.textContent).toContain('refused'))
    answer(ok({ sequence: 2, reasonCode: 0x10, protocolVersion: '5', milliseconds: 3 }))
    await user.selectOptions(screen.getByLabelText('QoS'), '1')
    await user.click(button)
    await waitFor(() => expect(status.textContent).toBe('No matching subscribers, 3.0 ms'))
  })

  it('says that a version before 5 has no code for an acknowledgement', async () => {
    const { user, form, topic, button, status, answer } = show()
    answer(ok({ sequence: 1, reasonCode: 0, protocolVersion: '3.1.1', milliseconds: 3 }))
    await user.type(topic, 'a')
    await user.selectOptions(within(form).getByLabelText('QoS'), '1')
    await user.click(button)
    await waitFor(() => expect(status.title).toBe('Acknowledged in 3.0 ms; MQTT 3.1.1 says no more'))
  })

  it('follows a message over the end of its connection, and keeps what became of it while offline', async () => {
    const { user, form, topic, button, status, answer, update, setSession } = show()
    answer(fail('publishInterrupted', '', { values: { sequence: 7, again: 'yes' } }))
    await user.type(topic, 'a')
    await user.selectOptions(within(form).getByLabelText('QoS'), '1')
    await user.click(button)
    update(7, 'interrupted')
    expect(status.textContent).toBe('Interrupted; it is sent again when the session is resumed')
    act(() => setSession({ phase: 'offline' }))
    expect(status.textContent).toBe('Interrupted; it is sent again when the session is resumedConnect first')
    act(() => setSession(onlineSession()))
    update(8, 'acknowledged')
    expect(status.textContent).toContain('Interrupted')
    update(7, 'acknowledged')
    expect(status.textContent).toBe('Sent again after the reconnect and acknowledged')
    update(7, 'refused', 0x87)
    expect(status.textContent).toBe('Sent again after the reconnect and refused: Not authorized (0x87)')
  })

  it('says of a QoS 0 message that the broker closed right after it', async () => {
    const { user, topic, button, status, update } = show()
    await user.type(topic, 'a')
    await user.click(button)
    await waitFor(() => expect(status.textContent).toBe('Sent in 0.4 ms'))
    update(1, 'closedAfter')
    expect(status.textContent).toBe('Sent, but the broker closed the connection right after this PUBLISH')
  })

  it('asks to connect while offline and loses nothing', async () => {
    const { user, topic, button, status, published, setSession } = show()
    act(() => setSession({ phase: 'offline' }))
    await user.type(topic, 'a')
    await user.click(button)
    await waitFor(() => expect(status.textContent).toBe('Connect first'))
    expect(published()).toHaveLength(0)
    expect(topic).toHaveProperty('value', 'a')
  })

  it('checks JSON beside the editor and lays it out without touching numbers', async () => {
    const { user, form, draft, typePayload } = show()
    await user.selectOptions(within(form).getByLabelText('Format'), 'json')
    typePayload('{"a":\n1,}')
    expect(await screen.findByText('Line 2, column 3:')).toBeTruthy()
    typePayload('{"id":12345678901234567890}')
    await user.click(within(form).getByRole('button', { name: 'Format JSON' }))
    expect(draft().message.payload).toBe('{\n  "id": 12345678901234567890\n}')
  })

  it('keeps what was typed where it cannot be written in another format, and says why', async () => {
    const { user, form, draft, typePayload } = show()
    await user.selectOptions(within(form).getByLabelText('Format'), 'hex')
    typePayload('ff 0')
    await user.selectOptions(within(form).getByLabelText('Format'), 'text')
    expect(screen.getByRole('alert').textContent).toContain('The format stays as it is')
    expect(draft().message).toMatchObject({ format: 'hex', payload: 'ff 0' })
  })

  it('sends CBOR written from JSON, shows its bytes, and says where it cannot be made', async () => {
    const { user, form, topic, button, published, typePayload } = show()
    await user.type(topic, 'a')
    await user.selectOptions(within(form).getByLabelText('Format'), 'CBOR')
    typePayload('{"a": 1, "b": 0.12345678901234567890}')
    expect(await within(form).findByText(/more digits than a double/)).toBeTruthy()
    typePayload('{"a": 1,\n}')
    expect((await within(form).findByRole('button', { name: /a key in quotes is expected/ })).dataset['tone']).toBe(
      'danger',
    )
    await user.click(button)
    expect(published()).toEqual([])
    typePayload('{"a": 1}')
    await user.click(within(form).getByRole('button', { name: 'Bytes' }))
    const bytes = within(screen.getByRole('dialog', { name: 'Bytes' }))
    expect(bytes.getByText('4 bytes')).toBeTruthy()
    expect(bytes.getByText(/a1 61 61 01/)).toBeTruthy()
    await user.keyboard('{Escape}')
    await user.click(button)
    expect(published()[0]?.payload).toEqual(Uint8Array.of(0xa1, 0x61, 0x61, 1))
  })

  it('says why bytes are no MessagePack', async () => {
    const { user, form, typePayload } = show()
    const format = within(form).getByLabelText('Format')
    await user.selectOptions(format, 'Hex')
    typePayload('c1')
    await user.selectOptions(format, 'MessagePack')
    expect(format).toHaveProperty('value', 'hex')
    expect(within(form).getByRole('alert').textContent).toBe(
      'The format stays as it is: these bytes are not MessagePack.',
    )
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
    const { user, form, topic, button, status, published, typePayload } = show()
    await user.type(topic, 'a')
    await user.click(button)
    await waitFor(() => expect(status.textContent).toContain('Sent in'))
    await user.selectOptions(within(form).getByLabelText('Format'), 'hex')
    typePayload('0g')
    await waitFor(() => expect(status.textContent).toBe(''))
    await user.click(button)
    expect(published()).toHaveLength(1)
    expect(status.textContent).toBe('Not sent: correct the marked field')
    typePayload('00')
    await waitFor(() => expect(status.textContent).toBe(''))
  })

  it('says that broken JSON was sent as typed', async () => {
    const { user, form, topic, button, status, typePayload } = show()
    await user.type(topic, 'a')
    await user.selectOptions(within(form).getByLabelText('Format'), 'json')
    typePayload('{')
    await user.click(button)
    await waitFor(() => expect(status.textContent).toBe('Sent as typed: not valid JSON'))
    expect(status.title).toContain('Sent in')
  })

  it('shows a file in place of the text until it is removed', async () => {
    const { user, form, topic, button, status, main } = show()
    const file = { token: 't', name: 'firmware.bin', size: 2_048, modifiedAt: 1 }
    main.answer({
      'payloadFile.choose': () => ok(file),
      'message.publishFile': () => fail('fileMissing', 'Gone.', { values: { name: file.name } }),
    })
    await user.click(within(form).getByRole('button', { name: 'From file…' }))
    expect(await screen.findByText('firmware.bin')).toBeTruthy()
    expect(within(form).getByText('2,048 bytes')).toBeTruthy()
    await user.type(topic, 'a')
    await user.click(button)
    expect((await within(form).findByRole('alert')).textContent).toMatch(/^firmware\.bin is not there any more/)
    expect(status.textContent).toContain('Not sent')
    const delivery = ok<PublishReceipt>({ sequence: 1, reasonCode: 0, protocolVersion: '5', milliseconds: 0.42 })
    main.answer({ 'message.publishFile': () => ok({ file: { ...file, size: 1_024 }, kept: null, delivery }) })
    await user.click(button)
    await waitFor(() => expect(status.textContent).toBe('Sent as the file is now (1.0 KiB): it has changed'))
    expect(within(form).queryByRole('alert')).toBeNull()
    expect(within(form).getByText('1,024 bytes')).toBeTruthy()
    await user.click(within(form).getByRole('button', { name: 'Remove file' }))
    expect(within(form).getByLabelText('Payload')).toBeTruthy()
  })

  it('takes a file that is dropped onto the payload, and reads it when it is sent', async () => {
    const { form, main, draft, typePayload } = show()
    typePayload('kept')
    const file = { token: 't1', name: 'a.bin', size: 3, modifiedAt: 1 }
    main.drop(file)
    dropOnto(within(form).getByLabelText('Payload'), new File(['abc'], 'a.bin'))
    expect(await within(form).findByText('a.bin')).toBeTruthy()
    expect(draft().file).toEqual(file)
    expect(within(form).getByText('Read when it is sent, and sent exactly as it is then.')).toBeTruthy()
  })

  it('takes what is in a dropped file that has no path', async () => {
    const { form, draft } = show()
    dropOnto(within(form).getByLabelText('Payload'), new File([Uint8Array.of(0, 255)], 'b.bin'))
    expect(await within(form).findByText('b.bin')).toBeTruthy()
    expect(draft().file).toEqual({ name: 'b.bin', bytes: Uint8Array.of(0, 255) })
  })

  it('opens the properties where one of them is wrong', async () => {
    const { user, form, topic, button, state, published } = show()
    await user.type(topic, 'a')
    act(() => state().changeDraft({ messageExpiry: 'soon' }))
    await user.click(button)
    expect(within(form).getByLabelText('Expiry (seconds)').getAttribute('aria-invalid')).toBe('true')
    expect(published()).toHaveLength(0)
  })

  it('keeps a message in the library and sends it with one click', async () => {
    const { user, topic, savedMessages, published, app } = show()
    await user.type(topic, 'pump/1')
    await user.click(screen.getByRole('button', { name: 'Library' }))
    await user.type(await screen.findByLabelText('Name'), 'Start{Enter}')
    expect(published()).toHaveLength(0)
    await user.click(await screen.findByRole('button', { name: 'Send “Start”' }))
    expect(published().map((request) => request.topic)).toEqual(['pump/1'])
    await user.click(screen.getByRole('button', { name: 'Delete “Start”' }))
    expect(savedMessages()).toEqual([])
    act(() => app.get(noticesState).all[0]?.action?.run())
    expect(savedMessages()).toHaveLength(1)
  })

  it('moves the cursor to the payload for "send to this topic"', async () => {
    const { form, topic, connection } = show()
    act(() => composeFor(connection, 'from/tree'))
    await waitFor(() => expect(document.activeElement).toBe(within(form).getByLabelText('Payload')))
    expect(topic).toHaveProperty('value', 'from/tree')
  })
})
