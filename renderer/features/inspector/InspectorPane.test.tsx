import { act, cleanup, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it } from 'vitest'
import { encodePublishProperties } from '#shared/mqtt/publishProperties'
import { frameOfMessages, type GivenMessage } from '../../model/messageLog/messageLogTesting'
import { composerRequestState } from '../../state/composerRequest'
import { connectionsState } from '../../state/connections'
import { focusState } from '../../state/focus'
import { logViewState } from '../../state/logView'
import { messagesState } from '../../state/messages'
import { selectionState, selectSelectedTopic } from '../../state/selection'
import { ConnectionContext } from '../../state/useConnection'
import { openTestWindow } from '../../testing/testWindow'
import { stubLayout } from '../../ui/layoutTesting'
import { InspectorPane } from './InspectorPane'

// A box of 600 px, and lines of 18.
stubLayout({ clientHeight: 600, clientWidth: 400, offsetHeight: 18 })
afterEach(cleanup)

const names = { firstTopicId: 0, newTopics: ['plant/line1'], firstMatchSetId: 0, newMatchSets: [[]] }

/** Of a message by its number, or of the latest on a topic. */
type Shown = number | string | null

const show = (list: readonly GivenMessage[], shown: Shown) => {
  const opened = openTestWindow()
  const { app, connection, main } = opened
  const select = (what: Shown) =>
    act(() => {
      const { selectTopic, selectMessage } = connection.get(selectionState)
      if (typeof what === 'string') selectTopic(what)
      else selectMessage(what)
    })
  opened.receive([frameOfMessages(1, list, names)])
  select(shown)
  opened.render(<InspectorPane />)
  return {
    ...opened,
    region: within(screen.getByRole('region', { name: 'Message details' })),
    select,
    showTab: (name: RegExp) => userEvent.click(screen.getByRole('button', { name })),
    /** One more message on the topic. */
    next: (sequence: number, payload: string) =>
      act(() =>
        opened.receive([frameOfMessages(sequence, [{ topicId: 0, payload }], { firstTopicId: 1, firstMatchSetId: 1 })]),
      ),
    copied: () => main.inputsOf('clipboard.write').map(({ text }) => text),
    app,
  }
}

const json = '{"b":12345678901234567890,"a":1.50}'

describe('message details', () => {
  it('say the next step while nothing is selected', () => {
    const { region } = show([], null)
    expect(region.getByText('No message selected')).toBeDefined()
  })

  it('lay JSON out by rule, in another view by choice, and copy the exact whole', async () => {
    const { region, copied } = show([{ topicId: 0, payload: json }], 1)
    expect(region.getByRole('button', { name: 'Auto: JSON' }).getAttribute('aria-pressed')).toBe('true')
    expect(region.getByText('12345678901234567890')).toBeDefined()
    await userEvent.click(region.getByRole('button', { name: 'Text' }))
    expect(region.getByText(json)).toBeDefined()
    await userEvent.click(region.getByRole('button', { name: /^Copy payload/ }))
    expect(copied()).toEqual([json])
    await userEvent.click(region.getByRole('button', { name: 'Hex' }))
    expect(region.getByText(/^00000000 7b 22 62/)).toBeDefined()
  })

  it('show the latest message of the selected topic, and the previous one in the difference', async () => {
    const { region } = show(
      [
        { topicId: 0, payload: '{"a":1}' },
        { topicId: 0, payload: '{"a":2}' },
      ],
      'plant/line1',
    )
    expect(region.getByText('following').title).toBe('Latest message of the selected topic')
    await userEvent.click(region.getByRole('button', { name: 'Difference' }))
    expect(region.getByText(/Compared with number 1/)).toBeDefined()
    expect(region.getByText('"a": 2', { exact: false })).toBeDefined()
  })

  it('compare with nothing once the messages were cleared, and again when that is undone', async () => {
    const two = [
      { topicId: 0, payload: 'one' },
      { topicId: 0, payload: 'two' },
    ]
    const { region, connection } = show(two, 2)
    await userEvent.click(region.getByRole('button', { name: 'Difference' }))
    expect(region.getByText(/Compared with number 1/)).toBeDefined()
    act(() => connection.get(messagesState).clear())
    expect(region.queryByText(/Compared with/)).toBeNull()
    act(() => connection.get(messagesState).undoClear())
    expect(region.getByText(/Compared with number 1/)).toBeDefined()
  })

  it('name the properties of MQTT 5', async () => {
    const properties = encodePublishProperties({
      contentType: 'text/plain',
      correlationData: Uint8Array.from([0x61, 0x62]),
      messageExpirySeconds: 60,
      userProperties: [
        ['unit', 'C'],
        ['unit', '<b>'],
      ],
    })
    const { region, showTab } = show([{ topicId: 0, payload: 'x', properties }], 1)
    await showTab(/^Properties/)
    for (const text of ['text/plain', '61 62', 'ab', '60 seconds', 'C', '<b>'])
      expect(region.getByText(text)).toBeDefined()
  })

  it('filter the log by a property, and exclude one, also without a mouse', async () => {
    const properties = encodePublishProperties({ contentType: 'text/plain', userProperties: [['unit', 'C']] })
    const { connection, region, showTab } = show([{ topicId: 0, payload: 'x', properties }], 1)
    await showTab(/^Properties/)
    const query = () => connection.get(logViewState).query
    act(() => region.getByRole('button', { name: 'Filter by: unit' }).focus())
    await userEvent.keyboard('{Enter}')
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Filter by this' }))
    expect(query()).toBe('user.unit = "C"')
    await userEvent.pointer({ keys: '[MouseRight]', target: region.getByText('text/plain') })
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Exclude this' }))
    expect(query()).toBe('user.unit = "C" -prop.content-type = "text/plain"')
  })

  it('filter the log by what else a message is', async () => {
    const { connection, region } = show([{ topicId: 0, payload: 'x', flags: 1 }], 1)
    await userEvent.pointer({ keys: '[MouseRight]', target: region.getByRole('button', { name: 'line1' }) })
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Exclude this' }))
    await userEvent.click(await screen.findByRole('menuitem', { name: 'below:plant' }))
    expect(connection.get(logViewState).query).toBe('-below:plant')
  })

  it.each([
    ['', 'must not be empty'],
    ['reply/#', 'must not hold + or #'],
  ])('mark the Response Topic %j, which is not allowed', async (responseTopic, why) => {
    const properties = encodePublishProperties({ responseTopic })
    const { region, showTab } = show([{ topicId: 0, payload: 'x', properties }], 1)
    await showTab(/^Properties/)
    expect(region.getByText(new RegExp(why.replace('+', '\\+'))).textContent).toContain('MQTT-3.3.2-14')
  })

  it('show some of the identifiers and user properties of a message that is full of them, and how many more', async () => {
    const identifiers = Array.from({ length: 3_000 }, (_, index) => 1 + (index % 1_000))
    const properties = encodePublishProperties({
      subscriptionIdentifiers: identifiers,
      userProperties: Array.from({ length: 25 }, (_, index) => ['name', `value ${index}`]),
    })
    const { region, showTab } = show([{ topicId: 0, payload: 'x', properties }], 1)
    await showTab(/^Properties/)
    expect(region.getAllByText(/not one of the current subscriptions/)).toHaveLength(5)
    expect(region.getByText('and 995 more')).toBeDefined()
    expect(region.getByText(/^1, 2, 3, .* 20 … \(\+2980\)$/)).toBeDefined()
    expect(region.getAllByRole('row')).toHaveLength(10)
    await userEvent.click(region.getByRole('button', { name: 'Show 10 more of 15' }))
    await userEvent.click(region.getByRole('button', { name: 'Show 5 more of 5' }))
    expect(region.getAllByRole('row')).toHaveLength(25)
    expect(region.queryByRole('button', { name: /more of/ })).toBeNull()
  })

  it('say when bytes are not UTF-8, and save them exactly', async () => {
    const payload = Uint8Array.from([0x61, 0xff])
    const { region, main } = show([{ topicId: 0, payload }], 1)
    expect(region.getByRole('button', { name: 'Auto: Hex' })).toBeDefined()
    await userEvent.click(region.getByRole('button', { name: 'Text' }))
    expect(region.getByText(/Not valid UTF-8/)).toBeDefined()
    await userEvent.click(region.getByRole('button', { name: 'Save payload to a file' }))
    const saved = main.inputsOf('file.save')
    expect(saved).toEqual([{ suggestedName: 'line1.bin', bytes: payload }])
    // Memory that threads share does not cross to the main process.
    expect(saved[0]?.bytes.buffer).not.toBeInstanceOf(SharedArrayBuffer)
  })

  it('limit log and tree by a level of the topic, and hand the message to the composer', async () => {
    const { region, connection } = show([{ topicId: 0, payload: json }], 1)
    await userEvent.click(region.getByRole('button', { name: 'plant' }))
    expect(connection.get(logViewState).query).toBe('below:plant')
    expect(selectSelectedTopic(connection.get(selectionState))).toBe('plant')
    act(() => connection.get(selectionState).selectMessage(1))
    await userEvent.click(region.getByRole('button', { name: 'Send again' }))
    expect(connection.get(composerRequestState).request).toMatchObject({
      kind: 'message',
      message: { topic: 'plant/line1', payload: json, format: 'json' },
      file: null,
    })
  })

  it('take the focus when they are asked to, and not for a request from before', () => {
    const { app, render } = show([], null)
    const region = () => screen.getByRole('region', { name: 'Message details' })
    act(() => app.get(focusState).focus('details'))
    expect(document.activeElement).toBe(region())
    cleanup()
    render(<InspectorPane />)
    expect(document.activeElement).not.toBe(region())
  })

  it('remember the view that a person chose for a topic', async () => {
    const { region, next, select } = show([{ topicId: 0, payload: json }], 1)
    await userEvent.click(region.getByRole('button', { name: 'Hex' }))
    next(2, 'plain')
    select(2)
    expect(region.getByText(/^00000000 70 6c 61/)).toBeDefined()
    await userEvent.click(region.getByRole('button', { name: 'Auto' }))
    expect(region.getByRole('button', { name: 'Auto: Text' }).getAttribute('aria-pressed')).toBe('true')
    expect(region.getByText('plain')).toBeDefined()
  })

  it('keep a selected message readable when it is evicted', () => {
    const { region, app, connection, next } = show([{ topicId: 0, payload: 'old' }], 1)
    next(2, 'new')
    act(() => {
      app.models.setBudget({ bytes: 2 ** 25, rows: 1 })
      connection.get(messagesState).recount()
    })
    expect(region.getByText('old')).toBeDefined()
    expect(region.getByText(/No longer in the log/)).toBeDefined()
  })

  it('follow the latest message of a topic that is selected after a message', () => {
    const { region, select, next } = show([{ topicId: 0, payload: 'first' }], 1)
    next(2, 'second')
    expect(region.getByText('first')).toBeDefined()
    select('plant/line1')
    expect(region.getByText('second')).toBeDefined()
    next(3, 'third')
    expect(region.getByText('third')).toBeDefined()
    select(2)
    next(4, 'fourth')
    expect(region.getByText('second')).toBeDefined()
    select('plant')
    expect(region.getByText(/no message of its own/)).toBeDefined()
    expect(region.queryByText('second')).toBeNull()
  })

  it('keep a selected message while another connection is looked at, also when it is cleared meanwhile', () => {
    const opened = openTestWindow()
    const { app, connection } = opened
    const other = app.get(connectionsState).open('other')
    opened.receive([frameOfMessages(1, [{ topicId: 0, payload: 'mine' }], names)])
    connection.get(selectionState).selectMessage(1)
    opened.render(<InspectorPane />)
    const region = () => within(screen.getByRole('region', { name: 'Message details' }))
    cleanup()
    opened.render(
      <ConnectionContext value={other}>
        <InspectorPane />
      </ConnectionContext>,
    )
    expect(region().getByText('No message selected')).toBeDefined()
    act(() => connection.get(messagesState).clear())
    cleanup()
    opened.render(<InspectorPane />)
    expect(region().getByText('mine')).toBeDefined()
    expect(region().getByText(/No longer in the log/)).toBeDefined()
  })
})
