import { act, cleanup, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { SessionPhase } from '#shared/model/session'
import type { Subscription, SubscriptionStatus } from '#shared/model/subscription'
import { fail, ok } from '#shared/result'
import { catalogues } from '#shared/i18n/catalogues'
import { noticesState } from '../../state/notices'
import { draftFilter } from '../../state/subscribeField'
import { onlineSession, openTestWindow, subscriptionOf, type TestWindow } from '../../testing/testWindow'
import { stubLayout } from '../../ui/layoutTesting'
import { SubscriptionsPane } from './SubscriptionsPane'

beforeEach(() => void stubLayout({ clientHeight: 240, offsetHeight: 24 }))
afterEach(cleanup)

const subscription = (given: Partial<Subscription>): Subscription =>
  subscriptionOf({ id: 's1', filter: 'a/#', ...given })

const granted = (given: Partial<Subscription>, qos: 0 | 1 | 2 = 0): SubscriptionStatus => ({
  subscription: subscription(given),
  state: { phase: 'granted', qos, since: 1 },
})

/** The pane over a main process that does what it is asked and says so. */
const show = (initial: readonly SubscriptionStatus[] = [], state: SessionPhase = { phase: 'offline' }) => {
  let list = initial
  const put = (changed: readonly SubscriptionStatus[]) => {
    list = changed
    act(() => window.setSession(state, list))
    return ok(null)
  }
  const window: TestWindow = openTestWindow({
    session: state,
    subscriptions: initial,
    answers: {
      'subscription.save': ({ subscription: saved, place, replaces }) => {
        const status: SubscriptionStatus = { subscription: saved, state: { phase: 'granted', qos: 0, since: 1 } }
        const at = list.findIndex((one) => one.subscription.id === saved.id || one.subscription.id === replaces)
        return put(at < 0 ? list.toSpliced(place ?? list.length, 0, status) : list.with(at, status))
      },
      'subscription.saveMany': ({ changes }) =>
        put(
          changes.reduce<readonly SubscriptionStatus[]>((before, { subscription: saved, place }) => {
            const status: SubscriptionStatus = { subscription: saved, state: { phase: 'granted', qos: 0, since: 1 } }
            const at = before.findIndex((one) => one.subscription.id === saved.id)
            return at < 0 ? before.toSpliced(place ?? before.length, 0, status) : before.with(at, status)
          }, list),
        ),
      'subscription.remove': ({ subscriptionIds }) =>
        put(list.filter((one) => !subscriptionIds.includes(one.subscription.id))),
    },
  })
  const { app, connection, main } = window
  window.receive([], {}, { subscriptions: [{ subscriptionId: 's1', messages: 1_234, stored: 0, lastAt: 1 }] })
  window.render(<SubscriptionsPane />)
  const region = within(screen.getByRole('region', { name: 'Subscriptions' }))
  return {
    region,
    connection,
    main,
    saved: () => main.inputsOf('subscription.save').map(({ subscription }) => subscription),
    tried: () => main.inputsOf('subscription.sendAnyway').map(({ subscriptionId }) => subscriptionId),
    notices: () => app.get(noticesState).all,
    user: userEvent.setup(),
    field: region.getByRole('textbox', { name: 'Topic filter' }),
    button: region.getByRole('button', { name: 'Subscribe' }),
    filters: () => region.queryAllByRole('listitem').map((row) => row.dataset['filter']),
  }
}

describe('SubscriptionsPane', () => {
  it('subscribes with Enter, gives each a colour of its own and empties the field', async () => {
    const { user, field, region, saved } = show()
    await user.selectOptions(region.getByRole('combobox', { name: 'QoS' }), '1')
    await user.type(field, 'plant/+/temperature{Enter}')
    await user.type(field, '#{Enter}')
    await waitFor(() => expect(saved()).toHaveLength(2))
    expect(saved()[0]).toMatchObject({ filter: 'plant/+/temperature', qos: 1, colour: 'blue', enabled: true })
    expect(saved()[1]).toMatchObject({ filter: '#', colour: 'green' })
    expect(field).toHaveProperty('value', '')
  })

  it('asks again for a filter that is there instead of listing it twice', async () => {
    const { user, field, button, saved, filters } = show([granted({ enabled: false })])
    await user.type(field, 'a/#')
    await user.click(button)
    expect(saved()).toEqual([subscription({ enabled: true })])
    expect(filters()).toEqual(['a/#'])
  })

  it('says which level is wrong while one types, and sends nothing', async () => {
    const { user, field, button, region, saved } = show()
    await user.type(field, 'a/b+')
    expect(region.getByRole('alert').textContent).toContain('Level 2, “b+”: + must stand alone in its level.')
    await user.click(button)
    await user.clear(field)
    await user.type(field, '#/a{Enter}')
    expect(region.getByRole('alert').textContent).toContain('Level 1, “#”: # must be the last level.')
    expect(saved()).toEqual([])
  })

  it('says while one types what is perhaps a slip, and subscribes to it all the same', async () => {
    const { user, field, region, saved } = show()
    const remarks = catalogues.en.filterRemarks
    await user.type(field, 'plant/+/temp/')
    expect((await region.findByText(remarks.emptyLevels)).id).toBe(
      field.getAttribute('aria-describedby')?.split(' ')[1],
    )
    expect(region.queryByRole('alert')).toBeNull()
    await user.type(field, '{Backspace} ')
    expect(region.queryByText(remarks.emptyLevels)).toBeNull()
    expect(await region.findByText(remarks.outerSpaces)).toBeDefined()
    await user.type(field, '{Backspace}/{Enter}')
    await waitFor(() => expect(saved()).toMatchObject([{ filter: 'plant/+/temp/' }]))
  })

  it('does not complain about a filter that is still being typed before it is sent', async () => {
    const { user, field, button, region } = show()
    await user.type(field, '$share/group')
    expect(region.queryByRole('alert')).toBeNull()
    await user.clear(field)
    await user.click(button)
    expect(region.getByRole('alert').textContent).toBe(catalogues.en.filterProblems.empty)
  })

  it('shows a downgrade, a refusal by reason, and the exact count', () => {
    const refused: SubscriptionStatus = {
      subscription: subscription({ id: 's2', filter: 'secret' }),
      state: {
        phase: 'refused',
        error: { code: 'subscribeRefused', message: '', reasonCode: 0x87, values: { reason: 'Not authorized' } },
      },
    }
    const { region } = show([granted({ qos: 2 }, 1), refused])
    expect(region.getByText('QoS 2 → 1')).toBeTruthy()
    expect(region.getByText('1,234')).toBeTruthy()
    expect(region.getByText('Not authorized: the broker refused the subscription.')).toBeTruthy()
  })

  it.each([
    ['3.1.1', 'Refused; MQTT 3.1.1 gives no reason (often: not allowed).'],
    ['3.1', 'Refused; MQTT 3.1 gives no reason (often: not allowed).'],
    ['5', 'Unspecified error: the broker refused the subscription.'],
  ] as const)('makes up no reason for a refusal with MQTT %s', (protocolVersion, text) => {
    const error = fail('subscribeRefused', '', { reasonCode: 0x80, values: { reason: 'Unspecified error' } }).error
    const { region } = show(
      [{ subscription: subscription({}), state: { phase: 'refused', error } }],
      onlineSession({ protocolVersion }),
    )
    expect(region.getByText(text)).toBeDefined()
  })

  it('marks a filter the broker did not take back, and asks for that once more', async () => {
    const error = fail('unsubscribeRefused', '', {
      reasonCode: 0x87,
      values: { reason: 'Not authorized (0x87)' },
    }).error
    const words = { reasonString: 'never had it', userProperties: [['b', '1'] as const] }
    const kept = subscription({ id: 's2', filter: 'keep/#', enabled: false })
    const { user, region, tried } = show([
      { subscription: kept, isRemoved: true, state: { phase: 'unsubscribeRefused', error, words } },
    ])
    expect(
      region.getByText('The broker did not take it back: Not authorized (0x87). Messages may still come.'),
    ).toBeDefined()
    expect(region.getByText('Not taken back').title).toBe('The broker says: “never had it” · b: 1')
    await user.click(region.getByRole('button', { name: 'Try again' }))
    await user.click(region.getByRole('button', { name: 'Remove keep/#' }))
    expect(tried()).toEqual(['s2', 's2'])
  })

  it('does not offer to send a filter that is too large all the same', () => {
    const state = { phase: 'heldBack', reason: 'tooLarge', size: 41, limit: 40 } as const
    const { region } = show([{ subscription: subscription({}), state }])
    expect(
      region.getByText('Held back: SUBSCRIBE would be a packet of 41 bytes, and the broker takes at most 40.'),
    ).toBeDefined()
    expect(region.queryByRole('button', { name: 'Try anyway' })).toBeNull()
  })

  it('says since when an answer does not come', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const since = Date.now() - 12_000
    const { region } = show([{ subscription: subscription({}), state: { phase: 'requested', since } }])
    expect(await region.findByText(/Waiting for SUBACK since 12 s/)).toBeDefined()
    vi.useRealTimers()
  })

  it('says nothing of a refusal once the filter is switched off', () => {
    const error = fail('subscribeRefused', '', { reasonCode: 0x87, values: { reason: 'Not authorized' } }).error
    const off = { subscription: subscription({ enabled: false }), state: { phase: 'refused', error } } as const
    const { region } = show([off])
    expect(region.queryByText(/refused/)).toBeNull()
  })

  it('names a filter that was not saved, and gives it back to an empty field', async () => {
    const { user, region, field, main } = show()
    main.answer({ 'subscription.save': () => fail('storageFailed', 'full') })
    await user.type(field, 'a/#{Enter}')
    expect((await region.findByRole('alert')).textContent).toMatch(/^a\/# was not added\. /)
    expect(field).toHaveProperty('value', 'a/#')
    await user.click(region.getByRole('button', { name: 'Dismiss a/#' }))
    expect(region.queryByRole('alert')).toBeNull()
    expect(field).toHaveProperty('value', 'a/#')
  })

  it('brings a removed one back to its place', async () => {
    const { user, region, filters, notices } = show([
      granted({}),
      granted({ id: 's2', filter: 'b' }),
      granted({ id: 's3', filter: 'c' }),
    ])
    await user.click(region.getByRole('button', { name: 'Remove b' }))
    expect(filters()).toEqual(['a/#', 'c'])
    act(() => notices()[0]?.action?.run())
    await waitFor(() => expect(filters()).toEqual(['a/#', 'b', 'c']))
  })

  it('mutes, switches off, and edits', async () => {
    const { user, region, saved } = show([granted({})])
    await user.click(region.getByRole('button', { name: 'Mute a/#' }))
    await user.click(region.getByRole('checkbox', { name: 'Receive a/#' }))
    await user.click(region.getByRole('button', { name: 'Edit a/#' }))
    const dialog = within(await screen.findByRole('dialog'))
    await user.type(dialog.getByLabelText('Alias'), 'everything')
    await user.click(dialog.getByRole('button', { name: 'Save' }))
    expect(saved().map(({ muted, enabled, alias }) => [muted, enabled, alias])).toEqual([
      [true, true, ''],
      [true, false, ''],
      [true, false, 'everything'],
    ])
  })

  it('makes another subscription of one whose filter is changed, in its place', async () => {
    const { user, region, saved, filters } = show([granted({}), granted({ id: 's2', filter: 'b' })])
    await user.click(region.getByRole('button', { name: 'Edit a/#' }))
    const dialog = within(await screen.findByRole('dialog'))
    await user.clear(dialog.getByLabelText('Topic filter'))
    await user.type(dialog.getByLabelText('Topic filter'), 'z/#')
    await user.click(dialog.getByRole('button', { name: 'Save' }))
    await waitFor(() => expect(filters()).toEqual(['z/#', 'b']))
    expect(saved().map(({ id }) => id === 's1')).toEqual([false])
  })

  it('says why a filter is held back, and sends it when told to', async () => {
    const held = { subscription: subscription({}), state: { phase: 'heldBack', reason: 'wildcard' } } as const
    const { user, region, tried } = show([held])
    expect(region.getByText(/the broker says it takes no wildcards/)).toBeDefined()
    await user.click(region.getByRole('button', { name: 'Try anyway' }))
    expect(tried()).toEqual(['s1'])
  })

  it('edits the options of MQTT 5 and says what saving brings', async () => {
    const { user, region, saved } = show(
      [granted({ filter: '$share/line/a/#' })],
      onlineSession({ protocolVersion: '5' }),
    )
    await user.click(region.getByRole('button', { name: /^Edit / }))
    const dialog = within(await screen.findByRole('dialog'))
    expect(dialog.getByText(/gives each message of a\/# to one member of the group “line”/)).toBeDefined()
    await user.click(dialog.getByRole('checkbox', { name: 'No Local' }))
    expect(dialog.getByRole('alert').textContent).toMatch(/protocol error/)
    await user.click(dialog.getByRole('checkbox', { name: 'No Local' }))
    await user.click(dialog.getByRole('checkbox', { name: 'Retain As Published' }))
    await user.selectOptions(dialog.getByRole('combobox', { name: 'Retained messages' }), '2')
    expect(dialog.getByRole('status').textContent).toMatch(/sends SUBSCRIBE again/)
    await user.click(dialog.getByRole('button', { name: 'Save' }))
    await waitFor(() => expect(saved()).toHaveLength(1))
    expect(saved()[0]?.options).toEqual({ noLocal: false, retainAsPublished: true, retainHandling: 2 })
  })

  it.each([
    ['5', ['NL', 'RH2']],
    ['3.1.1', []],
  ] as const)('marks the options that are not as usual, where MQTT %s has them', (protocolVersion, marks) => {
    const options = { noLocal: true, retainAsPublished: false, retainHandling: 2 } as const
    const { region } = show([granted({ filter: 'a', options })], onlineSession({ protocolVersion }))
    expect(region.queryAllByText(/^(NL|RAP|RH\d)$/).map(({ textContent }) => textContent)).toEqual(marks)
  })

  it('says that the options need MQTT 5', async () => {
    const { user, region } = show([granted({ filter: '$share/g/a' })], onlineSession({ protocolVersion: '3.1.1' }))
    await user.click(region.getByRole('button', { name: /^Edit / }))
    const dialog = within(await screen.findByRole('dialog'))
    expect(dialog.getByText(/speaks MQTT 3.1.1/)).toBeDefined()
    expect(dialog.getByText(/MQTT 3.1.1 has no shared subscriptions/)).toBeDefined()
    expect(dialog.getByRole('checkbox', { name: 'No Local' })).toHaveProperty('disabled', true)
  })

  it('takes a filter from elsewhere into the field and the focus with it', async () => {
    const { field, connection } = show()
    act(() => draftFilter(connection, '住家/#'))
    await waitFor(() => expect(document.activeElement).toBe(field))
    expect(field).toHaveProperty('value', '住家/#')
  })
})
