import type * as ReactVirtual from '@tanstack/react-virtual'
import { act, cleanup, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { IntlProvider } from 'use-intl'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createStore } from 'zustand/vanilla'
import type { SubscriptionState } from '#shared/model/subscription'
import errors from '../../i18n/en/errors.json'
import filterProblems from '../../i18n/en/filterProblems.json'
import profile from '../../i18n/en/profile.json'
import messages from '../../i18n/en/topicTree.json'
import ui from '../../i18n/en/ui.json'
import type { Api } from '../../ipc/api'
import { createConnectionModels } from '../../model/connectionModel'
import { frameOfMessages } from '../../model/messageLog/messageLogTesting'
import type { AppState } from '../../store/appStore'
import { createMessagesSlice } from '../../store/messagesSlice'
import { createSelectionSlice, selectSelectedTopic } from '../../store/selectionSlice'
import { AppContext } from '../../store/useApp'
import { stubLayout } from '../../ui/layoutTesting'
import { mostRows } from './filterProposal'
import { createTopicTreeSlice } from './topicTreeSlice'
import { TopicTreePane } from './TopicTreePane'

const { resized } = stubLayout({ clientHeight: 600, clientWidth: 300 })
afterEach(cleanup)

/** What the virtual list was given to make keys with. */
const keyMakers = vi.hoisted(() => new Set<unknown>())
vi.mock('@tanstack/react-virtual', async (load) => {
  const actual = await load<typeof ReactVirtual>()
  const useVirtualizer: typeof actual.useVirtualizer = (options) => {
    keyMakers.add(options.getItemKey)
    return actual.useVirtualizer(options)
  }
  return { ...actual, useVirtualizer }
})

const catalogues = { topicTree: messages, errors, filterProblems, profile, ui }

const show = (...sent: readonly string[]) => {
  const models = createConnectionModels({ bytes: 2 ** 25, rows: null })
  const api = { invoke: vi.fn(() => Promise.resolve({ ok: true })) } as unknown as Api
  const spies = {
    scopeLog: vi.fn(),
    draftFilter: vi.fn(),
    probeFilter: vi.fn(),
    subscribeTo: vi.fn((_connectionId: string, ..._filters: readonly string[]): Promise<unknown> =>
      Promise.resolve(null),
    ),
  }
  const store = createStore<AppState>()(
    (set, get) =>
      ({
        ...createTopicTreeSlice(set, get, { api, models }),
        ...createSelectionSlice(set, get, { api, models }),
        paused: {},
        ...createMessagesSlice(set, get, { api, models }),
        sessions: { c: { state: { phase: 'online' }, subscriptions: [] } },
        profiles: [],
        probeAnswers: {},
        ...spies,
      }) as unknown as AppState,
  )
  let topics = 0
  const receive = (...names: readonly string[]) => {
    const given = names.map((_, at) => ({ topicId: topics + at, payload: '1' }))
    act(() => {
      models.apply(
        frameOfMessages(topics + 1, given, { connectionId: 'c', firstTopicId: topics, newTopics: [...names] }),
      )
      topics += names.length
      store.setState((state) => ({ dataRevision: state.dataRevision + 1 }))
    })
  }
  render(
    <IntlProvider locale="en" timeZone="UTC" messages={catalogues}>
      <AppContext value={{ store, models }}>
        <TopicTreePane connectionId="c" />
      </AppContext>
    </IntlProvider>,
  )
  receive(...sent)
  const tree = screen.getByRole('tree', { name: 'Topics' })
  const row = (topic: string) => tree.querySelector<HTMLElement>(`[data-topic="${topic}"]`)!
  const user = userEvent.setup()
  const bar = () => screen.queryByRole('region', { name: 'Marked rows' })
  /** Until filters for the marks are found; that takes several slices where the machine is slow. */
  const clickWith = async (key: string, topic: string) => {
    await user.keyboard(`{${key}>}`)
    await user.click(row(topic))
    await user.keyboard(`{/${key}}`)
    await vi.waitFor(() => expect(bar()?.textContent ?? '').not.toContain('Working out'), { timeout: 60_000 })
  }
  return {
    ...spies,
    store,
    receive,
    tree,
    row,
    user,
    clickWith,
    bar,
    marked: () =>
      [...tree.querySelectorAll<HTMLElement>('[data-marked="true"]')].map(({ dataset }) => dataset['topic']),
  }
}

const filtersIn = (bar: HTMLElement | null) =>
  [...(bar?.querySelectorAll('code') ?? [])].map((code) => code.textContent)
const lines = ['p/1/t', 'p/2/t', 'p/3/t']

describe('rows of the tree', () => {
  it('are marked with Control, the selected one first, and no longer after a plain click', async () => {
    const { user, row, clickWith, marked, bar, tree, store } = show(...lines)
    expect(tree.getAttribute('aria-multiselectable')).toBe('true')
    await user.click(row('p/1/t'))
    await clickWith('Control', 'p/2/t')
    expect(marked()).toEqual(['p/1/t', 'p/2/t'])
    expect(row('p/2/t').getAttribute('aria-selected')).toBe('true')
    expect(selectSelectedTopic('c')(store.getState())).toBe('p/1/t')
    await clickWith('Control', 'p/1/t')
    expect(marked()).toEqual(['p/2/t'])
    expect(row('p/1/t').getAttribute('aria-selected')).toBe('false')
    await user.click(row('p/3/t'))
    expect([marked(), bar()]).toEqual([[], null])
    expect(row('p/3/t').getAttribute('aria-selected')).toBe('true')
  })

  it('are marked as a range with Shift, from where the last one was marked', async () => {
    const { clickWith, marked } = show(...lines)
    await clickWith('Control', 'p/1/t')
    await clickWith('Shift', 'p/3/t')
    expect(marked()).toEqual(['p/1/t', 'p/2', 'p/2/t', 'p/3', 'p/3/t'])
    await clickWith('Shift', 'p/2')
    expect(marked()).toEqual(['p/1/t', 'p/2'])
  })

  it('are marked with the keyboard; Escape unmarks them first and deselects then', async () => {
    const { user, row, marked, store } = show(...lines)
    await user.click(row('p/1/t'))
    act(() => row('p').closest<HTMLElement>('[role="tree"]')?.focus())
    await user.keyboard('{Shift>}{ArrowDown}{ArrowDown}{/Shift}')
    expect(marked()).toEqual(['p/1/t', 'p/2', 'p/2/t'])
    await user.keyboard('{Shift>}{ArrowUp}{/Shift}')
    expect(marked()).toEqual(['p/1/t', 'p/2'])
    await user.keyboard('{ArrowDown}{ArrowDown}{ArrowDown}{Control>} {/Control}')
    expect(marked()).toEqual(['p/1/t', 'p/2', 'p/3/t'])
    await user.keyboard('{Escape}')
    expect([marked(), selectSelectedTopic('c')(store.getState())]).toEqual([[], 'p/1/t'])
    await user.keyboard('{Escape}')
    expect(selectSelectedTopic('c')(store.getState())).toBeNull()
  })

  it('are marked all with Control and A, and from the last marked one to the cursor with Shift and Space', async () => {
    const { user, row, marked, store } = show(...lines)
    await user.click(row('p/1/t'))
    act(() => row('p').closest<HTMLElement>('[role="tree"]')?.focus())
    await user.keyboard('{ArrowDown}{Insert}{ArrowDown}{ArrowDown}{Shift>} {/Shift}')
    expect(marked()).toEqual(['p/2', 'p/2/t', 'p/3'])
    expect(selectSelectedTopic('c')(store.getState())).toBe('p/1/t')
    await user.keyboard('{Control>}a{/Control}')
    expect(marked()).toEqual(['p', 'p/1', 'p/1/t', 'p/2', 'p/2/t', 'p/3', 'p/3/t'])
  })

  it('stay in view when the tree gets lower, unless somebody has scrolled away', async () => {
    const { clickWith, row } = show(...lines)
    await clickWith('Control', 'p/2/t')
    const scrolledTo = vi.spyOn(row('p/2/t'), 'scrollIntoView')
    vi.spyOn(row('p/2/t'), 'getBoundingClientRect').mockReturnValueOnce(new DOMRect(0, 570, 300, 24))
    resized()
    expect(scrolledTo).toHaveBeenCalledExactlyOnceWith({ block: 'nearest' })
    vi.spyOn(row('p/2/t'), 'getBoundingClientRect').mockReturnValueOnce(new DOMRect(0, 900, 300, 24))
    resized()
    expect(scrolledTo).toHaveBeenCalledTimes(1)
  })

  it('are marked one more without the virtual list going through all rows', async () => {
    const { user, row, marked } = show(...lines)
    await user.click(row('p/1/t'))
    act(() => row('p').closest<HTMLElement>('[role="tree"]')?.focus())
    keyMakers.clear()
    await user.keyboard('{Shift>}{ArrowDown}{ArrowDown}{ArrowDown}{/Shift}')
    expect([marked().length, keyMakers.size]).toEqual([4, 1])
  })

  it('lose their marks when the topics are cleared and when the session is forgotten', async () => {
    const { clickWith, store, bar } = show(...lines)
    await clickWith('Control', 'p/1/t')
    act(() => store.getState().clearMessages('c'))
    expect([store.getState().markedTopics['c']?.size, bar()]).toEqual([0, null])
    store.getState().markTopics('c', ['x'])
    store.getState().forgetTreeView('c')
    expect(store.getState().markedTopics).toEqual({})
  })
})

describe('the bar of marked rows', () => {
  it('proposes few filters, says what else they match, and the rows themselves instead', async () => {
    const { user, clickWith, bar, receive } = show(...lines)
    await clickWith('Control', 'p/1/t')
    await clickWith('Control', 'p/2/t')
    expect(within(bar()!).getByRole('status').textContent).toBe('2 rows marked')
    expect(bar()?.textContent).toContain('2 topics')
    expect(filtersIn(bar())).toEqual(['p/+/t'])
    await user.click(within(bar()!).getByRole('button', { name: '1 not marked' }))
    expect(within(bar()!).getByText('p/3/t')).toBeTruthy()
    await user.click(within(bar()!).getByRole('button', { name: 'By row (2)' }))
    expect(filtersIn(bar())).toEqual(['p/1/t', 'p/2/t'])
    expect(bar()?.textContent).toContain('1 topicall marked')
    receive('p/1/t/x')
    await vi.waitFor(() => expect(filtersIn(bar())).toEqual(['p/1/t/#', 'p/2/t']), { timeout: 60_000 })
  })

  it('subscribes to one and to all, probes, and shows what was refused', async () => {
    const { user, clickWith, bar, subscribeTo, probeFilter } = show('a/1', 'b/x/y')
    await clickWith('Control', 'a/1')
    await clickWith('Control', 'b/x/y')
    await user.click(within(bar()!).getByRole('button', { name: 'Show what a/1 matches' }))
    expect(probeFilter).toHaveBeenCalledWith('c', 'a/1')
    await user.click(within(bar()!).getByRole('button', { name: 'Subscribe to all' }))
    expect(subscribeTo.mock.calls).toEqual([['c', 'a/1', 'b/x/y']])
    subscribeTo.mockResolvedValueOnce({ code: 'storageFailed', message: '' })
    await user.click(within(bar()!).getByRole('button', { name: 'Subscribe to b/x/y' }))
    expect(within(bar()!).getByRole('alert').textContent).not.toBe('')
    await clickWith('Control', 'b')
    expect(within(bar()!).queryByRole('alert')).toBeNull()
  })

  it('says what is subscribed already, and gives the focus back to the tree when it goes', async () => {
    const { user, clickWith, bar, store, tree } = show('a/1')
    const subscription = { id: 's', filter: 'a/1', enabled: true, colour: 'blue', alias: '' }
    const tell = (state: SubscriptionState) =>
      act(() =>
        store.setState({
          sessions: { c: { state: { phase: 'online' }, subscriptions: [{ subscription, state }] } },
        } as unknown as AppState),
      )
    tell({ phase: 'heldBack', reason: 'wildcard' })
    await clickWith('Control', 'a/1')
    expect(within(bar()!).getByRole('button', { name: 'a/1: in the list, held back' })).toBeTruthy()
    tell({ phase: 'granted', qos: 0, since: 1 })
    const subscribed = within(bar()!).getByRole('button', { name: 'Subscribed to a/1' })
    expect(subscribed.getAttribute('aria-disabled')).toBe('true')
    expect(within(bar()!).queryByRole('button', { name: 'Subscribe to a/1' })).toBeNull()
    await user.click(within(bar()!).getByRole('button', { name: 'Unmark all' }))
    expect([bar(), document.activeElement]).toEqual([null, tree])
    await clickWith('Control', 'a/1')
    act(() => within(bar()!).getByRole('button', { name: 'Subscribed to a/1' }).focus())
    await user.keyboard('{Escape}')
    expect([bar(), document.activeElement]).toEqual([null, tree])
  })

  it('says at once how many rows are marked; the filters before stand there, out of use, until others are found', async () => {
    const { clickWith, bar, store } = show(...lines)
    await clickWith('Control', 'p/1/t')
    const isInert = () => bar()?.querySelector('code')?.closest('[inert]') !== null
    expect([filtersIn(bar()), isInert()]).toEqual([['p/1/t'], false])
    let clock = performance.now()
    const hurry = vi.spyOn(performance, 'now').mockImplementation(() => (clock += 1_000))
    act(() => store.getState().markTopics('c', ['p/1/t', 'p/3/t']))
    expect(within(bar()!).getByRole('status').textContent).toBe('2 rows marked')
    expect(bar()?.textContent).toContain('Working out filters…')
    expect([filtersIn(bar()), isInert()]).toEqual([['p/1/t'], true])
    hurry.mockRestore()
    await vi.waitFor(() => expect([filtersIn(bar()), isInert()]).toEqual([['p/+/t'], false]), { timeout: 60_000 })
  })

  it('proposes nothing for too many rows, and says what to do instead', () => {
    const { bar, store } = show(...lines)
    const rows = Array.from({ length: mostRows + 1 }, (_, at) => `p/${at}`)
    act(() => store.getState().markTopics('c', rows))
    expect(within(bar()!).getByRole('status').textContent).toBe('100,001 rows marked')
    expect(within(bar()!).getByText(/^Too many rows/)).toBeTruthy()
    expect(filtersIn(bar())).toEqual([])
  })

  it('announces the rows when the marks change, and nothing when topics arrive', async () => {
    const { clickWith, bar, receive } = show(...lines)
    await clickWith('Control', 'p')
    const status = within(bar()!).getByRole('status')
    const announced = vi.fn()
    const observer = new MutationObserver(announced)
    observer.observe(status, { subtree: true, childList: true, characterData: true })
    receive('p/4/t')
    await vi.waitFor(() => expect(bar()?.textContent).toContain('4 topics'), { timeout: 60_000 })
    expect(announced).not.toHaveBeenCalled()
    await clickWith('Control', 'p/1/t')
    await vi.waitFor(() => expect(announced).toHaveBeenCalled(), { timeout: 60_000 })
    observer.disconnect()
  })

  it('leaves out rows that no filter can stand for, and says so', async () => {
    const { clickWith, bar } = show('$share/g/a', 'b')
    await clickWith('Control', '$share/g')
    await clickWith('Control', 'b')
    expect(within(bar()!).getByRole('status').textContent).toContain('1 row left out')
    expect(filtersIn(bar())).toEqual(['b'])
  })
})

describe('the menu of a row', () => {
  it.each([
    ['Subscribe to', 'p/+/t, any name at level 2, 3 topics'],
    ['Show what a filter matches', 'p/2/+, every topic at this level, 1 topic'],
  ])('has the filters made of it with their counts: %s', async (use, filter) => {
    const { user, row, draftFilter, probeFilter } = show(...lines)
    await user.pointer({ keys: '[MouseRight]', target: row('p/2/t') })
    const submenu = await screen.findByRole('menuitem', { name: use })
    act(() => submenu.focus())
    await user.keyboard('{ArrowRight}')
    const item = await screen.findByRole('menuitem', { name: filter })
    act(() => item.focus())
    await user.keyboard('{Enter}')
    const chosen = [...draftFilter.mock.calls, ...probeFilter.mock.calls]
    expect(chosen).toEqual([use === 'Subscribe to' ? ['p/+/t'] : ['c', 'p/2/+']])
  })
})
