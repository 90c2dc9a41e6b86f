import { act, cleanup, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Subscription, SubscriptionState, SubscriptionStatus } from '#shared/model/subscription'
import { fail } from '#shared/result'
import { frameOfMessages } from '../../model/messageLog/messageLogTesting'
import { dialogsState } from '../../state/dialogs'
import { probeState } from '../../state/probe'
import { profilesState } from '../../state/profiles'
import { onlineSession, openTestWindow, subscriptionOf } from '../../testing/testWindow'
import { stubLayout } from '../../ui/layoutTesting'
import { CoverageDialog } from './CoverageDialog'

stubLayout({ clientHeight: 400 })
afterEach(cleanup)

/** The clock stands still, so that an age is the same however long a test takes. */
const now = Date.now()
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now }))
afterEach(() => void vi.useRealTimers())

const granted = (qos: 0 | 1 | 2 = 0): SubscriptionState => ({ phase: 'granted', qos, since: now - 720_000 })
const status = (filter: string, state: SubscriptionState, given: Partial<Subscription> = {}): SubscriptionStatus => ({
  subscription: subscriptionOf({ filter, ...given }),
  state,
})

interface Shown {
  readonly statuses: readonly SubscriptionStatus[]
  readonly topics?: readonly string[]
  readonly counts?: Readonly<Record<string, number>>
  readonly version?: '3.1.1' | '5'
}

/** The dialog over a connection whose messages and subscriptions are given. */
const show = async ({ statuses, topics = [], counts = {}, version = '5' }: Shown) => {
  const online = onlineSession({ protocolVersion: version })
  const window = openTestWindow({ profile: { name: 'Plant' }, session: online, subscriptions: statuses })
  const { app, connection, main } = window
  const totals = Object.entries(counts).map(([subscriptionId, messages]) => ({
    subscriptionId,
    messages,
    stored: 0,
    lastAt: 1,
  }))
  let received = 0
  const receive = (...topics: readonly string[]) => {
    const given = topics.map((_, at) => ({ topicId: received + at, payload: '1' }))
    const frame = frameOfMessages(received + 1, given, { firstTopicId: received, newTopics: topics })
    received += topics.length
    act(() => window.receive([frame], {}, { subscriptions: totals }))
  }
  receive(...topics)
  act(() => app.get(dialogsState).show(connection, { kind: 'coverage' }))
  window.render(<CoverageDialog />)
  const dialog = within(screen.getByRole('dialog'))
  const settled = () => waitFor(() => expect(document.querySelector('[data-pending="false"]')).not.toBeNull())
  await settled()
  const item = (filter: string) =>
    within(dialog.getAllByRole('listitem').find((one) => one.dataset['filter'] === filter) as HTMLElement)
  return {
    dialog,
    item,
    receive,
    user: userEvent.setup(),
    saved: () => main.inputsOf('subscription.save').map(({ subscription }) => subscription),
    probed: () => connection.get(probeState).filter,
    isOpen: () => app.get(dialogsState).shown !== null,
    deleteConnection: () => act(() => app.get(profilesState).receive([])),
    setStatuses: (next: readonly SubscriptionStatus[]) => act(() => window.setSession(online, next)),
    shownTopics: () =>
      [...screen.getByRole('dialog').querySelectorAll<HTMLElement>('[data-topic]')].map(
        ({ dataset }) => dataset['topic'],
      ),
  }
}
const refused: SubscriptionState = {
  phase: 'refused',
  error: fail('subscribeRefused', '', { reasonCode: 0x87, values: { reason: 'Not authorized' } }).error,
}

describe('CoverageDialog', () => {
  it('reports nothing only where the broker granted all that is switched on', async () => {
    const off = status('off', { phase: 'inactive' }, { enabled: false })
    const { dialog, setStatuses } = await show({ statuses: [status('a', granted()), off], counts: { a: 1 } })
    expect(dialog.getByText(/^Nothing to report/)).toBeDefined()
    setStatuses([status('a', { phase: 'requested' }), off])
    expect(await dialog.findByText(/Some are not granted now/)).toBeDefined()
  })

  it('goes when its connection is deleted', async () => {
    const { deleteConnection } = await show({ statuses: [status('a', granted())] })
    deleteConnection()
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  it('sums up what is refused, held back, redundant and without a message, and shows only those', async () => {
    const { dialog, user } = await show({
      statuses: [
        status('a/#', granted()),
        status('a/b', granted()),
        status('x', granted()),
        status('no', refused),
        status('+/z', { phase: 'heldBack', reason: 'wildcard' }),
      ],
      counts: { 'a/#': 2, 'a/b': 1 },
    })
    expect(dialog.getByRole('button', { name: '1 without a message, for up to 12 min' })).toBeDefined()
    expect(dialog.getByText(/^Not authorized: the broker refused the subscription\. Ask for this user/)).toBeDefined()
    expect(dialog.getByText(/takes no wildcards/)).toBeDefined()
    expect(dialog.getByRole('button', { name: '1 held back' })).toBeDefined()
    await user.click(dialog.getByRole('button', { name: '1 redundant' }))
    const shown = dialog.getAllByRole('listitem').flatMap(({ dataset }) => dataset['filter'] ?? [])
    expect(shown).toEqual(['a/b'])
  })

  it('says that a redundant filter with a higher QoS is not simply removable', async () => {
    const { item } = await show({ statuses: [status('a/#', granted(0)), status('a/b', granted(2), { qos: 2 })] })
    expect(item('a/b').getByText(/a\/# matches every topic.*But it asks for QoS 2/)).toBeDefined()
    expect(item('a/b').queryByText(/can be removed/)).toBeNull()
  })

  it('says so of two equal filters too, which share what the broker grants for the higher QoS', async () => {
    const [low, high] = [
      status('a/#', granted(2), { id: 'low', alias: 'low' }),
      status('a/#', granted(2), { id: 'high', alias: 'high', qos: 2 }),
    ]
    const { dialog } = await show({ statuses: [low, high] })
    expect(dialog.getByText(/high matches every topic.*It can be removed/)).toBeDefined()
    expect(dialog.getByText(/low matches every topic.*But it asks for QoS 2/)).toBeDefined()
  })

  it('calls nothing removable for a filter that the broker does not hold granted', async () => {
    const online = [status('#', refused), status('a/b', granted())]
    const { item, setStatuses } = await show({ statuses: online, counts: { 'a/b': 1 } })
    expect(item('a/b').queryByText(/Redundant/)).toBeNull()
    for (const state of [{ phase: 'inactive' }, { phase: 'requested' }] as const) {
      setStatuses([status('#', state), status('a/b', state)])
      expect(await item('a/b').findByText(/But the broker has not granted # now\./)).toBeDefined()
      expect(item('a/b').queryByText(/can be removed/)).toBeNull()
      expect(item('a/b').queryByRole('button', { name: 'Remove' })).toBeNull()
    }
    setStatuses([status('#', granted()), status('a/b', granted())])
    expect(await item('a/b').findByText(/can be removed/)).toBeDefined()
    expect(item('a/b').getByRole('button', { name: 'Remove' })).toBeDefined()
  })

  it('lists topics by how many subscriptions match them, live, and gives refused ones no chip', async () => {
    const { dialog, user, receive, shownTopics, setStatuses } = await show({
      statuses: [status('a/#', granted()), status('a/b', granted()), status('+/c', refused)],
      topics: ['a/b', 'a/c', 'b/c'],
    })
    expect(dialog.getByRole('button', { name: 'All 3' })).toBeDefined()
    await user.click(dialog.getByRole('button', { name: 'None 1' }))
    expect(shownTopics()).toEqual(['b/c'])
    await user.click(dialog.getByRole('button', { name: 'More than one 1' }))
    expect(shownTopics()).toEqual(['a/b'])
    await user.click(dialog.getByRole('button', { name: 'One 1' }))
    receive('a/d')
    await waitFor(() => expect(shownTopics()).toEqual(['a/c', 'a/d']))
    setStatuses([status('a/#', granted())])
    await waitFor(() => expect(shownTopics()).toEqual(['a/b', 'a/c', 'a/d']))
  })

  it('shows the topics of one subscription, and those only it brings', async () => {
    const { item, user, shownTopics } = await show({
      statuses: [status('a/#', granted()), status('a/b', granted())],
      topics: ['a/b', 'a/c', 'z'],
    })
    await user.click(item('a/#').getByRole('button', { name: 'a/#' }))
    expect(shownTopics()).toEqual(['a/b', 'a/c'])
    await user.click(item('a/#').getByRole('button', { name: '1 only here' }))
    expect(shownTopics()).toEqual(['a/c'])
  })

  it('compares any two filters, with known topics where there are some', async () => {
    const { dialog, user, shownTopics } = await show({
      statuses: [status('a/+', granted()), status('+/b', granted()), status('z', granted(), { enabled: false })],
      topics: ['a/b', 'a/1'],
      version: '3.1.1',
    })
    await user.click(dialog.getByRole('button', { name: 'Overlaps' }))
    expect(dialog.getByText('Some topics match both a/+ and +/b; each has topics of its own.')).toBeDefined()
    const facts = dialog.getAllByRole('definition').map(({ textContent }) => textContent)
    expect(facts).toEqual([
      '1 known topic, for example a/b',
      '1 known topic, for example a/1',
      'No known topic; x/b would be one (made up)',
    ])
    expect(dialog.getByText(/MQTT 3\.1\.1 leaves that to the broker/)).toBeDefined()
    await user.click(
      within(dialog.getByRole('list', { name: 'Overlapping pairs' })).getByRole('button', { name: 'Topics' }),
    )
    expect(shownTopics()).toEqual(['a/b'])
    await user.click(dialog.getByRole('button', { name: 'Overlaps' }))
    await user.selectOptions(dialog.getByLabelText('with'), 'z')
    expect(
      dialog.getByText(/No topic can match both a\/\+ and z\. Level 1 must be “a” for one and “z” for the other\./),
    ).toBeDefined()
    expect(dialog.getByText(/not in force/)).toBeDefined()
  })

  it('switches a subscription off, and probes another', async () => {
    const { dialog, user, saved, probed, isOpen } = await show({ statuses: [status('a/#', granted())] })
    await user.click(dialog.getByRole('button', { name: 'Switch off' }))
    expect(saved().map(({ filter, enabled }) => [filter, enabled])).toEqual([['a/#', false]])
    await user.click(dialog.getByRole('button', { name: 'Probe' }))
    expect(probed()).toBe('a/#')
    expect(isOpen()).toBe(false)
  })
})
