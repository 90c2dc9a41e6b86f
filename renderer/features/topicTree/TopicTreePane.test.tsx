import { act, cleanup, fireEvent, screen, within, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { Profiler } from 'react'
import { afterEach, describe, expect, it } from 'vitest'
import { flags, type ConnectionNews, type Frame } from '#shared/model/frame'
import type { Subscription, SubscriptionState } from '#shared/model/subscription'
import { fail } from '#shared/result'
import { frameOfMessages } from '../../model/messageLog/messageLogTesting'
import { logViewState } from '../../state/logView'
import { probeState } from '../../state/probe'
import { selectionState, selectSelectedTopic } from '../../state/selection'
import { subscribeFieldState } from '../../state/subscribeField'
import { onlineSession, openTestWindow, subscriptionOf } from '../../testing/testWindow'
import { stubLayout } from '../../ui/layoutTesting'
import { TopicTreePane } from './TopicTreePane'

stubLayout({ clientHeight: 600, clientWidth: 300 })
afterEach(cleanup)

const plant = subscriptionOf({ id: 's', filter: 'plant/#', colour: 'green' })
const granted: SubscriptionState = { phase: 'granted', qos: 0, since: 1 }

const show = (
  phase: 'online' | 'offline' = 'online',
  subscriptions: readonly Subscription[] = [plant],
  states: readonly SubscriptionState[] = [],
) => {
  const window = openTestWindow({
    session: phase === 'online' ? onlineSession() : { phase },
    subscriptions: subscriptions.map((subscription, at) => ({ subscription, state: states[at] ?? granted })),
  })
  const { app, connection } = window
  let topics = 0
  /** Each message on a topic of its own that was not there before. */
  const receive = (...sent: readonly (readonly [topic: string, payload: string, retained?: boolean])[]) => {
    const time = Date.now()
    const given = sent.map(([, payload, retained], at) => ({
      topicId: topics + at,
      payload,
      time,
      flags: retained ? flags.retain : 0,
    }))
    const names = { firstTopicId: topics, newTopics: sent.map(([topic]) => topic) }
    const frame = frameOfMessages(topics + 1, given, { ...names, firstMatchSetId: 0, newMatchSets: [[]] })
    topics += sent.length
    act(() => window.receive([frame]))
  }
  let draws = 0
  window.render(
    <Profiler id="pane" onRender={() => (draws += 1)}>
      <TopicTreePane />
    </Profiler>,
  )
  const tree = screen.getByRole('tree', { name: 'Topics' })
  return {
    ...window,
    models: app.models,
    receive,
    drawsIn: (act: () => void) => {
      const before = draws
      act()
      return draws - before
    },
    receiveFrame: (frame: Frame) => act(() => window.receive([frame])),
    tell: (news: Partial<ConnectionNews>) => act(() => window.receive([], {}, news)),
    tree,
    user: userEvent.setup(),
    selected: () => selectSelectedTopic(connection.get(selectionState)),
    item: (name: string) =>
      within(tree).getByRole('treeitem', { name: (said) => said === name || said.startsWith(`${name}: `) }),
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
    expect(item('plant').textContent).toContain('2 topics')
    expect(item('temperature').querySelectorAll('[data-colour]')).toHaveLength(0)
    expect(item('temperature').getAttribute('aria-label')).toBe('temperature: 21.5')
    expect(item('temperature').querySelector('[title="The broker keeps a message for this topic"]')).not.toBeNull()
    expect(item('hall').getAttribute('aria-level')).toBe('2')
    expect(item('temperature').getAttribute('aria-description')).toBe('The broker keeps a message for this topic')
    expect(item('plant').getAttribute('aria-description')).toBe('2 topics, 2 messages')
  })

  it('has dots where two or more subscriptions meet', () => {
    const { receive, item } = show('online', [
      plant,
      subscriptionOf({ id: 'hall', filter: 'plant/hall', colour: 'red' }),
    ])
    receive(['plant/hall', '1'], ['plant/yard', '1'])
    const coloursOf = (name: string) =>
      [...item(name).querySelectorAll<HTMLElement>('[data-colour]')].map(({ dataset }) => dataset['colour'])
    expect(coloursOf('hall')).toEqual(['green', 'red'])
    expect(coloursOf('yard')).toEqual([])
  })

  it('lights a row up anew for each message of its topic, and a closed branch for what lies below', async () => {
    const { receive, receiveFrame, item, user } = show()
    receive(['a/b', '1'], ['a/c', '1'])
    const lit = (name: string) => item(name).dataset['lit']
    const receiveAgain = (topicId: number, first: number) =>
      receiveFrame(frameOfMessages(first, [{ topicId, payload: '2', time: Date.now() }]))
    expect(['a', 'b', 'c'].map(lit)).toEqual([undefined, undefined, undefined])
    receiveAgain(1, 3)
    expect(lit('c')).toBe('true')
    await waitFor(() => expect(lit('c')).toBeUndefined())
    receiveAgain(1, 4)
    expect(lit('c')).toBe('true')
    expect(['a', 'b'].map(lit)).toEqual([undefined, undefined])
    act(() => item('a').closest<HTMLElement>('[role="tree"]')?.focus())
    await user.keyboard('{Home}{ArrowLeft}')
    receiveAgain(0, 5)
    expect(lit('a')).toBe('true')
  })

  it('leaves what comes later closed once the user touched the tree', async () => {
    const { receive, item, topics, user, connection } = show()
    receive(['a/b', '1'])
    await user.click(item('a'))
    expect(connection.get(logViewState).query).toBe('below:a')
    receive(['z/y', '1'])
    expect(topics()).toEqual(['a', 'a/b', 'z'])
  })

  it('works with the keyboard alone', async () => {
    const { receive, tree, topics, user, selected } = show()
    receive(['a/b/c', '1'], ['d', '2'])
    act(() => tree.focus())
    await user.keyboard('{Home}{ArrowLeft}')
    expect(topics()).toEqual(['a', 'd'])
    await user.keyboard('{Shift>}{ArrowRight}{/Shift}{End}d{Enter}')
    expect(topics()).toEqual(['a', 'a/b', 'a/b/c', 'd'])
    expect(selected()).toBe('d')
    const active = tree.getAttribute('aria-activedescendant')
    expect(document.getElementById(active ?? '')?.dataset['topic']).toBe('d')
  })

  it('brings a topic into view that is chosen elsewhere, once its way is open, and not again', async () => {
    const { receive, item, tree, topics, user, connection } = show()
    receive(...Array.from({ length: 60 }, (_, at) => [`a${at}`, '1'] as const), ['z/y/x', '1'])
    await user.click(item('a0'))
    // 63 rows of 24 pixels, seen through 600 of them.
    expect(topics()).not.toContain('z/y/x')
    act(() => connection.get(selectionState).selectTopic('z/y/x'))
    expect(topics()).toContain('z/y/x')
    expect(tree.scrollTop).toBe(63 * 24 - 600)
    act(() => {
      tree.scrollTop = 100
      tree.dispatchEvent(new Event('scroll', { bubbles: true }))
    })
    receive(['z/y/w', '1'])
    expect(tree.scrollTop).toBe(100)
  })

  it('tells what the probed filter matches from what leads there and what it does not match', () => {
    const { receive, item, connection } = show()
    const probe = (filter: string) =>
      act(() => {
        connection.get(probeState).probe(filter)
        connection.get(probeState).advance()
      })
    receive(['a/x/t', '1'], ['a/x/u', '1'], ['b', '1'])
    expect(item('t').dataset['probed']).toBeUndefined()
    probe('a/+/t')
    expect(['a', 'x', 't', 'u', 'b'].map((name) => item(name).dataset['probed'])).toEqual([
      'leads',
      'leads',
      'match',
      'apart',
      'apart',
    ])
    expect(item('t').getAttribute('aria-description')).toMatch(/^Matches the probed filter/)
    expect(item('b').getAttribute('aria-description')).toMatch(/^Does not match the probed filter/)
    probe('')
    expect(item('b').dataset['probed']).toBeUndefined()
  })

  it('shows only what the probed filter matches, closed branches opened, and everything again without it', async () => {
    const { receive, tree, topics, connection, user } = show()
    const probe = (filter: string) =>
      act(() => {
        connection.get(probeState).probe(filter)
        connection.get(probeState).advance()
      })
    act(() => connection.get(selectionState).selectTopic(null))
    receive(['a/x/t', '1'], ['a/x/u', '1'], ['b', '1'])
    expect(topics()).toEqual(['a', 'b'])
    act(() => connection.get(probeState).showOnly(true))
    expect(topics()).toEqual(['a', 'b'])
    probe('a/+/t')
    expect(topics()).toEqual(['a', 'a/x', 'a/x/t'])
    receive(['a/y/t', '1'], ['a/y/u', '1'], ['c', '1'])
    expect(topics()).toEqual(['a', 'a/x', 'a/x/t', 'a/y', 'a/y/t'])
    act(() => tree.focus())
    await user.keyboard('{Home}{ArrowLeft}')
    expect(topics()).toEqual(['a'])
    probe('nothing/of/it')
    expect(screen.getByText('No topic matches the probed filter.')).toBeDefined()
    probe('')
    expect(topics()).toEqual(['a', 'b', 'c'])
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
    const { connection, user } = show('online', [])
    await user.click(screen.getByRole('button', { name: 'Watch everything (#)' }))
    expect(connection.get(subscribeFieldState).draft).toBe('#')
    cleanup()
    show('online')
    expect(screen.getByText('Waiting for messages')).toBeTruthy()
  })

  it('says how many topics it does not keep, and what can be done', () => {
    const { receive, tell } = show()
    receive(['a/b', '1'])
    const unkept = (topics: number, isExact: boolean) =>
      tell({ unkept: { topics, isExact, messages: topics === 0 ? 0 : 1_234_567 } })
    unkept(1, true)
    expect(screen.getByText('1 more topic not kept').getAttribute('title')).toMatch(
      /limit of 1,000,000 topics .* 1,234,567 messages .* in the log/,
    )
    unkept(512, true)
    expect(screen.getByText('512 more topics not kept')).toBeTruthy()
    unkept(123_456, false)
    expect(screen.getByText('About 123,456 more topics not kept')).toBeTruthy()
    unkept(0, true)
    expect(screen.queryByText(/not kept/)).toBeNull()
  })

  it('says that only the beginning of a value is left, where the rest was evicted', () => {
    const { receive, item, models } = show()
    receive(['a/b', 'x'.repeat(2_000)])
    expect(item('b').textContent).not.toContain('value evicted')
    receive(...Array.from({ length: 20 }, (_, index) => [`c/${index}`, 'y'.repeat(9_000)] as const))
    act(() => models.setBudget({ bytes: 100, rows: 1 }))
    receive(['d', '1'])
    expect(item('b').textContent).toContain('value evicted')
    expect(item('b').getAttribute('aria-description')).toContain('value evicted')
  })

  it('is drawn once for messages that bring no other rows', () => {
    const { receive, receiveFrame, drawsIn, item } = show()
    receive(['a/b', '1'], ['a/c', '1'])
    const next = frameOfMessages(3, [{ topicId: 1, payload: '2', time: Date.now() }])
    expect(drawsIn(() => receiveFrame(next))).toBe(1)
    expect(item('c').textContent).toContain('2')
  })

  it('tells no age of what the broker had kept', () => {
    const { item, receiveFrame } = show()
    const names = { firstTopicId: 0, newTopics: ['a/kept', 'a/live'], firstMatchSetId: 0, newMatchSets: [[]] }
    const time = Date.now()
    const kept = { topicId: 0, payload: '1', time, flags: flags.retain | flags.stored }
    receiveFrame(frameOfMessages(1, [kept, { topicId: 1, payload: '2', time }], names))
    expect(item('kept').textContent).toMatch(/1.*–$/)
    expect(within(item('kept')).getByTitle(/^Only messages that the broker had kept/)).toBeTruthy()
    expect(item('live').textContent).toMatch(/(now|\d+ (s|min))$/)
  })

  const refused: SubscriptionState = { phase: 'refused', error: fail('subscribeRefused', '').error }
  const held: SubscriptionState = { phase: 'heldBack', reason: 'wildcard' }
  const off = { ...plant, id: 'off', enabled: false }
  it.each<[string, SubscriptionState[], string]>([
    ['all are refused', [refused, refused], 'No filter is granted'],
    ['all are refused or held back', [refused, held], 'No filter is granted'],
    ['one is granted', [refused, granted], 'Waiting for messages'],
    ['one has no answer yet', [refused, { phase: 'requested' }], 'Waiting for messages'],
  ])('says what can come where %s of those switched on', (_which, states, title) => {
    show('online', [plant, { ...plant, id: 's2' }, off], [...states, granted])
    expect(screen.getByText(title)).toBeTruthy()
  })
})
