import { describe, expect, it, vi } from 'vitest'
import { defaultSettings, type Settings } from '#shared/model/settings'
import { fail, ok, type Result } from '#shared/result'
import { frameOfMessages } from '../model/messageLog/messageLogTesting'
import { openTestWindow, type TestWindowOptions } from '../testing/testWindow'
import { messagesState } from './messages'
import { noticesState } from './notices'
import { settingsState } from './settings'

const windowWith = (options: TestWindowOptions = {}) => {
  const window = openTestWindow(options)
  return {
    ...window,
    setBudget: vi.spyOn(window.app.models, 'setBudget'),
    state: () => window.app.get(settingsState),
    /** How often what the log holds was counted anew. */
    counted: () => window.connection.get(messagesState).revision,
  }
}

describe('saving settings', () => {
  it('takes effect before it is stored, one change upon another', async () => {
    const { main, state, setBudget, counted } = windowWith()
    const first = state().save({ theme: 'dark' })
    const second = state().save({ logBudgetBytes: 64 * 2 ** 20 })
    expect(state().settings).toEqual({ ...defaultSettings, theme: 'dark', logBudgetBytes: 64 * 2 ** 20 })
    expect(setBudget).toHaveBeenCalledExactlyOnceWith({ bytes: 64 * 2 ** 20, rows: null })
    expect(counted()).toBe(1)
    await Promise.all([first, second])
    expect(main.inputsOf('settings.save').at(-1)).toEqual(state().settings)
  })

  it('takes back that secrets may be readable where the person said no outside the window, and nothing else', async () => {
    const { main, state } = windowWith()
    let answer: (saved: Result<Settings>) => void = () => undefined
    main.answer({ 'settings.save': () => new Promise((resolve) => (answer = resolve)) })
    const saved = state().save({ storeSecretsWithoutKeyring: true })
    expect(state().settings.storeSecretsWithoutKeyring).toBe(true)
    main.answer({ 'settings.save': (settings) => ok(settings) })
    void state().save({ theme: 'dark' })
    answer(ok(defaultSettings))
    await saved
    expect(state().settings).toEqual({ ...defaultSettings, theme: 'dark' })
  })

  it('applies bytes and rows of the log together, whichever changes', async () => {
    const { state, connection, receive, setBudget, counted } = windowWith()
    const names = { firstTopicId: 0, newTopics: ['a'], firstMatchSetId: 0, newMatchSets: [[]] }
    receive([
      frameOfMessages(
        1,
        Array.from({ length: 5_100 }, () => ({ topicId: 0, payload: 'x' })),
        names,
      ),
    ])
    await state().save({ logRowLimit: 5_000 })
    expect(setBudget).toHaveBeenCalledExactlyOnceWith({ bytes: defaultSettings.logBudgetBytes, rows: 5_000 })
    expect(connection.get(messagesState).counters).toMatchObject({ kept: 5_000, evicted: 100 })
    const before = counted()
    await state().save({ maximumPacketBytes: 2_048 })
    expect(setBudget).toHaveBeenCalledTimes(1)
    expect(counted()).toBe(before)
  })

  it('tells what could not be stored', async () => {
    const failure = fail('storageFailed', 'Disk full.')
    const { app, state } = windowWith({ answers: { 'settings.save': () => failure } })
    await state().save({ theme: 'dark' })
    expect(app.get(noticesState).all.map(({ content }) => content)).toEqual([{ error: failure.error }])
    expect(state().settings.theme).toBe('dark')
  })
})
