import { cleanup, render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { IntlProvider } from 'use-intl'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { defaultSettings, type Settings } from '#shared/model/settings'
import messages from '../../i18n/en/settings.json'
import { createConnectionModels } from '../../model/connectionModel'
import type { AppState } from '../../store/appStore'
import { AppContext } from '../../store/useApp'
import { SettingsDialog } from './SettingsDialog'

afterEach(cleanup)

const show = (given: Partial<Settings> = {}) => {
  const saveSettings = vi.fn((change: Partial<Settings>) => {
    store.setState({ settings: { ...store.getState().settings, ...change } })
    return Promise.resolve()
  })
  const settings = { ...defaultSettings, ...given }
  const closeSettings = vi.fn(() => store.setState({ settingsOpen: false }))
  const state = {
    settings,
    saveSettings,
    closeSettings,
    systemLanguage: 'en',
    settingsOpen: true,
    keyringAvailable: true,
  }
  const store = createStore<AppState>()(() => state as unknown as AppState)
  render(
    <AppContext value={{ store, models: createConnectionModels({ bytes: 2 ** 25, rows: null }) }}>
      <IntlProvider locale="en" messages={{ settings: messages }}>
        <SettingsDialog />
      </IntlProvider>
    </AppContext>,
  )
  const enter = async (label: string, text: string) => {
    const field = screen.getByLabelText(label)
    await userEvent.clear(field)
    await userEvent.type(field, text === '' ? '{Enter}' : `${text}{Enter}`)
  }
  return { saveSettings, closeSettings, enter }
}

describe('the settings of messages', () => {
  it('are saved as they are entered', async () => {
    const { saveSettings, enter } = show()
    await enter('Memory for messages (MiB)', '64')
    await enter('Most messages in the log', '50000')
    await enter('Largest packet to accept (MiB)', '1.5')
    expect(saveSettings.mock.calls).toEqual([
      [{ logBudgetBytes: 64 * 2 ** 20 }],
      [{ logRowLimit: 50_000 }],
      [{ maximumPacketBytes: 1.5 * 2 ** 20 }],
    ])
  })

  it('have no row limit where the field is empty', async () => {
    const { saveSettings, enter } = show({ logRowLimit: 5_000 })
    await enter('Most messages in the log', '')
    expect(saveSettings.mock.calls).toEqual([[{ logRowLimit: null }]])
  })

  it.each(['Escape', 'Done'])('are saved by %s where one was typed and not entered', async (way) => {
    const { saveSettings, closeSettings } = show()
    const field = screen.getByLabelText('Memory for messages (MiB)')
    // The dialog takes the focus a moment after it opened; a field would be left by that.
    await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Theme')))
    await userEvent.clear(field)
    await userEvent.type(field, '64')
    expect(saveSettings).not.toHaveBeenCalled()
    if (way === 'Escape') await userEvent.keyboard('{Escape}')
    else await userEvent.click(screen.getByRole('button', { name: 'Done' }))
    // The dialog may go a moment after it was closed, and its fields with it.
    await waitFor(() => expect(saveSettings.mock.calls).toEqual([[{ logBudgetBytes: 64 * 2 ** 20 }]]))
    expect(closeSettings).toHaveBeenCalledOnce()
  })

  it('keep the dialog open on Done while one is wrong, and are discarded by Escape', async () => {
    const { saveSettings, closeSettings } = show()
    const field = screen.getByLabelText('Memory for messages (MiB)')
    await userEvent.clear(field)
    await userEvent.type(field, '3')
    await userEvent.click(screen.getByRole('button', { name: 'Done' }))
    expect(closeSettings).not.toHaveBeenCalled()
    expect(document.activeElement).toBe(field)
    await userEvent.keyboard('{Escape}')
    expect(closeSettings).toHaveBeenCalledOnce()
    expect(saveSettings).not.toHaveBeenCalled()
  })

  it('are not changed by passing over them', async () => {
    const { saveSettings } = show({ logBudgetBytes: 64 * 2 ** 20 + 1, maximumPacketBytes: 1_234_567 })
    await userEvent.click(screen.getByLabelText('Memory for messages (MiB)'))
    await userEvent.tab()
    await userEvent.click(screen.getByLabelText('Largest packet to accept (MiB)'))
    await userEvent.tab()
    expect(saveSettings).not.toHaveBeenCalled()
  })

  it('name their range beside the field and keep what holds', async () => {
    const { saveSettings, enter } = show()
    await enter('Memory for messages (MiB)', '31')
    await enter('Most messages in the log', '12')
    await enter('Largest packet to accept (MiB)', '257')
    expect(screen.getAllByRole('alert').map((note) => note.textContent)).toEqual([
      'A whole number from 32 to 4,096.',
      'Empty, or a whole number from 1,000 to 100,000,000.',
      'A number from 0.001 to 256, the most MQTT allows.',
    ])
    expect(saveSettings).not.toHaveBeenCalled()
  })
})
