import { cleanup, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it } from 'vitest'
import { defaultSettings, type Settings } from '#shared/model/settings'
import { openTestWindow } from '../../testing/testWindow'
import { SettingsDialog } from './SettingsDialog'
import { settingsDialogState } from './settingsDialogState'

afterEach(cleanup)

const show = (given: Partial<Settings> = {}) => {
  const settings = { ...defaultSettings, ...given }
  const window = openTestWindow({ snapshot: { settings } })
  window.app.get(settingsDialogState).show()
  window.render(<SettingsDialog />)
  // The dialog takes the focus a moment after it opened; a field would be left by that.
  const hasOpened = () => waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Theme')))
  const enter = async (label: string, text: string) => {
    const field = screen.getByLabelText(label)
    await userEvent.clear(field)
    await userEvent.type(field, text === '' ? '{Enter}' : `${text}{Enter}`)
  }
  return {
    saved: () => window.main.inputsOf('settings.save'),
    isOpen: () => window.app.get(settingsDialogState).open,
    settings,
    hasOpened,
    enter,
  }
}

describe('the settings of messages', () => {
  it('are saved as they are entered', async () => {
    const { saved, settings, hasOpened, enter } = show()
    await hasOpened()
    await enter('Memory for messages (MiB)', '64')
    await enter('Most messages in the log', '50000')
    await enter('Largest packet to accept (MiB)', '1.5')
    const first = { ...settings, logBudgetBytes: 64 * 2 ** 20 }
    const second = { ...first, logRowLimit: 50_000 }
    expect(saved()).toEqual([first, second, { ...second, maximumPacketBytes: 1.5 * 2 ** 20 }])
  })

  it('have no row limit where the field is empty', async () => {
    const { saved, settings, hasOpened, enter } = show({ logRowLimit: 5_000 })
    await hasOpened()
    await enter('Most messages in the log', '')
    expect(saved()).toEqual([{ ...settings, logRowLimit: null }])
  })

  it.each(['Escape', 'Done'])('are saved by %s where one was typed and not entered', async (way) => {
    const { saved, isOpen, settings, hasOpened } = show()
    const field = screen.getByLabelText('Memory for messages (MiB)')
    await hasOpened()
    await userEvent.clear(field)
    await userEvent.type(field, '64')
    expect(saved()).toEqual([])
    if (way === 'Escape') await userEvent.keyboard('{Escape}')
    else await userEvent.click(screen.getByRole('button', { name: 'Done' }))
    // The dialog may go a moment after it was closed, and its fields with it.
    await waitFor(() => expect(saved()).toEqual([{ ...settings, logBudgetBytes: 64 * 2 ** 20 }]))
    expect(isOpen()).toBe(false)
  })

  it('keep the dialog open on Done while one is wrong, and are discarded by Escape', async () => {
    const { saved, isOpen } = show()
    const field = screen.getByLabelText('Memory for messages (MiB)')
    await userEvent.clear(field)
    await userEvent.type(field, '3')
    await userEvent.click(screen.getByRole('button', { name: 'Done' }))
    expect(isOpen()).toBe(true)
    expect(document.activeElement).toBe(field)
    await userEvent.keyboard('{Escape}')
    expect(isOpen()).toBe(false)
    expect(saved()).toEqual([])
  })

  it('are not changed by passing over them', async () => {
    const { saved } = show({ logBudgetBytes: 64 * 2 ** 20 + 1, maximumPacketBytes: 1_234_567 })
    await userEvent.click(screen.getByLabelText('Memory for messages (MiB)'))
    await userEvent.tab()
    await userEvent.click(screen.getByLabelText('Largest packet to accept (MiB)'))
    await userEvent.tab()
    expect(saved()).toEqual([])
  })

  it('name their range beside the field and keep what holds', async () => {
    const { saved, enter } = show()
    await enter('Memory for messages (MiB)', '31')
    await enter('Most messages in the log', '12')
    await enter('Largest packet to accept (MiB)', '257')
    expect(screen.getAllByRole('alert').map((note) => note.textContent)).toEqual([
      'A whole number from 32 to 4,096.',
      'Empty, or a whole number from 1,000 to 100,000,000.',
      'A number from 0.001 to 256, the most MQTT allows.',
    ])
    expect(saved()).toEqual([])
  })
})
