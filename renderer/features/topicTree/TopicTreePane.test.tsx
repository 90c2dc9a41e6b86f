import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { IntlProvider } from 'use-intl'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { flags, recordBytes } from '#shared/model/frame'
import { recordOffset } from '#shared/model/frameReader'
import messages from '../../i18n/en/topicTree.json'
import ui from '../../i18n/en/ui.json'
import type { Api } from '../../ipc/api'
import { createConnectionModels } from '../../model/connectionModel'
import type { AppState } from '../../store/appStore'
import { createSelectionSlice, selectSelectedTopic } from '../../store/selectionSlice'
import { AppContext } from '../../store/useApp'
import { stubLayout } from '../../ui/layoutTesting'
import { createTopicTreeSlice } from './topicTreeSlice'
import { TopicTreePane } from './TopicTreePane'

stubLayout({ clientHeight: 600, clientWidth: 300 })
afterEach(cleanup)

const plant = { id: 's', filter: 'plant/#', qos: 0, colour: 'green', alias: '', enabled: true, muted: false }

const state = { phase: 'granted', qos: 0, since: 1 }

const show = (
  phase: 'online' | 'offline' = 'online',
  subscriptions: readonly unknown[] = [plant],
  states: readonly unknown[] = [],
) => {
  const models = createConnectionModels({ bytes: 2 ** 25, rows: null })
  const spies = { scopeLog: vi.fn(), draftFilter: vi.fn() }
  const store = createStore<AppState>()(
    (set, get) =>
      ({
        ...createTopicTreeSlice(set, get, { api: {} as Api, models }),
        ...createSelectionSlice(set, get, { api: {} as Api, models }),
        dataRevision: 0,
        probeAnswers: {},
        sessions: {
          c: {
            state: { phase },
            subscriptions: subscriptions.map((subscription, at) => ({ subscription, state: states[at] ?? state })),
          },
        },
        ...spies,
      }) as unknown as AppState,
  )
  let topics = 0
  /** Each message on a topic of its own that was not there before. */
  const receive = (...sent: readonly (readonly [topic: string, payload: string, retained?: boolean])[]) => {
    const payloads = sent.map(([, payload]) => new TextEncoder().encode(payload))
    const bytes = new Uint8Array(payloads.reduce((sum, payload) => sum + payload.length, 0))
    const view = new DataView(new ArrayBuffer(sent.length * recordBytes))
    let offset = 0
    sent.forEach(([, , retained], at) => {
      const payload = payloads[at]!
      bytes.set(payload, offset)
      view.setFloat64(at * recordBytes, Date.now(), true)
      view.setUint32(at * recordBytes + recordOffset.topicId, topics + at, true)
      view.setUint32(at * recordBytes + recordOffset.offset, offset, true)
      view.setUint32(at * recordBytes + recordOffset.payloadLength, payload.length, true)
      view.setUint16(at * recordBytes + recordOffset.flags, retained ? flags.retain : 0, true)
      offset += payload.length
    })
    act(() => {
      models.apply({
        connectionId: 'c',
        firstSequence: topics + 1,
        count: sent.length,
        droppedBefore: 0,
        firstTopicId: topics,
        newTopics: sent.map(([topic]) => topic),
        firstMatchSetId: 0,
        newMatchSets: [[]],
        records: new Uint8Array(view.buffer),
        bytes,
      })
      topics += sent.length
      store.setState((state) => ({ dataRevision: state.dataRevision + 1 }))
    })
  }
  render(
    <IntlProvider locale="en" timeZone="UTC" messages={{ topicTree: messages, ui }}>
      <AppContext value={{ store, models }}>
        <TopicTreePane connectionId="c" />
      </AppContext>
    </IntlProvider>,
  )
  const tree = screen.getByRole('tree', { name: 'Topics' })
  return {
    ...spies,
    store,
    models,
    receive,
    tree,
    user: userEvent.setup(),
    item: (name: string) => within(tree).getByRole('treeitem', { name }),
    topics: () =>
      within(tree)
        .queryAllByRole('treeitem')
        .map((row) => row.dataset['topic']),
  }
}

describe('TopicTreePane', () => {
  it('opens a small tree by itself; items are named by their level and show the last value', () => {
    const { receive, item, topics } = show()
    receive(['plant/hall/temperature', '21.5', true], ['plant/hall/state', 'on'])
    expect(topics()).toEqual(['plant', 'plant/hall', 'plant/hall/state', 'plant/hall/temperature'])
    expect(item('temperature').textContent).toContain('21.5')
    expect(item('plant').textContent).toContain('2 topics, 2 messages')
    expect(item('temperature').querySelectorAll('[data-colour="green"]')).toHaveLength(1)
    expect(item('temperature').querySelector('[title="The broker keeps a message for this topic"]')).not.toBeNull()
    expect(item('hall').getAttribute('aria-level')).toBe('2')
    expect(item('temperature').getAttribute('aria-description')).toBe(
      'Value: 21.5; The broker keeps a message for this topic',
    )
    expect(item('plant').getAttribute('aria-description')).toBe('2 topics, 2 messages')
  })

  it('leaves what comes later closed once the user touched the tree', async () => {
    const { receive, item, topics, user, scopeLog } = show()
    receive(['a/b', '1'])
    await user.click(item('a'))
    expect(scopeLog).toHaveBeenCalledWith('c', 'a')
    receive(['z/y', '1'])
    expect(topics()).toEqual(['a', 'a/b', 'z'])
  })

  it('works with the keyboard alone', async () => {
    const { receive, tree, topics, user, store } = show()
    receive(['a/b/c', '1'], ['d', '2'])
    act(() => tree.focus())
    await user.keyboard('{Home}{ArrowLeft}')
    expect(topics()).toEqual(['a', 'd'])
    await user.keyboard('{Shift>}{ArrowRight}{/Shift}{End}d{Enter}')
    expect(topics()).toEqual(['a', 'a/b', 'a/b/c', 'd'])
    expect(selectSelectedTopic('c')(store.getState())).toBe('d')
    const active = tree.getAttribute('aria-activedescendant')
    expect(document.getElementById(active ?? '')?.dataset['topic']).toBe('d')
  })

  it('tells what the probed filter matches from what leads there and what it does not match', () => {
    const { receive, item, store, models } = show()
    receive(['a/x/t', '1'], ['a/x/u', '1'], ['b', '1'])
    expect(item('t').dataset['probed']).toBeUndefined()
    act(() => store.setState({ probeAnswers: { c: models.of('c').tree.probe('a/+/t') } }))
    expect(['a', 'x', 't', 'u', 'b'].map((name) => item(name).dataset['probed'])).toEqual([
      'leads',
      'leads',
      'match',
      'apart',
      'apart',
    ])
    expect(item('t').getAttribute('aria-description')).toMatch(/^Matches the probed filter/)
    expect(item('b').getAttribute('aria-description')).toMatch(/^Does not match the probed filter/)
    act(() => store.setState({ probeAnswers: {} }))
    expect(item('b').dataset['probed']).toBeUndefined()
  })

  it('names an empty level and shows hostile text as text', () => {
    const { receive, item } = show()
    receive(['/a', '<img src=x onerror=alert(1)>'], ['\u202ex', '1'])
    expect(item('(empty)').dataset['topic']).toBe('')
    expect(item('a').textContent).toContain('<img src=x')
    expect(item('a').querySelector('img')).toBeNull()
    expect(item('\\u202ex').dataset['topic']).toBe('\u202ex')
  })

  it('searches names and values', async () => {
    const { receive, topics, user } = show()
    receive(['a/kitchen', 'cold'], ['b/hall', 'warm'])
    await user.type(screen.getByRole('searchbox', { name: 'Search topics' }), 'WARM')
    expect(topics()).toEqual(['b', 'b/hall'])
    const search = screen.getByRole('searchbox', { name: 'Search topics' })
    fireEvent.keyDown(search, { key: 'Escape', isComposing: true })
    expect(search).toHaveProperty('value', 'WARM')
    fireEvent.keyDown(search, { key: 'Escape' })
    expect(search).toHaveProperty('value', '')
  })

  it('says the next step while there is nothing', async () => {
    show('offline')
    expect(screen.getByText('Connect to see topics')).toBeTruthy()
    cleanup()
    const { draftFilter, user } = show('online', [])
    await user.click(screen.getByRole('button', { name: 'Watch everything (#)' }))
    expect(draftFilter).toHaveBeenCalledWith('#')
    cleanup()
    show('online')
    expect(screen.getByText('Waiting for messages')).toBeTruthy()
  })

  const refused = { phase: 'refused', error: { code: 'subscribeRefused', message: '' } }
  const held = { phase: 'heldBack', reason: 'wildcard' }
  const off = { ...plant, id: 'off', enabled: false }
  it.each([
    ['all are refused', [refused, refused], 'No filter is granted'],
    ['all are refused or held back', [refused, held], 'No filter is granted'],
    ['one is granted', [refused, state], 'Waiting for messages'],
    ['one has no answer yet', [refused, { phase: 'requested' }], 'Waiting for messages'],
  ])('says what can come where %s of those switched on', (_which, states, title) => {
    show('online', [plant, { ...plant, id: 's2' }, off], [...states, state])
    expect(screen.getByText(title)).toBeTruthy()
  })
})
