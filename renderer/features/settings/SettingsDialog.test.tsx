import { cleanup, render, screen } from '@testing-library/react'
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
  const state = { settings, saveSettings, systemLanguage: 'en', settingsOpen: true, keyringAvailable: true }
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
  return { saveSettings, enter }
}

describe('the settings of messages', () => {
  it('are saved as they are entered', async () => {
    const { saveSettings, enter } = show()
    await enter('Memory for messages (MB)', '64')
    await enter('Most messages in the log', '50000')
    await enter('Largest packet to accept (MB)', '1.5')
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

  it('name their range beside the field and keep what holds', async () => {
    const { saveSettings, enter } = show()
    await enter('Memory for messages (MB)', '31')
    await enter('Most messages in the log', '12')
    await enter('Largest packet to accept (MB)', '257')
    expect(screen.getAllByRole('alert').map((note) => note.textContent)).toEqual([
      'A whole number from 32 to 4,096.',
      'Empty, or a whole number from 1,000 to 100,000,000.',
      'A number from 0.001 to 256, the most MQTT allows.',
    ])
    expect(saveSettings).not.toHaveBeenCalled()
  })
})
