import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { SubscriptionStatus } from '#shared/model/subscription'
import { ok } from '#shared/result'
import { frameOfMessages } from '../../../model/messageLog/messageLogTesting'
import { logViewState } from '../../../state/logView'
import { messagesState } from '../../../state/messages'
import { noticesState } from '../../../state/notices'
import { settingsState } from '../../../state/settings'
import { onlineSession, openTestWindow, subscriptionOf } from '../../../testing/testWindow'
import { stubLayout } from '../../../ui/layoutTesting'
import { SubscriptionsPane } from '../SubscriptionsPane'
import { SubscriptionsTools } from '../SubscriptionsTools'

beforeEach(() => void stubLayout({ clientHeight: 240, offsetHeight: 24 }))
afterEach(cleanup)

const granted = (filter: string, alias = ''): SubscriptionStatus => ({
  subscription: subscriptionOf({ filter, alias }),
  state: { phase: 'granted', qos: 0, since: 1 },
})
const eight = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']

/** The pane and its head over a main process that does what it is asked and says so. */
const show = (filters: readonly string[] = eight, alias = '') => {
  let list = filters.map((filter) => granted(filter, alias))
  const put = (changed: SubscriptionStatus[]) => {
    list = changed
    act(() => window.setSession(onlineSession(), list))
    return ok(null)
  }
  const window = openTestWindow({
    session: onlineSession(),
    subscriptions: list,
    answers: {
      'subscription.saveMany': ({ changes }) =>
        put(
          changes.reduce((before, { subscription, place }) => {
            const status = { ...granted(subscription.filter), subscription }
            const at = before.findIndex((one) => one.subscription.id === subscription.id)
            return at < 0 ? before.toSpliced(place ?? before.length, 0, status) : before.with(at, status)
          }, list),
        ),
      'subscription.remove': ({ subscriptionIds }) =>
        put(list.filter(({ subscription }) => !subscriptionIds.includes(subscription.id))),
    },
  })
  const { app, connection, main } = window
  const count = (counts: Readonly<Record<string, number>>) => {
    const subscriptions = Object.entries(counts).map(([subscriptionId, messages]) => ({
      subscriptionId,
      messages,
      stored: 0,
      lastAt: 1,
    }))
    act(() => window.receive([], {}, { subscriptions }))
  }
  window.render(
    <>
      <SubscriptionsTools />
      <SubscriptionsPane />
    </>,
  )
  const region = within(screen.getByRole('region', { name: 'Subscriptions' }))
  const box = (filter: string) => region.getByRole('checkbox', { name: `Receive ${filter}` })
  const row = (filter: string) => {
    const found = region.getAllByRole('listitem').find(({ dataset }) => dataset['filter'] === filter)
    if (!found) throw new Error(`There is no row ${filter}.`)
    return found
  }
  return {
    app,
    connection,
    count,
    receiveTopics: (topics: readonly string[]) =>
      act(() =>
        window.receive([
          frameOfMessages(
            1,
            topics.map((_, topicId) => ({ topicId, payload: '' })),
            { firstTopicId: 0, newTopics: [...topics], firstMatchSetId: 0, newMatchSets: [[]] },
          ),
        ]),
      ),
    saved: () => main.inputsOf('subscription.save'),
    messages: () => connection.get(messagesState),
    region,
    box,
    row,
    user: userEvent.setup(),
    changed: () => main.inputsOf('subscription.saveMany').map(({ changes }) => changes),
    removed: () => main.inputsOf('subscription.remove').map(({ subscriptionIds }) => subscriptionIds),
    shown: () => region.queryAllByRole('listitem').map(({ dataset }) => dataset['filter']),
    chosen: () =>
      region
        .queryAllByRole('listitem')
        .flatMap((row) => (row.querySelector('[aria-description="chosen"]') ? row.dataset['filter'] : [])),
    receivers: () => list.map(({ subscription }) => subscription.enabled),
  }
}

describe('the keyboard in the list of subscriptions', () => {
  it('has one Tab stop, from which arrows, Home and End go', async () => {
    const { user, region, box } = show()
    const stops = () => region.getAllByRole('checkbox').filter(({ tabIndex }) => tabIndex === 0)
    expect(stops()).toEqual([box('a')])
    act(() => box('a').focus())
    await user.keyboard('{ArrowDown}{ArrowDown}')
    expect(document.activeElement).toBe(box('c'))
    expect(stops()).toEqual([box('c')])
    await user.keyboard('{End}{ArrowDown}')
    expect(document.activeElement).toBe(box('h'))
    await user.keyboard('{Home}')
    expect(document.activeElement).toBe(box('a'))
  })

  it('switches with Space, edits with Enter, and removes with Delete, where the next row has the focus', async () => {
    const { user, box, removed } = show()
    act(() => box('b').focus())
    await user.keyboard(' {Enter}')
    expect(screen.getByRole('dialog', { name: 'Edit filter' })).toBeDefined()
    await user.keyboard('{Escape}')
    await user.keyboard('{Delete}')
    expect(removed()).toEqual([['b']])
    expect(document.activeElement).toBe(box('c'))
  })
})

describe('several subscriptions', () => {
  it('are chosen with Shift and Ctrl, and muted, switched and removed together', async () => {
    const { user, box, row, region, changed, removed, chosen, receivers, shown, app } = show()
    fireEvent.click(row('b'))
    fireEvent.click(row('d'), { shiftKey: true })
    fireEvent.click(row('c'), { ctrlKey: true })
    fireEvent.click(row('h'), { ctrlKey: true })
    expect(chosen()).toEqual(['b', 'd', 'h'])
    expect(box('d').getAttribute('aria-description')).toBe('chosen')
    const bar = within(region.getByRole('region', { name: 'Chosen filters' }))
    expect(bar.getByRole('status').textContent).toBe('3 chosen')
    await user.click(bar.getByRole('button', { name: 'Mute (3)' }))
    expect(changed()[0]?.map(({ subscription }) => [subscription.filter, subscription.muted])).toEqual([
      ['b', true],
      ['d', true],
      ['h', true],
    ])
    await user.click(box('d'))
    expect(receivers()).toEqual([true, false, true, false, true, true, true, false])
    act(() => box('h').focus())
    await user.keyboard('{Delete}')
    expect(removed()).toEqual([['b', 'd', 'h']])
    expect(shown()).toEqual(['a', 'c', 'e', 'f', 'g'])
    act(() => app.get(noticesState).all[0]?.action?.run())
    await vi.waitFor(() => expect(shown()).toEqual(eight))
  })

  it('are all that are shown with Ctrl+A, and none with Escape', async () => {
    const { user, box, chosen } = show()
    act(() => box('a').focus())
    await user.keyboard('{Control>}a{/Control}')
    expect(chosen()).toEqual(eight)
    await user.keyboard('{Escape}')
    expect(chosen()).toEqual([])
    await user.keyboard('{Shift>}{ArrowDown}{ArrowDown}{/Shift}')
    expect(chosen()).toEqual(['a', 'b', 'c'])
  })

  it('have one menu, with what would change one of them', async () => {
    const { user, row, changed } = show()
    fireEvent.click(row('a'))
    fireEvent.click(row('b'), { shiftKey: true })
    fireEvent.contextMenu(row('b'))
    const items = (await screen.findAllByRole('menuitem')).map(({ textContent }) => textContent)
    expect(items).toEqual(['Colour', 'Switch offSpace', 'Mute', 'RemoveDelete'])
    await user.click(screen.getByRole('menuitem', { name: /^Switch off/ }))
    expect(changed()[0]?.map(({ subscription }) => [subscription.filter, subscription.enabled])).toEqual([
      ['a', false],
      ['b', false],
    ])
  })
})

describe('the menu of one subscription', () => {
  it('shows only its messages, in place of those of another', async () => {
    const { user, row, connection } = show(['a/#', 'b c'])
    const showOnly = async (filter: string) => {
      fireEvent.contextMenu(row(filter))
      await user.click(await screen.findByRole('menuitem', { name: 'Show only its messages' }))
      return connection.get(logViewState).query
    }
    act(() => connection.get(logViewState).changeQuery('retained -sub:x'))
    expect(await showOnly('a/#')).toBe('retained -sub:x sub:a/#')
    expect(await showOnly('b c')).toBe('retained -sub:x sub:"b c"')
  })

  it('calls a subscription by its alias', async () => {
    const { user, row, connection } = show(['a/#'], 'Plant')
    fireEvent.contextMenu(row('a/#'))
    await user.click(await screen.findByRole('menuitem', { name: 'Show only its messages' }))
    expect(connection.get(logViewState).query).toBe('sub:Plant')
  })
})

describe('a list that grew', () => {
  it('can be searched from eight filters on, and says how many of them are shown', async () => {
    const { region } = show(eight.slice(1))
    expect(region.queryByRole('searchbox')).toBeNull()
    expect(screen.getByTitle('7 filters').textContent).toBe('7')
    cleanup()
    const longer = show()
    await longer.user.type(longer.region.getByRole('searchbox', { name: 'Search filters' }), 'c')
    expect(longer.shown()).toEqual(['c'])
    expect(screen.getByTitle('8 filters').textContent).toBe('1 of 8')
    await longer.user.keyboard('x')
    expect(longer.region.getByText('No filter holds these words.')).toBeDefined()
    await longer.user.keyboard('{Escape}')
    expect(longer.shown()).toEqual(eight)
  })

  it('is sorted by messages when that is chosen, and keeps its order while more come', async () => {
    const { user, count, shown, app } = show(['a', 'b', 'c'])
    const sortBy = async (name: string) => {
      await user.click(screen.getByRole('button', { name: 'Sort filters' }))
      await user.click(await screen.findByRole('menuitem', { name }))
    }
    count({ b: 5, c: 9 })
    await sortBy('By messages')
    expect(app.get(settingsState).settings.subscriptionSort).toBe('messages')
    expect(shown()).toEqual(['c', 'b', 'a'])
    count({ a: 100, b: 50, c: 9 })
    expect(shown()).toEqual(['c', 'b', 'a'])
    await sortBy('By messages')
    expect(shown()).toEqual(['a', 'b', 'c'])
  })
})

describe('a pasted list', () => {
  it('is shown before it is added, with what is wrong and what is there', async () => {
    const { user, region, shown, changed } = show(['a'])
    await user.click(region.getByRole('textbox', { name: 'Topic filter' }))
    await user.paste('b\na\nc+\n#\nb')
    const dialog = within(screen.getByRole('dialog', { name: 'Add pasted filters' }))
    expect(dialog.getByRole('status').textContent).toMatch(/^2 new filters of 5 lines\. 1 line is no filter/)
    expect(dialog.getByText('is there already').parentElement?.dataset['filter']).toBe('a')
    expect(dialog.getByText('stands above already').parentElement?.dataset['filter']).toBe('b')
    await user.clear(dialog.getByRole('textbox', { name: 'Line 3' }))
    await user.type(dialog.getByRole('textbox', { name: 'Line 3' }), 'c/+')
    await user.selectOptions(dialog.getByRole('combobox', { name: 'QoS' }), '2')
    await user.click(dialog.getByRole('button', { name: 'Add 3 filters' }))
    expect(shown()).toEqual(['a', 'b', 'c/+', '#'])
    expect(
      changed()[0]?.map(({ subscription }) => [subscription.filter, subscription.qos, subscription.colour]),
    ).toEqual([
      ['b', 2, 'green'],
      ['c/+', 2, 'amber'],
      ['#', 2, 'red'],
    ])
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  it('of one line is what stands in the field', async () => {
    const { user, region } = show([])
    const field = region.getByRole('textbox', { name: 'Topic filter' })
    await user.click(field)
    await user.paste('plant/#\n')
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(field).toHaveProperty('value', 'plant/#')
  })

  it('counts from the clear on, says how many came in all, and goes on after an undo', () => {
    const { count, messages } = show(['a', 'b'])
    const counts = () =>
      [...document.querySelectorAll<HTMLElement>('[data-messages]')].map(({ dataset, title }) => [
        dataset['messages'],
        title,
      ])
    count({ a: 5 })
    act(() => messages().clear())
    expect(counts()).toEqual([
      ['0', '0 messages since you cleared the messages; 5 in all'],
      ['0', '0 messages'],
    ])
    count({ a: 7, b: 1 })
    expect(counts().map(([shown]) => shown)).toEqual(['2', '1'])
  })

  it('says below a filter that brought nothing which one matches topics, and takes that by one click', async () => {
    const { user, row, region, count, receiveTopics, saved, app } = show(['Plant/+', 'plant/1'])
    receiveTopics(['plant/1', 'plant/2', 'plant/3'])
    count({ 'plant/1': 1 })
    const take = await region.findByRole('button', {
      name: 'Nothing came for this filter. Subscribe to plant/+ instead',
    })
    expect(row('Plant/+').textContent).toContain('3 topics match')
    fireEvent.contextMenu(row('Plant/+'))
    expect(await screen.findByRole('menuitem', { name: 'Subscribe to plant/+ instead (3 topics)' })).toBeTruthy()
    await user.keyboard('{Escape}')
    await user.click(take)
    expect(saved()).toMatchObject([{ replaces: 'Plant/+', subscription: { filter: 'plant/+' } }])
    expect(app.get(noticesState).all.at(-1)?.content).toMatchObject({
      text: { key: 'subscriptions.near.taken', values: { filter: 'plant/+', before: 'Plant/+' } },
    })
    act(() => app.get(noticesState).all.at(-1)?.action?.run())
    await waitFor(() => expect(saved().at(-1)).toMatchObject({ subscription: { filter: 'Plant/+' } }))
  })

  it('says nothing below a filter that brought something, or whose near one is subscribed to already', async () => {
    const { row, count, receiveTopics, region } = show(['Plant/+', 'plant/+', 'x/2', 'y'])
    receiveTopics(['plant/1', 'X/2', 'Y'])
    count({ 'plant/+': 1, 'x/2': 1 })
    expect(await region.findByRole('button', { name: /Subscribe to Y instead/ })).toBeTruthy()
    for (const filter of ['Plant/+', 'plant/+', 'x/2']) expect(row(filter).textContent).not.toContain('match')
  })
})
