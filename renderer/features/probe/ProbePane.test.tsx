import { act, cleanup, fireEvent, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Handlers } from '#shared/contract'
import type { Profile } from '#shared/model/profile'
import type { Subscription, SubscriptionState, SubscriptionStatus } from '#shared/model/subscription'
import { fail } from '#shared/result'
import { frameOfMessages } from '../../model/messageLog/messageLogTesting'
import { messagesState } from '../../state/messages'
import { noticesState } from '../../state/notices'
import { probeState } from '../../state/probe'
import { profilesState } from '../../state/profiles'
import { selectionState } from '../../state/selection'
import { settingsState } from '../../state/settings'
import { entryOf, onlineSession, openTestWindow, subscriptionOf } from '../../testing/testWindow'
import { ProbePane } from './ProbePane'

beforeAll(() => {
  // jsdom has no layout.
  Element.prototype.scrollIntoView = () => undefined
})
afterEach(cleanup)

const subscription = (id: string, filter: string): Subscription => subscriptionOf({ id, filter, qos: 1 })

const refused = () => fail('storageFailed', 'no')
const refusing: Partial<Handlers> = { 'subscription.save': refused, 'clipboard.write': refused }

/** The pane over a main process that takes everything, unless `refuses`. */
const show = (subscriptions: readonly Subscription[] = [], refuses = false) => {
  const window = openTestWindow({ profile: { subscriptions: [...subscriptions] }, answers: refuses ? refusing : {} })
  const { app, connection, main } = window
  let received = 0
  let topicIds = 0
  const receive = (...topics: readonly string[]) =>
    act(() => {
      const frame = frameOfMessages(
        received + 1,
        topics.map((_, index) => ({ topicId: topicIds + index, payload: '1' })),
        { firstTopicId: topicIds, newTopics: topics },
      )
      received += topics.length
      topicIds += topics.length
      window.receive([frame])
    })
  window.render(<ProbePane />)
  const region = within(screen.getByRole('region', { name: 'Filter probe' }))
  return {
    region,
    main,
    connection,
    receive,
    user: userEvent.setup(),
    field: region.getByRole('textbox', { name: 'Probe a filter' }),
    counts: () => region.getByRole('group', { name: 'Matches in the tree' }).textContent,
    probe: (filter: string) => act(() => connection.get(probeState).probe(filter)),
    answer: () => connection.get(probeState).answer,
    tree: () => connection.model.tree,
    clear: () => act(() => connection.get(messagesState).clear()),
    notices: () => app.get(noticesState).all,
    settings: () => app.get(settingsState).settings,
    changeProfile: (change: Partial<Profile>) =>
      act(() => app.get(profilesState).receive([entryOf({ id: 'c', ...change })])),
    goOnline: () => act(() => window.setSession(onlineSession())),
    /** What the main process tells of the subscriptions. */
    tell: (...statuses: readonly SubscriptionStatus[]) => act(() => window.setSession({ phase: 'offline' }, statuses)),
    select: (topic: string) => act(() => connection.get(selectionState).selectTopic(topic)),
    verdicts: () =>
      [...region.getByRole('table').querySelectorAll('tbody tr')].map((row) => row.lastElementChild?.textContent),
  }
}

describe('the probe', () => {
  it('is one line until there is a filter, and is again after Escape', async () => {
    const { region, field, user } = show()
    expect(region.queryByRole('list')).toBeNull()
    await user.type(field, '+/#')
    expect(region.getByRole('list', { name: 'Levels of the filter' })).toBeDefined()
    await user.keyboard('{Escape}')
    expect(field).toHaveProperty('value', '')
    expect(document.activeElement).toBe(field)
    expect(region.queryByRole('list')).toBeNull()
  })

  it('remarks on what is valid and easily typed by mistake', () => {
    const { probe, region } = show()
    probe('plant/+/temp/')
    expect(region.getByText(/make an empty level, and it counts\.$/)).toBeDefined()
    probe('plant/+/temp ')
    expect(region.getByText(/^A space at the start or the end is part of the name/)).toBeDefined()
  })

  it('leaves Escape to the input method that composes', () => {
    const { probe, field } = show()
    probe('家/中')
    fireEvent.keyDown(field, { key: 'Escape', isComposing: true })
    expect(field).toHaveProperty('value', '家/中')
    fireEvent.keyDown(field, { key: 'Escape' })
    expect(field).toHaveProperty('value', '')
  })

  it('names the clause and marks the character of what is wrong, and dims nothing meanwhile', async () => {
    const { region, field, user, answer } = show()
    await user.type(field, 'sport+')
    const alert = region.getByRole('alert')
    expect(alert.textContent).toContain('Level 1, “sport+”: + must stand alone in its level.')
    expect(alert.textContent).toContain('MQTT 5 §4.7.1.3 [MQTT-4.7.1-2]')
    expect(alert.querySelector('mark')?.textContent).toBe('+')
    expect(field.getAttribute('aria-invalid')).toBe('true')
    expect(field.getAttribute('aria-describedby')).toBe(alert.id)
    expect(region.queryByRole('button', { name: 'Subscribe' })).toBeNull()
    expect(answer()).toBeNull()
  })

  it('hints at what is still to be typed, and interrupts nobody', async () => {
    const { region, field, user } = show()
    await user.type(field, '$share/g')
    expect(region.queryByRole('alert')).toBeNull()
    const note = document.getElementById(field.getAttribute('aria-describedby') ?? '')
    expect(note?.textContent).toMatch(/^\$share\/gA filter must follow the share name/)
    expect(note?.querySelector('mark')?.textContent).toBe('')
    expect(field.getAttribute('aria-invalid')).toBe('false')
    expect(region.getByRole('listitem').textContent).toBe('$share/g: Still to be typed')
  })

  it.each([
    ['$share/g/a#', 'Level 1, “a#”: # must stand alone in its level.'],
    ['$share/g+/a', 'Share group “g+”: A share name must not contain + or #.'],
    ['$share//a', /^\$share\/\/aA share name must follow/],
  ])('counts levels as topics do where %s is wrong', (filter, sentence) => {
    const { region, probe } = show()
    probe(filter)
    const { textContent } = region.getByRole('alert')
    if (typeof sentence === 'string') expect(textContent).toContain(sentence)
    else expect(textContent).toMatch(sentence)
  })

  it('says of a share group that only MQTT 5 knows it, by the version in use or wanted', () => {
    const { probe, region, changeProfile, goOnline } = show()
    probe('$share/g/a')
    const extension = () => region.queryByText(/MQTT 3.1.1 has no shared subscriptions/)
    expect([region.queryByText(/Shared in group g/) === null, extension()]).toEqual([false, null])
    changeProfile({ protocolVersion: '3.1.1' })
    expect(extension()).not.toBeNull()
    goOnline()
    expect(extension()).toBeNull()
  })

  it('counts what matches as it comes, and the rows know in the same turn', () => {
    const { probe, receive, counts, tree } = show()
    receive('a/1/t', 'a/2/t', 'a/2/u')
    probe('a/+/t')
    expect(counts()).toBe('2 topics2 messages')
    receive('a/3/t', 'b')
    expect(counts()).toBe('3 topics3 messages')
    const probed = [tree().find('a/3/t'), tree().find('a/2/u')].map((node) => node && tree().isProbed(node))
    expect(probed).toEqual([true, false])
  })

  it('shows the level that is wrong however deep it is', () => {
    const { probe, region } = show()
    probe(`${'a/'.repeat(100)}b+`)
    const items = region.getAllByRole('listitem').map(({ textContent }) => textContent)
    expect([items.length, items[0], items.at(-1)]).toEqual([33, '+69', 'b+: Not valid'])
  })

  it('says so while it has not looked at everything, and speaks of no rate', () => {
    const { probe, receive, counts, answer } = show()
    receive(...Array.from({ length: 1_000 }, (_, at) => `a${at}`))
    // Each look at the clock is a second later: a slice ends after its first step.
    let clock = performance.now()
    const hurry = vi.spyOn(performance, 'now').mockImplementation(() => (clock += 1_000))
    probe('#')
    hurry.mockRestore()
    expect(answer()?.topics).toBeLessThan(1_000)
    expect(counts()).toBe(`${answer()?.topics} topics${answer()?.messages} messagesso far…`)
  })

  it('measures the rate from the messages on matching topics alone', () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance', 'Date'] })
    try {
      const { probe, receive, counts } = show()
      receive('a/1')
      probe('a/#')
      act(() => void vi.advanceTimersByTime(3_500))
      expect(counts()).toBe('1 topic1 message')
      act(() => void vi.advanceTimersByTime(1_000))
      expect(counts()).toBe('1 topic1 message0/s')
      receive('a/2', 'a/3', 'b/1', 'b/2')
      act(() => void vi.advanceTimersByTime(2_000))
      expect(counts()).toBe('3 topics3 messages0.5/s')
    } finally {
      vi.useRealTimers()
    }
  })

  it('measures anew for another filter and after a clear, and takes no burst for a rate', () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance', 'Date'] })
    try {
      const { probe, receive, counts, clear } = show()
      const wait = (milliseconds: number) => act(() => void vi.advanceTimersByTime(milliseconds))
      receive('a/1')
      probe('a/#')
      for (const at of [1, 2, 3, 4]) {
        receive(`a/x${at}`, `a/y${at}`)
        wait(500)
      }
      expect(counts()).toMatch(/4\.0\/s$/)
      probe('b/#')
      wait(1_400)
      probe('a/#')
      expect(counts()).toBe('9 topics9 messages')
      wait(4_000)
      expect(counts()).toMatch(/messages0\/s$/)
      clear()
      expect(counts()).toBe('0 topics0 messages')
      receive('a/z1', 'a/z2')
      wait(500)
      expect(counts()).toBe('2 topics2 messages')
      wait(4_000)
      expect(counts()).toBe('2 topics2 messages0/s')
    } finally {
      vi.useRealTimers()
    }
  })

  it('says the number once for each filter, also where it is the same', () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      const { probe, receive, region } = show()
      receive('a/1', 'b/1')
      probe('a/#')
      const said = () => region.getByRole('status').textContent
      act(() => void vi.advanceTimersByTime(800))
      expect(said()).toBe('1 topic matches.')
      probe('b/#')
      expect(said()).toBe('')
      act(() => void vi.advanceTimersByTime(800))
      expect(said()).toBe('1 topic matches.')
      probe('a/#')
      expect(said()).toBe('')
    } finally {
      vi.useRealTimers()
    }
  })

  it('draws nothing again but the numbers when messages come', () => {
    const { region, probe, receive } = show()
    probe('a/#')
    const before = region.getByRole('list')
    const changes: string[] = []
    const watch = new MutationObserver((records) => {
      for (const { target } of records)
        changes.push(target.parentElement?.closest('[role]')?.getAttribute('role') ?? '')
    })
    watch.observe(before.closest('section')!, { subtree: true, childList: true, characterData: true })
    receive('a/1', 'a/2')
    for (const { target } of watch.takeRecords())
      changes.push(target.parentElement?.closest('[role]')?.getAttribute('role') ?? '')
    expect(changes.length).toBeGreaterThan(0)
    expect(new Set(changes)).toEqual(new Set(['group']))
  })
})

describe('the topic it is held against', () => {
  it.each([
    ['a/+/#', 'a//c', ['same', 'empty counts', 'taken by #'], 'Matches.'],
    ['a/#', 'a', ['same', '# takes none'], 'Matches.'],
    ['a/+', 'a/b', ['same', 'any text'], 'Matches.'],
    ['a/b', 'a/c/d', ['same', 'differs', 'filter ended'], 'Does not match: level 2 is c, the filter asks for b.'],
    ['a/+', 'a', ['same', 'topic ended'], 'Does not match: the topic ends before level 2, +.'],
    ['a', 'a/b', ['same', 'filter ended'], 'Does not match: the filter ends before level 2, b.'],
    ['#', '$SYS/x', ['$ left out', 'taken by #'], /a wildcard at the start leaves out topics that begin with \$/],
  ] as const)('is laid beside %s level by level: %s', (...[filter, topic, verdicts, outcome]) => {
    const { probe, select, region, verdicts: shown } = show()
    probe(filter)
    select(topic)
    expect(shown()).toEqual(verdicts)
    expect(region.getByText(outcome)).toBeDefined()
  })

  it('follows the selection until another is typed, and again when told to', async () => {
    const { probe, select, region, user } = show()
    probe('a/+')
    const against = region.getByRole('textbox', { name: 'Against topic' })
    select('a/b')
    expect(against).toHaveProperty('value', 'a/b')
    await user.type(against, '/c')
    select('a/z')
    expect(against).toHaveProperty('value', 'a/b/c')
    expect(region.getByText(/^Does not match: the filter ends/)).toBeDefined()
    await user.click(region.getByRole('button', { name: 'Back to the selected topic' }))
    expect(against).toHaveProperty('value', 'a/z')
    expect(region.getByText('Matches.')).toBeDefined()
  })

  it('is told apart from the filter where they differ, however long the levels are', () => {
    const { probe, select, region } = show()
    const long = `${'x'.repeat(59)}🌡${'x'.repeat(20)}`
    probe(`${long}1`)
    select(`${long}2`)
    expect(region.getByText(/^Does not match/).textContent).toBe(
      'Does not match: level 1 is …xxxxxxxxxx2, the filter asks for …xxxxxxxxxx1.',
    )
    select(`${'x'.repeat(59)}🌡y`)
    expect(region.getByText(/^Does not match/).textContent).toContain('🌡y, the filter asks for …')
    select(`y${long}`)
    expect(region.getByText(/^Does not match/).textContent).toContain(`level 1 is y${'x'.repeat(59)}…, the filter asks`)
  })

  it('must be a topic name: a wildcard in it is said, and nothing is compared', async () => {
    const { probe, region, user } = show()
    probe('a/+')
    await user.type(region.getByRole('textbox', { name: 'Against topic' }), 'a/+')
    expect(region.getByRole('alert').textContent).toContain('A message cannot be published to + or #')
    expect(region.queryByRole('table')).toBeNull()
  })

  it('keeps the table closed when it was closed', async () => {
    const { probe, select, region, user, settings } = show()
    probe('a/+')
    select('a/b')
    const toggle = region.getByRole('button', { name: 'Show level by level' })
    expect(toggle.getAttribute('aria-expanded')).toBe('true')
    await user.click(toggle)
    expect(region.queryByRole('table')).toBeNull()
    expect(region.getByText('Matches.')).toBeDefined()
    expect(settings().probeLevelsOpen).toBe(false)
  })

  it('stays a table of a few rows for a topic of very many levels', () => {
    const { probe, select, region, verdicts } = show()
    probe('#')
    select(`a${'/a'.repeat(3_000)}`)
    expect(verdicts()).toHaveLength(17)
    expect(verdicts().at(-1)).toBe('2,985 further levels')
    expect(region.queryAllByText(/further level/)).toHaveLength(1)
  })

  it('shows the first level that fails wherever it is, and how many it leaves out', () => {
    const { probe, select, verdicts, region } = show()
    const path = 'a/'.repeat(1_000)
    probe(`${path}b/${path}c`)
    select(`${path}x/${path}c`)
    const shown = verdicts()
    expect([shown[0], shown.at(-1), shown.length]).toEqual(['992 further levels', '994 further levels', 18])
    const failing = region.getByRole('table').querySelectorAll('[data-place="first"]')
    expect([...failing].map(({ textContent }) => textContent)).toEqual(['1001bxdiffers'])
  })

  it('scrolls its table alone to the level that fails', () => {
    const scrolled = vi.spyOn(Element.prototype, 'scrollIntoView')
    const { probe, select, region } = show()
    probe('a/b/c')
    select('a/b/x')
    const table = region.getByRole('group', { name: 'Filter and topic, level by level' })
    const at = (top: number, bottom: number) => () => ({ top, bottom, height: bottom - top }) as DOMRect
    Object.defineProperty(table, 'clientHeight', { value: 50 })
    vi.spyOn(table, 'getBoundingClientRect').mockImplementation(at(100, 150))
    const rows = vi.spyOn(HTMLTableRowElement.prototype, 'getBoundingClientRect').mockImplementation(at(160, 180))
    select('a/b/y')
    expect(table.scrollTop).toBe(30)
    expect(scrolled).not.toHaveBeenCalled()
    rows.mockRestore()
    scrolled.mockRestore()
  })
})

describe('from the probe', () => {
  it('one subscribes, once', async () => {
    const { probe, region, user, main } = show([subscription('s1', 'b')])
    probe('a/+')
    await user.click(region.getByRole('button', { name: 'Subscribe' }))
    expect(main.inputsOf('subscription.save')).toMatchObject([
      { connectionId: 'c', subscription: { filter: 'a/+', enabled: true } },
    ])
    probe('b')
    await user.click(region.getByRole('button', { name: 'In the list, offline' }))
    expect(main.asked).toHaveLength(1)
  })

  it.each<[string, SubscriptionState, string]>([
    ['granted', { phase: 'granted', qos: 1, since: 1 }, 'Subscribed'],
    ['refused', { phase: 'refused', error: fail('subscribeRefused', 'no').error }, 'In the list, refused'],
    ['held back', { phase: 'heldBack', reason: 'wildcard' }, 'In the list, held back'],
    ['not answered', { phase: 'requested' }, 'Subscribing…'],
    ['not sent', { phase: 'inactive' }, 'In the list, offline'],
  ])('one sees that the filter is %s', (_, state, text) => {
    const { probe, region, tell } = show()
    probe('a/+')
    tell({ subscription: subscription('s1', 'a/+'), state })
    const button = region.getByRole('button', { name: text })
    expect(button.getAttribute('aria-disabled')).toBe('true')
  })

  it('one switches on what is in the list, unless a twin is on', async () => {
    const { probe, region, tell, user, main } = show()
    probe('a/+')
    const off: SubscriptionStatus = {
      subscription: { ...subscription('s1', 'a/+'), qos: 2, enabled: false },
      state: { phase: 'inactive' },
    }
    tell(off)
    const button = region.getByRole('button', { name: 'Switch on' })
    expect(button.title).toBe('In the list, switched off')
    await user.click(button)
    expect(main.asked).toMatchObject([{ input: { subscription: { id: 's1', qos: 2, enabled: true } } }])
    tell(off, { subscription: subscription('s2', 'a/+'), state: { phase: 'granted', qos: 1, since: 1 } })
    expect(region.queryByRole('button', { name: 'Subscribed' })).toBe(button)
  })

  it('one keeps the focus on what was pressed', async () => {
    const { probe, select, region, tell, user } = show()
    probe('a/+')
    await user.click(region.getByRole('button', { name: 'Subscribe' }))
    tell({ subscription: subscription('s1', 'a/+'), state: { phase: 'granted', qos: 1, since: 1 } })
    const subscribed = region.getByRole('button', { name: 'Subscribed' })
    expect([document.activeElement, subscribed.hasAttribute('disabled')]).toEqual([subscribed, false])
    select('a/b')
    const against = region.getByRole('textbox', { name: 'Against topic' })
    await user.type(against, '/c')
    await user.click(region.getByRole('button', { name: 'Back to the selected topic' }))
    expect(document.activeElement).toBe(against)
  })

  it('does not subscribe with Enter', async () => {
    const { field, user, main } = show()
    await user.type(field, 'a/+{Enter}')
    expect(main.asked.filter(({ name }) => name.startsWith('subscription.'))).toEqual([])
  })

  it('replaces a subscription in its place, and takes it back', async () => {
    const { probe, region, user, main, notices, changeProfile } = show([
      subscription('s1', 'x'),
      subscription('s2', 'y'),
    ])
    probe('a/+')
    await user.click(region.getByRole('button', { name: 'Replace a subscription by this filter' }))
    await user.click(await screen.findByRole('menuitem', { name: 'Replace y' }))
    expect(main.asked).toMatchObject([
      { name: 'subscription.save', input: { subscription: { filter: 'a/+', qos: 1 }, replaces: 's2' } },
    ])
    const made = main.inputsOf('subscription.save')[0]!
    expect(made.subscription.id).not.toBe('s2')
    const [notice] = notices()
    expect(notice?.content).toEqual({ text: 'Replaced y by a/+.' })
    // Meanwhile there is another one to the same filter: it is not what is taken back.
    changeProfile({ subscriptions: [subscription('s1', 'x'), subscription('mine', 'a/+')] })
    await act(async () => {
      notice?.action?.run()
      await Promise.resolve()
    })
    expect(main.asked.slice(1)).toMatchObject([
      {
        name: 'subscription.save',
        input: { subscription: { id: 's2', filter: 'y' }, replaces: made.subscription.id, place: 1 },
      },
    ])
  })

  it('offers no replacement for a filter that is in the list already', async () => {
    const { probe, region, user } = show([subscription('s1', 'x'), subscription('s2', 'y')])
    probe('x')
    await user.click(region.getByRole('button', { name: 'Replace a subscription by this filter' }))
    const items = await screen.findAllByRole('menuitem')
    expect(items.map((item) => [item.textContent, item.getAttribute('aria-disabled')])).toEqual([
      ['This filter is in the list already', 'true'],
    ])
  })

  it('says beside the buttons what went wrong, for as long as the filter stays', async () => {
    const { probe, region, user } = show([], true)
    probe('a/+')
    await user.click(region.getByRole('button', { name: 'Copy the filter' }))
    expect(region.getByRole('alert').textContent).not.toBe('')
    probe('a/#')
    expect(region.queryByRole('alert')).toBeNull()
  })
})
