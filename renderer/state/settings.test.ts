import { describe, expect, it, vi } from 'vitest'
import { createStore } from 'zustand/vanilla'
import type { Snapshot } from '#shared/contract'
import { defaultSettings, type Settings } from '#shared/model/settings'
import { fail, ok } from '#shared/result'
import type { AppState } from '../../store/appStore'
import type { SliceTools } from '../../store/sliceCreator'
import { createSettingsSlice } from './settingsSlice'

const asAsked = (_name: string, settings: unknown) => Promise.resolve(ok(settings) as unknown)
const windowWith = (invoke = vi.fn(asAsked)) => {
  const others = {
    activeConnectionId: 'one',
    clearMessages: vi.fn(),
    openProfileForm: vi.fn(),
    receiveNotice: vi.fn(),
    recountKept: vi.fn(),
  }
  const setBudget = vi.fn()
  const tools = { api: { invoke, onEvent: vi.fn() }, models: { setBudget } } as unknown as SliceTools
  const snapshot = { settings: defaultSettings, systemLanguage: 'en', keyringAvailable: false } as unknown as Snapshot
  const store = createStore<AppState>()(
    (set, get) => ({ ...createSettingsSlice(snapshot)(set, get, tools), ...others }) as unknown as AppState,
  )
  return { app: () => store.getState(), others, setBudget, invoke }
}

describe('saveSettings', () => {
  it('takes effect before it is stored, one change upon another', async () => {
    const { app, invoke, setBudget, others } = windowWith()
    const first = app().saveSettings({ theme: 'dark' })
    const second = app().saveSettings({ logBudgetBytes: 64 * 2 ** 20 })
    expect(app().settings).toEqual({ ...defaultSettings, theme: 'dark', logBudgetBytes: 64 * 2 ** 20 })
    expect(setBudget).toHaveBeenCalledExactlyOnceWith({ bytes: 64 * 2 ** 20, rows: null })
    expect(others.recountKept).toHaveBeenCalledExactlyOnceWith()
    await Promise.all([first, second])
    expect(invoke).toHaveBeenLastCalledWith('settings.save', app().settings)
  })

  it('takes back that secrets may be readable where the person said no outside the window, and nothing else', async () => {
    let answer: (settings: Settings) => void = () => undefined
    const asked = () => new Promise((resolve) => (answer = (settings) => resolve(ok(settings))))
    const { app } = windowWith(vi.fn(asked))
    const saved = app().saveSettings({ storeSecretsWithoutKeyring: true })
    expect(app().settings.storeSecretsWithoutKeyring).toBe(true)
    const refuse = answer
    void app().saveSettings({ theme: 'dark' })
    refuse(defaultSettings)
    await saved
    expect(app().settings).toEqual({ ...defaultSettings, theme: 'dark' })
  })

  it('applies bytes and rows of the log together, whichever changes', async () => {
    const { app, setBudget, others } = windowWith()
    await app().saveSettings({ logRowLimit: 5_000 })
    expect(setBudget).toHaveBeenCalledExactlyOnceWith({ bytes: defaultSettings.logBudgetBytes, rows: 5_000 })
    expect(others.recountKept).toHaveBeenCalledExactlyOnceWith()
    await app().saveSettings({ maximumPacketBytes: 2_048 })
    expect(setBudget).toHaveBeenCalledTimes(1)
  })

  it('tells what could not be stored', async () => {
    const failure = fail('storageFailed', 'Disk full.')
    const { app, others } = windowWith(vi.fn(() => Promise.resolve(failure as unknown)))
    await app().saveSettings({ theme: 'dark' })
    expect(others.receiveNotice).toHaveBeenCalledExactlyOnceWith(failure.error)
    expect(app().settings.theme).toBe('dark')
  })
})

describe('receiveMenuAction', () => {
  it('opens the settings and the form of a new connection', () => {
    const { app, others } = windowWith()
    app().receiveMenuAction('settings')
    app().receiveMenuAction('newConnection')
    expect(app().settingsOpen).toBe(true)
    expect(others.openProfileForm).toHaveBeenCalledExactlyOnceWith('new')
  })

  it('clears the messages of the connection in view', () => {
    const { app, others } = windowWith()
    app().receiveMenuAction('clearMessages')
    expect(others.clearMessages).toHaveBeenCalledExactlyOnceWith('one')
  })

  it('asks for the focus anew each time', () => {
    const { app } = windowWith()
    app().receiveMenuAction('find')
    const first = app().focusRequest
    app().receiveMenuAction('find')
    expect(first?.target).toBe('find')
    expect(app().focusRequest?.at).toBeGreaterThan(first?.at ?? 0)
  })
})
