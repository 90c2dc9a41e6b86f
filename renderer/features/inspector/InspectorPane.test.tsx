import { act, cleanup, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { IntlProvider } from 'use-intl'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { encodePublishProperties } from '#shared/mqtt/publishProperties'
import { ok } from '#shared/result'
import messages from '../../i18n/en/inspector.json'
import ui from '../../i18n/en/ui.json'
import type { Api } from '../../ipc/api'
import { createConnectionModels } from '../../model/connectionModel'
import { frameOfMessages, type GivenMessage } from '../../model/messageLog/messageLogTesting'
import type { AppState } from '../../store/appStore'
import type { Selection } from '../../store/selectionSlice'
import { AppContext } from '../../store/useApp'
import { stubLayout } from '../../ui/layoutTesting'
import { createInspectorSlice } from './inspectorSlice'
import { InspectorPane } from './InspectorPane'

// A box of 600 px, and lines of 18.
stubLayout({ clientHeight: 600, clientWidth: 400, offsetHeight: 18 })
afterEach(cleanup)

const selectionsOf = (sequence: number | null, topic: string | null): Record<string, Selection> => {
  if (sequence !== null) return { c: { kind: 'message', sequence, within: topic } }
  return topic === null ? {} : { c: { kind: 'topic', topic } }
}

const show = (list: readonly GivenMessage[], selected: number | null, topic: string | null = null) => {
  const models = createConnectionModels({ bytes: 2 ** 25, rows: null })
  const spies = {
    scopeLog: vi.fn(),
    selectTopic: vi.fn(),
    copyText: vi.fn(),
    composeMessage: vi.fn(),
    composeFor: vi.fn(),
  }
  const saved: unknown[] = []
  const invoke = (_name: string, input: unknown) => {
    saved.push(input)
    return Promise.resolve(ok(null))
  }
  const store = createStore<AppState>()(
    (set, get) =>
      ({
        ...createInspectorSlice(set, get, { api: { invoke } as unknown as Api, models }),
        dataRevision: 0,
        selections: selectionsOf(selected, topic),
        profiles: [],
        sessions: {},
        ...spies,
      }) as unknown as AppState,
  )
  const names = { firstTopicId: 0, newTopics: ['plant/line1'], firstMatchSetId: 0, newMatchSets: [[]] }
  models.apply(frameOfMessages(1, list, names))
  const paneOf = (connectionId: string) => (
    <AppContext value={{ store, models }}>
      <IntlProvider locale="en" timeZone="UTC" messages={{ inspector: messages, ui }}>
        <InspectorPane key={connectionId} connectionId={connectionId} />
      </IntlProvider>
    </AppContext>
  )
  const { rerender } = render(paneOf('c'))
  const regionNow = () => within(screen.getByRole('region', { name: 'Message details' }))
  const select = (sequence: number | null, shownTopic: string | null) =>
    act(() => store.setState({ selections: selectionsOf(sequence, shownTopic) }))
  const change = (work: () => void) =>
    act(() => {
      work()
      store.setState(({ dataRevision }) => ({ dataRevision: dataRevision + 1 }))
    })
  const look = (connectionId: string) => rerender(paneOf(connectionId))
  return { store, models, region: regionNow(), regionNow, select, change, look, saved, ...spies }
}

const json = '{"b":12345678901234567890,"a":1.50}'

describe('message details', () => {
  it('say the next step while nothing is selected', () => {
    const { region } = show([], null)
    expect(region.getByText('No message selected')).toBeDefined()
  })

  it('lay JSON out by rule, in another view by choice, and copy the exact whole', async () => {
    const { region, copyText } = show([{ topicId: 0, payload: json }], 1)
    expect(region.getByRole('button', { name: 'Auto: JSON' }).getAttribute('aria-pressed')).toBe('true')
    expect(region.getByText('12345678901234567890')).toBeDefined()
    await userEvent.click(region.getByRole('button', { name: 'Text' }))
    expect(region.getByText(json)).toBeDefined()
    await userEvent.click(region.getByRole('button', { name: /^Copy payload/ }))
    expect(copyText).toHaveBeenCalledWith(json)
    await userEvent.click(region.getByRole('button', { name: 'Hex' }))
    expect(region.getByText(/^00000000 7b 22 62/)).toBeDefined()
  })

  it('show the latest message of the selected topic, and the previous one in the difference', async () => {
    const { region } = show(
      [
        { topicId: 0, payload: '{"a":1}' },
        { topicId: 0, payload: '{"a":2}' },
      ],
      null,
      'plant/line1',
    )
    expect(region.getByText('Latest message of the selected topic')).toBeDefined()
    await userEvent.click(region.getByRole('button', { name: 'Difference' }))
    expect(region.getByText(/Compared with number 1/)).toBeDefined()
    expect(region.getByText('"a": 2', { exact: false })).toBeDefined()
  })

  it('name the properties of MQTT 5', () => {
    const properties = encodePublishProperties({
      contentType: 'text/plain',
      correlationData: Uint8Array.from([0x61, 0x62]),
      messageExpirySeconds: 60,
      userProperties: [
        ['unit', 'C'],
        ['unit', '<b>'],
      ],
    })
    const { region } = show([{ topicId: 0, payload: 'x', properties }], 1)
    for (const text of ['text/plain', '61 62', 'ab', '60 seconds', 'C', '<b>'])
      expect(region.getByText(text)).toBeDefined()
  })

  it.each([
    ['', 'must not be empty'],
    ['reply/#', 'must not hold + or #'],
  ])('mark the Response Topic %j, which is not allowed', (responseTopic, why) => {
    const properties = encodePublishProperties({ responseTopic })
    const { region } = show([{ topicId: 0, payload: 'x', properties }], 1)
    expect(region.getByText(new RegExp(why.replace('+', '\\+'))).textContent).toContain('MQTT-3.3.2-14')
  })

  it('show some of the identifiers and user properties of a message that is full of them, and how many more', async () => {
    const identifiers = Array.from({ length: 3_000 }, (_, index) => 1 + (index % 1_000))
    const properties = encodePublishProperties({
      subscriptionIdentifiers: identifiers,
      userProperties: Array.from({ length: 25 }, (_, index) => ['name', `value ${index}`]),
    })
    const { region } = show([{ topicId: 0, payload: 'x', properties }], 1)
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
    const { region, saved } = show([{ topicId: 0, payload }], 1)
    expect(region.getByRole('button', { name: 'Auto: Hex' })).toBeDefined()
    await userEvent.click(region.getByRole('button', { name: 'Text' }))
    expect(region.getByText(/Not valid UTF-8/)).toBeDefined()
    await userEvent.click(region.getByRole('button', { name: 'Save payload to a file' }))
    expect(saved).toEqual([{ suggestedName: 'line1.bin', bytes: payload }])
    // Memory that threads share does not cross to the main process.
    expect((saved[0] as { bytes: Uint8Array }).bytes.buffer).not.toBeInstanceOf(SharedArrayBuffer)
  })

  it('limit log and tree by a level of the topic, and hand the message to the composer', async () => {
    const { region, scopeLog, selectTopic, composeMessage } = show([{ topicId: 0, payload: json }], 1)
    await userEvent.click(region.getByRole('button', { name: 'plant' }))
    expect([scopeLog.mock.calls, selectTopic.mock.calls]).toEqual([[['c', 'plant']], [['c', 'plant']]])
    await userEvent.click(region.getByRole('button', { name: 'Send again' }))
    expect(composeMessage).toHaveBeenCalledWith(
      expect.objectContaining({ topic: 'plant/line1', payload: json, format: 'json' }),
      null,
    )
  })

  it('keep a selected message readable when it is evicted', () => {
    const { region, models, store } = show([{ topicId: 0, payload: 'old' }], 1)
    act(() => {
      models.apply(frameOfMessages(2, [{ topicId: 0, payload: 'new' }], { firstTopicId: 1, firstMatchSetId: 1 }))
      models.setBudget({ bytes: 2 ** 25, rows: 1 })
      store.setState({ dataRevision: 1 })
    })
    expect(region.getByText('old')).toBeDefined()
    expect(region.getByText(/No longer in the log/)).toBeDefined()
  })

  it('follow the latest message of a topic that is selected after a message', () => {
    const { region, models, select, change } = show([{ topicId: 0, payload: 'first' }], 1)
    const next = (sequence: number, payload: string) =>
      models.apply(frameOfMessages(sequence, [{ topicId: 0, payload }], { firstTopicId: 1, firstMatchSetId: 1 }))
    change(() => next(2, 'second'))
    expect(region.getByText('first')).toBeDefined()
    select(null, 'plant/line1')
    expect(region.getByText('second')).toBeDefined()
    change(() => next(3, 'third'))
    expect(region.getByText('third')).toBeDefined()
    select(2, 'plant/line1')
    change(() => next(4, 'fourth'))
    expect(region.getByText('second')).toBeDefined()
    select(null, 'plant')
    expect(region.getByText(/no message of its own/)).toBeDefined()
    expect(region.queryByText('second')).toBeNull()
  })

  it('keep a selected message while another connection is looked at, also when it is cleared meanwhile', () => {
    const { regionNow, models, change, look } = show([{ topicId: 0, payload: 'mine' }], 1)
    look('other')
    expect(regionNow().getByText('No message selected')).toBeDefined()
    change(() => models.of('c').log.clear())
    look('c')
    expect(regionNow().getByText('mine')).toBeDefined()
    expect(regionNow().getByText(/No longer in the log/)).toBeDefined()
  })
})
