import { cleanup, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { IntlProvider } from 'use-intl'
import { afterEach, beforeAll, expect, it, vi } from 'vitest'
import { createStore } from 'zustand/vanilla'
import type { RetainedPage } from '#shared/model/retained'
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
  Object.defineProperty(HTMLElement.prototype, 'offsetHeight', { configurable: true, get: () => 400 })
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

const entries = ['a', 'b', 'c'].map((topic) => ({ topic, size: 2, qos: 1 as const, expirySeconds: null }))

it('lists, asks before it clears what is chosen, and puts it back', async () => {
  let cleared: readonly number[] = []
  const asked: string[] = []
  const page = (from: number): RetainedPage => ({
    ...{ phase: 'listed', error: null, total: 3, bytes: 6, cut: null, entries: entries.slice(from) },
    ...{ changes: cleared.map((place) => ({ place, fate: 'cleared' as const })), work: null },
    undoable: cleared.length,
  })
  const invoke = (name: string, input: { from: number; places: readonly number[] }) => {
    asked.push(name)
    if (name === 'retained.clear') cleared = input.places
    return Promise.resolve(ok(name === 'retained.read' ? page(input.from) : null))
  }
  const models = {} as ConnectionModels
  const store = createStore<AppState>()((set, get) => ({
    ...({} as AppState),
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
  const user = userEvent.setup()
  const dialog = within(await screen.findByRole('dialog'))
  expect(await dialog.findByText('3 retained messages, 6 B')).toBeDefined()
  await user.click(dialog.getByRole('button', { name: 'Select all' }))
  await user.click(dialog.getByRole('button', { name: 'Clear 3 selected…' }))
  expect(asked).not.toContain('retained.clear')
  expect(dialog.getByRole('alert').textContent).toMatch(/^Clear 3 retained messages \(6 B\), beginning with a\?/)
  await user.click(dialog.getByRole('button', { name: 'Clear 3' }))
  await waitFor(() => expect(cleared).toEqual([0, 1, 2]))
  await user.click(await dialog.findByRole('button', { name: 'Undo (3)' }))
  await user.click(dialog.getByRole('button', { name: 'Close' }))
  expect(asked).toContain('retained.undo')
  expect(asked.at(-1)).toBe('retained.close')
})
