import { cleanup, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { IntlProvider } from 'use-intl'
import { afterEach, beforeAll, expect, it, vi } from 'vitest'
import { createStore } from 'zustand/vanilla'
import type { RetainedEntry, RetainedPage } from '#shared/model/retained'
import type { SubscriptionStatus } from '#shared/model/subscription'
import { ok } from '#shared/result'
import messages from '../../i18n/en/retained.json'
import ui from '../../i18n/en/ui.json'
import type { Api } from '../../ipc/api'
import type { ConnectionModels } from '../../model/connectionModel'
import type { AppState } from '../../store/appStore'
import { AppContext } from '../../store/useApp'
import { RetainedDialog } from './RetainedDialog'
import { createRetainedSlice } from './retainedSlice'

beforeAll(() => {
  // jsdom has no layout.
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, get: () => 400 })
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe = () => undefined
      unobserve = () => undefined
      disconnect = () => undefined
    },
  )
})
afterEach(cleanup)

const granted: SubscriptionStatus = {
  subscription: { id: '#', filter: '#', qos: 0, colour: 'blue', alias: '', enabled: true, muted: false },
  state: { phase: 'granted', qos: 0, since: Date.now() - 125_000 },
}

const open = async (topics: readonly string[], more: Partial<RetainedEntry> = {}) => {
  const entries = topics.map((topic) => ({
    topic,
    size: 2,
    qos: 1 as const,
    expirySeconds: null,
    fingerprint: 0,
    ...more,
  }))
  const cleared: number[] = []
  const asked: string[] = []
  const page = (from: number): RetainedPage => ({
    ...{ phase: 'listed', error: null, total: entries.length, bytes: 2 * entries.length, cut: null },
    ...{ entries: entries.slice(from), work: null, undoable: cleared.length },
    changes: cleared.map((place) => ({ place, fate: 'cleared' as const })),
  })
  const invoke = (name: string, input: { from: number; places: readonly number[] }) => {
    asked.push(name)
    if (name === 'retained.clear') cleared.push(...input.places)
    return Promise.resolve(ok(name === 'retained.read' ? page(input.from) : null))
  }
  const heard = { tree: { find: () => null, heardSince: () => 0 }, skipped: { lastAt: () => 0 } }
  const models = { of: () => heard } as unknown as ConnectionModels
  const store = createStore<AppState>()((set, get) => ({
    ...({ counters: {}, sessions: { c: { subscriptions: [granted] } } } as unknown as AppState),
    ...createRetainedSlice(set, get, { api: { invoke } as unknown as Api, models }),
  }))
  store.getState().showRetained('c', 'a/#')
  render(
    <IntlProvider locale="en" timeZone="UTC" messages={{ retained: messages, ui, errors: {} }}>
      <AppContext value={{ store, models }}>
        <RetainedDialog />
      </AppContext>
    </IntlProvider>,
  )
  const dialog = within(await screen.findByRole('dialog'))
  await dialog.findByText(`${topics.length} retained messages, ${2 * topics.length} B`)
  const list = dialog.getByRole('listbox')
  await within(list).findAllByRole('option')
  return {
    ...{ dialog, list, asked, cleared, user: userEvent.setup() },
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
  expect(asked).not.toContain('retained.clear')
  expect(dialog.getByRole('alert').textContent).toMatch(/^Clear 3 retained messages \(6 B\), beginning with a\?/)
  await user.click(button('Clear 3'))
  await waitFor(() => expect(cleared).toEqual([0, 1, 2]))
  await user.click(await dialog.findByRole('button', { name: 'Undo (3)' }))
  await user.click(button('Close'))
  expect(asked).toContain('retained.undo')
  expect(asked.at(-1)).toBe('retained.close')
})

const plant = ['plant/hall-1/a', 'plant/hall-2/a', 'plant/hall-2/b', 'plant/hall-20/a', 'other']

it('narrows what was listed; what is chosen stays chosen, and is told before it is cleared', async () => {
  const { user, dialog, chosen, said, button } = await open(plant)
  await user.click(dialog.getByRole('option', { name: /other/ }))
  await user.type(dialog.getByRole('searchbox', { name: 'Narrow the list' }), 'HALL-2/')
  expect(dialog.getAllByRole('option')).toHaveLength(2)
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
  const { dialog } = await open(['a'], { expirySeconds: 3_700 })
  const age = dialog.getByText('≥ 2 min')
  expect(age.title).toMatch(/^Kept for at least 2 min\.\nThe connection is subscribed since/)
  expect(dialog.getByText('expires in 1 h')).toBeDefined()
})
