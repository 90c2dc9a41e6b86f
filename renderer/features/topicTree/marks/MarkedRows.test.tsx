import { act, cleanup, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { SubscriptionState } from '#shared/model/subscription'
import { fail } from '#shared/result'
import { frameOfMessages } from '../../../model/messageLog/messageLogTesting'
import { connectionsState } from '../../../state/connections'
import { messagesState } from '../../../state/messages'
import { probeState } from '../../../state/probe'
import { profilesState } from '../../../state/profiles'
import { selectionState, selectSelectedTopic } from '../../../state/selection'
import { subscribeFieldState } from '../../../state/subscribeField'
import { onlineSession, openTestWindow, subscriptionOf } from '../../../testing/testWindow'
import { stubLayout } from '../../../ui/layoutTesting'
import { TopicTreePane } from '../TopicTreePane'
import { mostRows } from './filterProposal'
import { rowMarksState } from './rowMarksState'

const { resized } = stubLayout({ clientHeight: 600, clientWidth: 300 })
afterEach(cleanup)

const show = (...sent: readonly string[]) => {
  const window = openTestWindow({ session: onlineSession() })
  const { app, connection, main } = window
  let topics = 0
  const receive = (...names: readonly string[]) => {
    const given = names.map((_, at) => ({ topicId: topics + at, payload: '1' }))
    const frame = frameOfMessages(topics + 1, given, { firstTopicId: topics, newTopics: [...names] })
    topics += names.length
    act(() => window.receive([frame]))
  }
  window.render(<TopicTreePane />)
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
    await waitFor(() => expect(bar()?.textContent ?? '').not.toContain('Working out'))
  }
  return {
    app,
    connection,
    main,
    receive,
    tree,
    row,
    user,
    clickWith,
    bar,
    tell: (filter: string, state: SubscriptionState) =>
      act(() => window.setSession(onlineSession(), [{ subscription: subscriptionOf({ filter }), state }])),
    mark: (topics: readonly string[]) => act(() => connection.get(rowMarksState).mark(topics)),
    selected: () => selectSelectedTopic(connection.get(selectionState)),
    probed: () => connection.get(probeState).filter,
    subscribedTo: () => main.inputsOf('subscription.save').map(({ subscription }) => subscription.filter),
    marked: () =>
      [...tree.querySelectorAll<HTMLElement>('[data-marked="true"]')].map(({ dataset }) => dataset['topic']),
  }
}

const filtersIn = (bar: HTMLElement | null) =>
  [...(bar?.querySelectorAll('code') ?? [])].map((code) => code.textContent)
const lines = ['p/1/t', 'p/2/t', 'p/3/t']

describe('rows of the tree', () => {
  it('are marked with Control, the selected one first, and no longer after a plain click', async () => {
    const { user, row, clickWith, marked, bar, tree, selected } = show(...lines)
    expect(tree.getAttribute('aria-multiselectable')).toBe('true')
    await user.click(row('p/1/t'))
    await clickWith('Control', 'p/2/t')
    expect(marked()).toEqual(['p/1/t', 'p/2/t'])
    expect(row('p/2/t').getAttribute('aria-selected')).toBe('true')
    expect(selected()).toBe('p/1/t')
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
    const { user, row, marked, selected } = show(...lines)
    await user.click(row('p/1/t'))
    act(() => row('p').closest<HTMLElement>('[role="tree"]')?.focus())
    await user.keyboard('{Shift>}{ArrowDown}{ArrowDown}{/Shift}')
    expect(marked()).toEqual(['p/1/t', 'p/2', 'p/2/t'])
    await user.keyboard('{Shift>}{ArrowUp}{/Shift}')
    expect(marked()).toEqual(['p/1/t', 'p/2'])
    await user.keyboard('{ArrowDown}{ArrowDown}{ArrowDown}{Control>} {/Control}')
    expect(marked()).toEqual(['p/1/t', 'p/2', 'p/3/t'])
    await user.keyboard('{Escape}')
    expect([marked(), selected()]).toEqual([[], 'p/1/t'])
    await user.keyboard('{Escape}')
    expect(selected()).toBeNull()
  })

  it('are marked all with Control and A, and from the last marked one to the cursor with Shift and Space', async () => {
    const { user, row, marked, selected } = show(...lines)
    await user.click(row('p/1/t'))
    act(() => row('p').closest<HTMLElement>('[role="tree"]')?.focus())
    await user.keyboard('{ArrowDown}{Insert}{ArrowDown}{ArrowDown}{Shift>} {/Shift}')
    expect(marked()).toEqual(['p/2', 'p/2/t', 'p/3'])
    expect(selected()).toBe('p/1/t')
    await user.keyboard('{Control>}a{/Control}')
    expect(marked()).toEqual(['p', 'p/1', 'p/1/t', 'p/2', 'p/2/t', 'p/3', 'p/3/t'])
  })

  it('stay in view when the tree gets lower, unless somebody has scrolled away', async () => {
    const { clickWith, tree } = show(...lines)
    await clickWith('Control', 'p/2/t')
    // The fifth of seven rows of 24 pixels.
    const lower = (height: number) => {
      Object.defineProperty(tree, 'clientHeight', { configurable: true, value: height })
      act(resized)
    }
    lower(72)
    expect(tree.scrollTop).toBe(5 * 24 - 72)
    act(() => {
      tree.scrollTop = 0
      tree.dispatchEvent(new Event('scroll', { bubbles: true }))
    })
    lower(48)
    expect(tree.scrollTop).toBe(0)
  })

  it('lose their marks when the topics are cleared and when the session is forgotten', async () => {
    const { app, clickWith, connection, bar, mark, marked } = show(...lines)
    await clickWith('Control', 'p/1/t')
    act(() => connection.get(messagesState).clear())
    expect([marked(), bar()]).toEqual([[], null])
    mark(['x'])
    act(() => connection.get(messagesState).clear())
    expect(connection.get(rowMarksState).marks.size).toBe(0)
    mark(['x'])
    act(() => app.get(profilesState).receive([]))
    expect(app.get(connectionsState).open('c').get(rowMarksState).marks.size).toBe(0)
  })

  it('keep the marks that were made since when clearing is undone', () => {
    const { connection, mark, receive } = show(...lines)
    act(() => connection.get(messagesState).clear())
    receive('q')
    mark(['q'])
    act(() => connection.get(messagesState).undoClear())
    expect([...connection.get(rowMarksState).marks.topics()]).toEqual(['q'])
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
    await waitFor(() => expect(filtersIn(bar())).toEqual(['p/1/t/#', 'p/2/t']))
  })

  it('subscribes to one and to all, probes, and shows what was refused', async () => {
    const { user, clickWith, bar, subscribedTo, probed, main } = show('a/1', 'b/x/y')
    await clickWith('Control', 'a/1')
    await clickWith('Control', 'b/x/y')
    await user.click(within(bar()!).getByRole('button', { name: 'Show what a/1 matches' }))
    expect(probed()).toBe('a/1')
    await user.click(within(bar()!).getByRole('button', { name: 'Subscribe to all' }))
    expect(subscribedTo()).toEqual(['a/1', 'b/x/y'])
    main.answer({ 'subscription.save': () => fail('storageFailed', '') })
    await user.click(within(bar()!).getByRole('button', { name: 'Subscribe to b/x/y' }))
    expect(within(bar()!).getByRole('alert').textContent).not.toBe('')
    await clickWith('Control', 'b')
    expect(within(bar()!).queryByRole('alert')).toBeNull()
  })

  it('says what is subscribed already, and gives the focus back to the tree when it goes', async () => {
    const { user, clickWith, bar, tell, tree } = show('a/1')
    tell('a/1', { phase: 'heldBack', reason: 'wildcard' })
    await clickWith('Control', 'a/1')
    expect(within(bar()!).getByRole('button', { name: 'a/1: in the list, held back' })).toBeTruthy()
    tell('a/1', { phase: 'granted', qos: 0, since: 1 })
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
    const { clickWith, bar, mark } = show(...lines)
    await clickWith('Control', 'p/1/t')
    const isInert = () => bar()?.querySelector('code')?.closest('[inert]') !== null
    expect([filtersIn(bar()), isInert()]).toEqual([['p/1/t'], false])
    let clock = performance.now()
    const hurry = vi.spyOn(performance, 'now').mockImplementation(() => (clock += 1_000))
    mark(['p/1/t', 'p/3/t'])
    expect(within(bar()!).getByRole('status').textContent).toBe('2 rows marked')
    expect(bar()?.textContent).toContain('Working out filters…')
    expect([filtersIn(bar()), isInert()]).toEqual([['p/1/t'], true])
    hurry.mockRestore()
    await waitFor(() => expect([filtersIn(bar()), isInert()]).toEqual([['p/+/t'], false]))
  })

  it('proposes nothing for too many rows, and says what to do instead', () => {
    const { bar, mark } = show(...lines)
    const rows = Array.from({ length: mostRows + 1 }, (_, at) => `p/${at}`)
    mark(rows)
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
    await waitFor(() => expect(bar()?.textContent).toContain('4 topics'))
    expect(announced).not.toHaveBeenCalled()
    await clickWith('Control', 'p/1/t')
    await waitFor(() => expect(announced).toHaveBeenCalled())
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
    const { user, row, connection, probed } = show(...lines)
    await user.pointer({ keys: '[MouseRight]', target: row('p/2/t') })
    const submenu = await screen.findByRole('menuitem', { name: use })
    // A menu that opens takes the focus for its first item, perhaps after this.
    await waitFor(async () => {
      if (submenu.getAttribute('aria-expanded') === 'true') return
      act(() => submenu.focus())
      await user.keyboard('{ArrowRight}')
      expect(submenu.getAttribute('aria-expanded')).toBe('true')
    })
    const item = await screen.findByRole('menuitem', { name: filter })
    act(() => item.focus())
    await user.keyboard('{Enter}')
    const chosen = [connection.get(subscribeFieldState).draft, probed()]
    expect(chosen).toEqual(use === 'Subscribe to' ? ['p/+/t', ''] : ['', 'p/2/+'])
  })
})
