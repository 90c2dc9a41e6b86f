import { act, cleanup, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { ok } from '#shared/result'
import { frameOfMessages } from '../model/messageLog/messageLogTesting'
import { windowState } from '../state/windowState'
import { openTestWindow } from '../testing/testWindow'
import { formatBytes } from '../ui/format'
import { MemoryStatus } from './MemoryStatus'

afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

const megabytes = (count: number) => count * 2 ** 20

const show = () => {
  const processes = { main: megabytes(200), window: megabytes(100), graphics: megabytes(50), other: megabytes(10) }
  const held = {
    inbox: { bytes: megabytes(3), limitBytes: megabytes(256) },
    payloads: { bytes: megabytes(100), limitBytes: megabytes(64) },
  }
  const window = openTestWindow({
    budgetBytes: megabytes(64),
    answers: { 'app.memory': () => ok({ processes, shared: 'divided', held }) },
  })
  window.receive([
    frameOfMessages(1, [{ topicId: 0, payload: 'x'.repeat(1_000) }], { firstTopicId: 0, newTopics: ['a'] }),
  ])
  window.render(<MemoryStatus />)
  return window
}

describe('memory in the status bar', () => {
  it('tells the total, and every part to the keyboard as to the mouse', async () => {
    const { app } = show()
    const total = await screen.findByRole('button', { name: 'Memory 360 MiB' })
    const inLogs = app.models.memory().bytes
    expect(inLogs).toBeGreaterThan(1_000)
    const parts = [
      'Main process: 200 MiB',
      'Messages waiting for the window: 3.0 MiB of 256 MiB',
      'Large payloads, whole: 100 MiB of 64 MiB',
      'Window: 100 MiB',
      `Messages in the logs: ${formatBytes(inLogs)} of 64 MiB`,
      'Graphics: 50 MiB',
      'Other processes: 10 MiB',
      'Memory that processes share is divided among them.',
    ]
    expect(document.getElementById(total.getAttribute('aria-describedby') ?? '')?.textContent).toBe(parts.join('; '))
    await userEvent.tab()
    expect(document.activeElement).toBe(total)
    expect(await screen.findByText('3.0 MiB of 256 MiB', { selector: 'dd' })).toBeDefined()
  })

  it('is measured every few seconds, and not while the window is hidden', async () => {
    vi.useFakeTimers()
    const { app, main } = show()
    const wait = (milliseconds: number) => act(() => vi.advanceTimersByTimeAsync(milliseconds))
    const measured = () => main.inputsOf('app.memory').length
    await wait(35_000)
    expect(measured()).toBe(4)
    act(() => app.get(windowState).receiveHidden(true))
    await wait(60_000)
    expect(measured()).toBe(4)
    act(() => app.get(windowState).receiveHidden(false))
    await wait(0)
    expect(measured()).toBe(5)
  })

  it.each([true, false])('starts as the main process knows it (hidden: %s)', (windowHidden) => {
    expect(openTestWindow({ snapshot: { windowHidden } }).app.get(windowState).hidden).toBe(windowHidden)
  })
})
