import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { readDiscovery } from '#shared/homeAssistant/discovery'
import type { RetainedEntry, RetainedPage } from '#shared/model/retained'
import type { SubscriptionStatus } from '#shared/model/subscription'
import { fail, ok } from '#shared/result'
import { dialogsState, type RetainedShown } from '../../state/dialogs'
import { onlineSession, openTestWindow, subscriptionOf } from '../../testing/testWindow'
import { stubLayout } from '../../ui/layoutTesting'
import { RetainedDialog } from './RetainedDialog'

stubLayout({ clientHeight: 400 })
afterEach(cleanup)

/** The clock stands still, so that an age is the same however long a test takes. */
const now = Date.now()
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now }))
afterEach(() => void vi.useRealTimers())

const granted = {
  subscription: subscriptionOf({ filter: '#' }),
  state: { phase: 'granted', qos: 0, since: now - 125_000 },
} as const satisfies SubscriptionStatus

type Refusable = 'retained.list' | 'retained.clear'

interface Given {
  readonly more?: Partial<RetainedEntry>
  /** Payloads of discovery messages, by topic. */
  readonly configs?: Readonly<Record<string, string>>
  readonly dialog?: { readonly filter: string; readonly shows?: RetainedShown }
  /** What the page says, as it is now. */
  readonly page?: () => Partial<RetainedPage>
  /** What is answered with an error. */
  readonly refuses?: readonly Refusable[]
  /** What comes of a cancel. */
  readonly onCancel?: () => void
}

const open = async (
  topics: readonly string[],
  {
    more = {},
    configs = {},
    dialog: asks = { filter: 'a/#' },
    page: given = () => ({}),
    refuses = [],
    onCancel,
  }: Given = {},
) => {
  const entries = topics.map((topic) => ({
    topic,
    size: 2,
    qos: 1 as const,
    expirySeconds: null,
    receivedAt: now,
    fingerprint: 0,
    preview: new TextEncoder().encode('on'),
    discovery: readDiscovery(topic, new TextEncoder().encode(configs[topic] ?? '')),
    ...more,
  }))
  const cleared: number[] = []
  const page = (from: number): RetainedPage => ({
    phase: 'listed',
    error: null,
    total: entries.length,
    bytes: 2 * entries.length,
    cut: null,
    quietMs: 400,
    entries: entries.slice(from),
    work: null,
    skipped: 0,
    undoable: cleared.length,
    changes: cleared.map((place) => ({
      place,
      fate: 'cleared' as const,
    })),
    ...given(),
  })
  const unlessRefused = (name: Refusable) => (refuses.includes(name) ? fail('notConnected', 'Offline.') : ok(null))
  const window = openTestWindow({
    session: onlineSession(),
    subscriptions: [granted],
    answers: {
      'retained.list': () => unlessRefused('retained.list'),
      'retained.read': ({ from }) => ok(page(from)),
      'retained.cancel': () => {
        onCancel?.()
        return ok(null)
      },
      'retained.clear': ({ places }) => {
        const answer = unlessRefused('retained.clear')
        if (answer.ok) cleared.push(...places)
        return answer
      },
    },
  })
  const { app, connection, main } = window
  // The connection listens for as long as it is subscribed.
  vi.setSystemTime(granted.state.since)
  const { tree } = connection.model
  vi.setSystemTime(now)
  const noted: [topic: string, isKept: boolean][] = []
  const note = tree.noteRetained
  vi.spyOn(tree, 'noteRetained').mockImplementation((topic, isKept) => {
    noted.push([topic, isKept])
    note(topic, isKept)
  })
  act(() => app.get(dialogsState).show(connection, { kind: 'retained', ...asks }))
  window.render(<RetainedDialog />)
  const dialog = within(await screen.findByRole('dialog'))
  await dialog.findByText(/retained messages?, |so far, /)
  const list = dialog.getByRole('listbox')
  await within(list).findAllByRole('option')
  return {
    app,
    dialog,
    list,
    cleared,
    noted,
    user: userEvent.setup(),
    asked: () => main.asked.map(({ name }) => name),
    chosen: () =>
      within(list)
        .queryAllByRole('option', { selected: true })
        .map((row) => row.dataset['topic']),
    said: () => dialog.getByRole('status', { name: 'Selection' }).textContent,
    button: (name: string) => dialog.getByRole('button', { name }),
  }
}

it('lists, asks before it clears what is chosen, and puts it back', async () => {
  const { user, dialog, asked, cleared, button } = await open(['a', 'b', 'c'])
  await user.click(button('Select all'))
  await user.click(button('Clear 3 selected…'))
  expect(asked()).not.toContain('retained.clear')
  expect(dialog.getByRole('alert').textContent).toMatch(/^Clear 3 retained messages \(6 B\), beginning with a\?/)
  await user.click(button('Clear 3'))
  await waitFor(() => expect(cleared).toEqual([0, 1, 2]))
  await user.click(await dialog.findByRole('button', { name: 'Undo (3)' }))
  await user.click(button('Close'))
  expect(asked()).toContain('retained.undo')
  expect(asked().at(-1)).toBe('retained.close')
})

const plant = ['plant/hall-1/a', 'plant/hall-2/a', 'plant/hall-2/b', 'plant/hall-20/a', 'other']

it('tells the tree which topics have a retained message, also after it was put back', async () => {
  const changes: { place: number; fate: 'cleared' | 'restored' | 'unknown' }[] = []
  const { noted, user, button } = await open(['a', 'b', 'c'], { page: () => ({ changes: changes.splice(0) }) })
  expect(noted).toEqual(['a', 'b', 'c'].map((topic) => [topic, true]))
  noted.length = 0
  changes.push({ place: 0, fate: 'cleared' }, { place: 1, fate: 'unknown' }, { place: 0, fate: 'restored' })
  await user.click(button('Select all'))
  await user.click(button('Clear 3 selected…'))
  await user.click(button('Clear 3'))
  await waitFor(() =>
    expect(noted).toEqual([
      ['a', false],
      ['a', true],
    ]),
  )
})

it('narrows what was listed; what is chosen stays chosen, and is told before it is cleared', async () => {
  const { user, dialog, chosen, said, button } = await open(plant)
  await user.click(dialog.getByRole('option', { name: /other/ }))
  await user.type(dialog.getByRole('searchbox', { name: 'Narrow the list' }), 'HALL-2/')
  expect(dialog.getAllByRole('option')).toHaveLength(2)
  await user.keyboard('{Shift>}')
  await user.click(dialog.getByRole('option', { name: /hall-2\/a/ }))
  await user.keyboard('{/Shift}')
  expect(chosen()).toEqual(['plant/hall-2/a'])
  await user.click(dialog.getByRole('listbox'))
  await user.keyboard('{Control>}a{/Control}')
  expect(chosen()).toEqual(['plant/hall-2/a', 'plant/hall-2/b'])
  expect(said()).toBe('2 of 5 shown3 selected, 6 B (1 not shown)')
  await user.click(button('Clear 3 selected…'))
  expect(dialog.getByRole('alert').textContent).toMatch(/^Clear 3 retained messages \(6 B\), 1 of them not shown/)
  await user.keyboard('{Enter}')
  await user.type(dialog.getByRole('searchbox', { name: 'Narrow the list' }), '{Escape}')
  expect(dialog.getAllByRole('option')).toHaveLength(5)
})

it('chooses a level and everything below it, and inverts', async () => {
  const { user, list, chosen, said, button } = await open(plant)
  list.focus()
  await user.keyboard('{ArrowDown}')
  await user.click(button('Select by level…'))
  await user.click(await screen.findByRole('menuitem', { name: 'plant/hall-2 and below (2)' }))
  expect(chosen()).toEqual(['plant/hall-2/a', 'plant/hall-2/b'])
  list.focus()
  await user.keyboard('{Control>}i{/Control}')
  expect(said()).toBe('3 selected, 6 B')
  await user.keyboard('{Control>}{Shift>}a{/Shift}{/Control}')
  expect(said()).toBe('')
})

it('draws ranges with Shift and toggles with the space bar', async () => {
  const { user, list, chosen } = await open(plant)
  list.focus()
  await user.keyboard(' {ArrowDown}{ArrowDown}{Shift>}{ArrowDown}{ArrowDown}{ArrowUp}{/Shift}')
  expect(chosen()).toEqual([plant[0], plant[2], plant[3]])
  await user.keyboard(' {End} ')
  expect(chosen()).toEqual([plant[0], plant[2], plant[4]])
})

it('says how old a message is at least, and why, and counts its expiry down', async () => {
  const { dialog } = await open(['a'], { more: { expirySeconds: 3_700 } })
  const age = dialog.getByText('≥ 2 min')
  expect(age.title).toMatch(/^Kept for at least 2 min\.\nThe connection is subscribed since/)
  expect(dialog.getByText('expires in 1 h')).toBeDefined()
})

const working = {
  kind: 'clear',
  total: 2,
  done: 1,
  counts: {},
  error: null,
  cancelled: false,
  stage: 'sending',
} as const

it('fetches nothing while it clears, and says what became of each', async () => {
  let doing: RetainedPage['work'] = working
  const { dialog, button } = await open(['a', 'b'], { page: () => ({ work: doing }) })
  expect(button('Fetch')).toHaveProperty('disabled', true)
  doing = {
    ...working,
    stage: 'ended',
    done: 2,
    counts: {
      cleared: 1,
      unknown: 1,
    },
    error: {
      code: 'connectionClosed',
      message: '',
      values: { host: 'broker' },
    },
  }
  await dialog.findByText(/^Cleared 1 of 2\. 1 sent without an answer: fetch again\./)
  expect(dialog.getByText(/broker closed the connection/)).toBeDefined()
  expect(dialog.queryByText(/Cancelled/)).toBeNull()
  expect(button('Fetch')).toHaveProperty('disabled', false)
})

it('keeps what was listed and chosen when nothing comes of a command, and goes on listing', async () => {
  let phase: RetainedPage['phase'] = 'listing'
  const refuses: Refusable[] = ['retained.clear']
  const { user, dialog, asked, chosen, button } = await open(['a'], {
    page: () => ({ phase }),
    refuses,
    onCancel: () => (phase = 'cancelled'),
  })
  await user.click(dialog.getByRole('option'))
  await user.click(button('Clear 1 selected…'))
  await user.click(button('Clear 1'))
  await dialog.findByRole('alert')
  expect(chosen()).toEqual(['a'])
  const before = asked().length
  await waitFor(() => expect(asked().length).toBeGreaterThan(before + 1))
  await user.click(button('Stop'))
  await dialog.findByText(/^Stopped at 1/)
  refuses.push('retained.list')
  await user.click(button('Fetch'))
  await dialog.findByRole('alert')
  expect(chosen()).toEqual(['a'])
})

it('says that only silence ended the list', async () => {
  const { dialog } = await open(['a'])
  const quiet = dialog.getByText(/nothing more came for 0\.4 s$/)
  expect([quiet.parentElement?.textContent, quiet.title]).toEqual([
    '1 retained message, 2 B · nothing more came for 0.4 s',
    expect.stringContaining('Fetch again'),
  ])
})

it('asks again only when it is asked to, and gives the focus back', async () => {
  const { user, dialog, list, button } = await open(['a', 'b'])
  list.focus()
  await user.keyboard(' ')
  await user.click(button('Clear 1 selected…'))
  await user.keyboard('{Enter}')
  expect(document.activeElement).toBe(list)
  await user.click(button('Clear 1 selected…'))
  await user.click(button('Select none'))
  await user.click(dialog.getByRole('option', { name: /b/ }))
  expect(dialog.queryByRole('alert')).toBeNull()
})

it('counts what is left from when the message came, and an expired one has no age', async () => {
  const { dialog, list } = await open(['a'], { more: { expirySeconds: 60, receivedAt: now - 61_000 } })
  expect(dialog.getByText('has expired')).toBeDefined()
  expect(list.textContent).not.toContain('≥')
})

it('announces nothing while it lists', async () => {
  let phase: RetainedPage['phase'] = 'listing'
  const { dialog } = await open(['a'], { page: () => ({ phase }) })
  expect(dialog.getByText(/so far/).getAttribute('aria-live')).toBe('off')
  expect(dialog.getByRole('status', { name: 'Selection' }).getAttribute('aria-live')).toBe('off')
  phase = 'listed'
  expect((await dialog.findByText(/^1 retained message,/)).getAttribute('aria-live')).toBe('polite')
})

it('lets main go of the listing also where something else closes the window', async () => {
  const { app, asked } = await open(['a'])
  expect(asked()).not.toContain('retained.close')
  act(() => app.get(dialogsState).close())
  expect(screen.queryByRole('dialog')).toBeNull()
  expect(asked().at(-1)).toBe('retained.close')
})

it('draws of many messages those in view and the row the keyboard is at', async () => {
  const { list, user, chosen } = await open(Array.from({ length: 5_000 }, (_, at) => `t/${at}`))
  const shown = () =>
    within(list)
      .getAllByRole('option')
      .map((row) => row.dataset['topic'])
  expect([shown().length, shown().at(-1)]).toEqual([17, 't/16'])
  list.focus()
  await user.keyboard('{End}')
  expect([shown().length, shown().at(-1)]).toEqual([17, 't/4999'])
  list.scrollTop = 24_000
  fireEvent.scroll(list)
  expect([shown()[0], shown().at(-1)]).toEqual(['t/1000', 't/4999'])
  expect(document.getElementById(list.getAttribute('aria-activedescendant') ?? '')?.dataset['topic']).toBe('t/4999')
  await user.keyboard(' ')
  expect(chosen()).toEqual(['t/4999'])
})

const config = (name: string) => `homeassistant/sensor/${name}/config`
const stateOf = (topic: string) => JSON.stringify({ stat_t: topic })

it('shows what speaks against messages of Home Assistant, and lets it be chosen by that', async () => {
  const topics = [config('ghost'), config('lamp'), 'house/lamp', 'house/old', config('broken'), 'plan/b']
  const { dialog, user, button, chosen, said } = await open(topics, {
    configs: {
      [config('ghost')]: stateOf('house/ghost'),
      [config('lamp')]: stateOf('house/lamp'),
      [config('broken')]: '{',
    },
    dialog: { filter: '#', shows: 'homeAssistant' },
  })
  const rows = dialog.getAllByRole('option').map(({ dataset }) => [dataset['topic'], dataset['found']])
  expect(rows).toEqual([
    [config('ghost'), 'silent'],
    [config('broken'), 'unreadable'],
    ['house/old', 'orphan'],
  ])
  const reason = 'Nothing is retained on house/ghost, and nothing came in the 2 min that was listened.'
  expect(dialog.getByTitle(reason)).toBeTruthy()
  expect(dialog.getByRole('status', { name: 'Home Assistant' }).textContent).toBe('3 discovery messages, 3 findings.')
  await user.click(button('Select by level…'))
  await user.click(await screen.findByRole('menuitem', { name: 'Orphan (1)' }))
  expect(chosen()).toEqual(['house/old'])
  await user.click(button('All'))
  expect(said()).toBe('')
  expect(dialog.getAllByRole('option')).toHaveLength(topics.length)
})

it('judges nothing of Home Assistant by a part of what is retained', async () => {
  const { dialog, user, button } = await open([config('ghost')], {
    configs: { [config('ghost')]: stateOf('house/ghost') },
    dialog: { filter: 'homeassistant/#' },
  })
  await user.click(button('Home Assistant'))
  expect(dialog.getByText(/^Only a complete list of # is judged/)).toBeTruthy()
  expect(dialog.queryAllByRole('option')).toEqual([])
})
