import { act, cleanup, fireEvent, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { flags } from '#shared/model/frame'
import type { SubscriptionStatus } from '#shared/model/subscription'
import { frameOfMessages } from '../../../model/messageLog/messageLogTesting'
import { messagesState } from '../../../state/messages'
import { settingsState } from '../../../state/settings'
import { onlineSession, openTestWindow, subscriptionOf } from '../../../testing/testWindow'
import { stubLayout } from '../../../ui/layoutTesting'
import { TopicTreePane } from '../TopicTreePane'
import { treeViewState } from '../treeViewState'

stubLayout({ clientHeight: 600, clientWidth: 300 })
afterEach(cleanup)

interface Sent {
  readonly topic: string
  readonly payload?: string
  /** Milliseconds before now. */
  readonly ago?: number
  readonly bits?: number
}

const frameOf = (sent: readonly Sent[]) => {
  const names = [...new Set(sent.map((one) => one.topic))]
  const now = Date.now()
  return frameOfMessages(
    1,
    sent.map(({ topic, payload = '', ago = 0, bits = 0 }) => ({
      topicId: names.indexOf(topic),
      payload,
      time: now - ago,
      flags: bits,
    })),
    { firstTopicId: 0, newTopics: names, firstMatchSetId: 0, newMatchSets: [[]] },
  )
}

const grantedAt = (filter: string, time: number): SubscriptionStatus => ({
  subscription: subscriptionOf({ filter }),
  state: { phase: 'granted', qos: 0, since: time },
})

const show = (sent: readonly Sent[], subscriptions: readonly SubscriptionStatus[] = [grantedAt('#', 0)]) => {
  const { connection, render, receive } = openTestWindow({ session: onlineSession(), subscriptions })
  render(<TopicTreePane />)
  act(() => receive([frameOf(sent)]))
  const tree = screen.getByRole('tree', { name: 'Topics' })
  const item = (name: string) =>
    within(tree).getByRole('treeitem', { name: (said) => said === name || said.startsWith(`${name}: `) })
  return {
    connection,
    user: userEvent.setup(),
    item,
    button: (name: string) => screen.getByRole('button', { name }),
    cell: (name: string, column: string) => item(name).querySelector(`[data-column="${column}"]`)?.textContent,
    topics: () =>
      within(tree)
        .getAllByRole('treeitem')
        .map((row) => row.dataset['topic']),
  }
}

const plant: readonly Sent[] = [
  { topic: 'plant/slow', payload: 'x'.repeat(2_048), ago: 4_000, bits: 1 | flags.retain },
  { topic: 'plant/fast', payload: 'abc', ago: 800 },
  { topic: 'plant/fast', payload: 'a', ago: 550, bits: 2 },
  { topic: 'plant/fast', payload: 'ab', ago: 300 },
  { topic: 'alone', payload: '' },
]

const every = (interval: number, count: number): Sent[] =>
  Array.from({ length: count }, (_, index) => ({ topic: 'beat', ago: 20_500 - index * interval }))

describe('the columns of traffic', () => {
  it('stand beside the topics when asked for; a branch has what adds up below it', async () => {
    const { user, button, cell, item } = show(plant)
    expect(cell('fast', 'count')).toBeUndefined()
    await user.click(button('Traffic'))
    expect(button('Traffic').getAttribute('aria-pressed')).toBe('true')
    expect(['count', 'interval', 'p95', 'size', 'largest'].map((column) => cell('fast', column))).toEqual([
      '3',
      '250 ms',
      '250 ms',
      '2 B',
      '3 B',
    ])
    expect(['count', 'interval', 'p95', 'size', 'largest', 'last'].map((column) => cell('plant', column))).toEqual([
      '4',
      '',
      '',
      '514 B',
      '2.0 KiB',
      expect.stringMatching(/^(now|\d+ (s|min))$/),
    ])
    expect(within(item('plant')).getByRole('img', { name: '4 messages in the last minute' })).toBeTruthy()
    expect(within(item('plant')).getByRole('img', { name: 'QoS 0: 2, QoS 1: 1, QoS 2: 1; retained: 1' })).toBeTruthy()
    expect(item('plant').querySelector('[data-column="p95"]')?.getAttribute('title')).toMatch(/^Intervals belong/)
    expect(within(item('fast')).getByRole('img', { name: '3 messages in the last minute' })).toBeTruthy()
    expect(within(item('fast')).getByRole('img', { name: 'QoS 0: 2, QoS 1: 0, QoS 2: 1; retained: 0' })).toBeTruthy()
    expect(within(item('slow')).getByRole('img', { name: 'QoS 0: 0, QoS 1: 1, QoS 2: 0; retained: 1' })).toBeTruthy()
  })

  it('sort by their labels, the other way round at the second click, and by the keyboard', async () => {
    const { user, button, topics } = show(plant)
    await user.click(button('Traffic'))
    await user.click(button('Sort by Count'))
    expect(topics()).toEqual(['plant', 'plant/fast', 'plant/slow', 'alone'])
    await user.click(button('Sort by Count'))
    expect(topics()).toEqual(['alone', 'plant', 'plant/slow', 'plant/fast'])
    expect(button('Sort by Count').getAttribute('aria-description')).toBe('ascending')
    act(() => button('Sort by Size').focus())
    await user.keyboard('{Enter}')
    expect(topics()).toEqual(['plant', 'plant/slow', 'plant/fast', 'alone'])
    await user.click(button('Sort by Topic'))
    await user.click(button('Sort by Topic'))
    expect(topics()).toEqual(['plant', 'plant/slow', 'plant/fast', 'alone'])
  })

  it('keep what has no value last whichever way they sort', async () => {
    const { user, button, topics } = show([
      { topic: 'once' },
      ...every(100, 3),
      { topic: 'z', ago: 50 },
      { topic: 'z' },
    ])
    await user.click(button('Traffic'))
    await user.click(button('Sort by Every'))
    expect(topics()).toEqual(['beat', 'z', 'once'])
    await user.click(button('Sort by Every'))
    expect(topics()).toEqual(['z', 'beat', 'once'])
  })

  it('leave no order behind that nobody sees when they go', async () => {
    const { user, button, connection } = show(plant)
    await user.click(button('Traffic'))
    await user.click(button('Sort by Every'))
    await user.click(button('Traffic'))
    expect(connection.get(treeViewState)).toMatchObject({ traffic: false, sort: 'name', reversed: false })
  })

  it('are those that a person chooses, which are remembered; one that goes takes its order with it', async () => {
    const { user, button, cell, connection } = show(plant)
    const chosen = () => connection.app.get(settingsState).settings.treeColumns
    expect(cell('plant', 'value')).toBe('2 topics')
    expect(cell('fast', 'value')).toBe('ab')
    expect(cell('fast', 'rate')).toBeDefined()
    await user.click(button('Sort by Rate'))
    await user.click(button('Topic columns'))
    await user.click(screen.getByRole('menuitem', { name: 'Rate' }))
    expect(chosen()).toEqual(['value', 'last'])
    expect(cell('fast', 'rate')).toBeUndefined()
    expect(connection.get(treeViewState).sort).toBe('name')
    fireEvent.contextMenu(button('Sort by Last'))
    await user.click(screen.getByRole('menuitem', { name: 'Count' }))
    expect(cell('fast', 'count')).toBe('3')
  })

  it('are as wide as a person makes them, by the edge of their head or by keys, until they are put back', async () => {
    const { user, button, connection } = show(plant)
    const widths = () => connection.app.get(settingsState).settings.treeColumnWidths
    const rate = button('Sort by Rate')
    Object.defineProperty(rate, 'offsetWidth', { value: 46 })
    rate.focus()
    await user.keyboard('{Alt>}{ArrowRight}{/Alt}')
    expect(widths()).toEqual({ rate: 54 })
    await user.keyboard('{Alt>}{ArrowLeft}{/Alt}')
    expect(widths()).toEqual({ rate: 38 })
    expect(connection.get(treeViewState).sort).toBe('name')
    const edge = rate.querySelector('[data-edge="left"]')!
    edge.setPointerCapture = () => undefined
    fireEvent.pointerDown(edge, { clientX: 100 })
    fireEvent.pointerMove(edge, { clientX: 70 })
    fireEvent.pointerUp(edge, { clientX: 70 })
    fireEvent.click(edge)
    expect(widths()).toEqual({ rate: 76 })
    expect(connection.get(treeViewState).sort).toBe('name')
    await user.click(button('Topic columns'))
    await user.click(screen.getByRole('menuitem', { name: 'Columns as wide as at first' }))
    expect(widths()).toEqual({})
  })

  it('have names and values share the rest: without values the names have no edge', async () => {
    const { user, button } = show(plant)
    const edges = () => button('Sort by Topic').querySelectorAll('[data-edge]').length
    expect(edges()).toBe(1)
    await user.click(button('Topic columns'))
    await user.click(screen.getByRole('menuitem', { name: 'Value' }))
    expect(edges()).toBe(0)
  })

  it('are told in full for the selected topic', async () => {
    const { user, button, item } = show(plant)
    await user.click(button('Traffic'))
    await user.click(item('fast'))
    const details = screen.getByRole('region', { name: 'Traffic of the selected topic' })
    expect(within(details).getByText('Largest').nextSibling?.textContent).toBe('3 B')
    expect(within(details).getByText('QoS 0 · 1 · 2').nextSibling?.textContent).toBe('2 · 0 · 1')
    await user.click(within(details).getByRole('button'))
    expect(screen.queryByRole('region', { name: 'Traffic of the selected topic' })).toBeNull()
  })
})

describe('the silent mark', () => {
  // The clock stands still, so that the silence is as long however long a test takes.
  const now = Date.now()
  beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now }))
  afterEach(() => void vi.useRealTimers())

  it('says since when and how often the topic used to send, with columns and without', async () => {
    const { user, button, item } = show(every(1_000, 8))
    const said = /^No message for 13 s; usual gap 1\.0 s$/
    expect(item('beat').getAttribute('aria-description')).toMatch(said)
    expect(within(item('beat')).getByRole('img', { name: said })).toBeTruthy()
    await user.click(button('Traffic'))
    expect(within(item('beat')).getByRole('img', { name: said })).toBeTruthy()
  })

  it.each<[string, SubscriptionStatus[]]>([
    ['no subscription brings the topic', [grantedAt('other/#', 0)]],
    ['its subscription is off, refused or on its way', [{ ...grantedAt('#', 0), state: { phase: 'requested' } }]],
    ['it was subscribed to a moment ago', [grantedAt('#', now - 1_000)]],
  ])('is not there while %s', (_, subscriptions) => {
    const { item } = show(every(1_000, 8), subscriptions)
    expect(item('beat').getAttribute('aria-description') ?? '').not.toMatch(/No message for/)
  })

  it('is not there while messages are dropped on their way, which may be those of the topic', () => {
    const { connection, item } = show(every(1_000, 8))
    act(() => {
      connection.model.skipped.follow(3, now - 2_000)
      connection.get(messagesState).touch()
    })
    expect(item('beat').getAttribute('aria-description') ?? '').not.toMatch(/No message for/)
  })
})
