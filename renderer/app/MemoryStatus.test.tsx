import { act, cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { IntlProvider } from 'use-intl'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { ok } from '#shared/result'
import messages from '../i18n/en/app.json'
import type { Api } from '../ipc/api'
import { createConnectionModels } from '../model/connectionModel'
import { frameOfMessages } from '../model/messageLog/messageLogTesting'
import type { AppState } from '../store/appStore'
import { AppContext } from '../store/useApp'
import { createWindowSlice } from '../store/windowSlice'
import { formatBytes } from '../ui/format'
import { MemoryStatus } from './MemoryStatus'

afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

const megabytes = (count: number) => count * 2 ** 20

const show = () => {
  const models = createConnectionModels({ bytes: megabytes(64), rows: null })
  models.apply(frameOfMessages(1, [{ topicId: 0, payload: 'x'.repeat(1_000) }], { firstTopicId: 0, newTopics: ['a'] }))
  const processes = { main: megabytes(200), window: megabytes(100), graphics: megabytes(50), other: megabytes(10) }
  const held = {
    inbox: { bytes: megabytes(3), limitBytes: megabytes(256) },
    payloads: { bytes: megabytes(100), limitBytes: megabytes(64) },
  }
  const invoke = vi.fn(() => Promise.resolve(ok({ processes, held })))
  const tools = { api: { invoke } as unknown as Api, models }
  const createSlice = createWindowSlice({ windowHidden: false })
  const store = createStore<AppState>()((set, get) => createSlice(set, get, tools) as unknown as AppState)
  render(
    <AppContext value={{ store, models }}>
      <IntlProvider locale="en" messages={{ app: messages }}>
        <MemoryStatus />
      </IntlProvider>
    </AppContext>,
  )
  return { store, invoke, models }
}

describe('memory in the status bar', () => {
  it('tells the total, and every part to the keyboard as to the mouse', async () => {
    const { models } = show()
    const total = await screen.findByRole('button', { name: 'Memory 360 MiB' })
    const inLogs = models.memory().bytes
    expect(inLogs).toBeGreaterThan(1_000)
    const parts = [
      'Main process: 200 MiB',
      'Messages waiting for the window: 3.0 MiB of 256 MiB',
      'Large payloads, whole: 100 MiB of 64 MiB',
      'Window: 100 MiB',
      `Messages in the logs: ${formatBytes(inLogs)} of 64 MiB`,
      'Graphics: 50 MiB',
      'Other processes: 10 MiB',
    ]
    expect(document.getElementById(total.getAttribute('aria-describedby') ?? '')?.textContent).toBe(parts.join('; '))
    await userEvent.tab()
    expect(document.activeElement).toBe(total)
    expect(await screen.findByText('3.0 MiB of 256 MiB', { selector: 'dd' })).toBeDefined()
  })

  it('is measured every few seconds, and not while the window is hidden', async () => {
    vi.useFakeTimers()
    const { store, invoke } = show()
    const wait = (milliseconds: number) => act(() => vi.advanceTimersByTimeAsync(milliseconds))
    await wait(9_500)
    expect(invoke).toHaveBeenCalledTimes(4)
    act(() => store.getState().receiveWindowHidden(true))
    await wait(60_000)
    expect(invoke).toHaveBeenCalledTimes(4)
    act(() => store.getState().receiveWindowHidden(false))
    await wait(0)
    expect(invoke).toHaveBeenCalledTimes(5)
  })
})
