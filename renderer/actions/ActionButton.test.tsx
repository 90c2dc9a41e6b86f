import { act, cleanup, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it } from 'vitest'
import { logViewState } from '../state/logView'
import { messagesState } from '../state/messages'
import { openTestWindow } from '../testing/testWindow'
import { ActionButton } from './ActionButton'

afterEach(cleanup)

describe('the button of an action', () => {
  it('is named as buttons are, with the shortcut in its tooltip', async () => {
    const { app, render } = openTestWindow()
    render(<ActionButton id="clearMessages" on="window" subject={app} />)
    const button = screen.getByRole('button', { name: 'Clear messages' })
    await userEvent.setup().hover(button)
    expect(await screen.findByText('Clear messages (Ctrl+Shift+Delete)')).toBeDefined()
  })

  it('follows the state of the window and of the connection', () => {
    const { app, connection, render } = openTestWindow()
    render(
      <>
        <ActionButton id="pauseMessages" on="window" subject={app} />
        <ActionButton id="connection.retained" on="connection" subject={connection} variant="plain" />
        <ActionButton id="messages.clearFilters" on="window" subject={app} />
      </>,
    )
    const pause = screen.getByRole('button', { name: 'Pause' })
    expect(pause.getAttribute('aria-pressed')).toBe('false')
    expect(screen.getByRole('button', { name: 'Retained messages…' })).toHaveProperty('disabled', true)
    expect(screen.queryByRole('button', { name: 'Clear filters' })).toBeNull()
    act(() => {
      connection.get(messagesState).togglePause()
      connection.get(logViewState).changeQuery('a')
    })
    expect(pause.getAttribute('aria-pressed')).toBe('true')
    expect(screen.getByRole('button', { name: 'Clear filters' })).toBeDefined()
  })

  it('carries its action out', async () => {
    const { app, connection, render } = openTestWindow()
    render(<ActionButton id="pauseMessages" on="window" subject={app} />)
    await userEvent.setup().click(screen.getByRole('button', { name: 'Pause' }))
    expect(connection.get(messagesState).pausedAt).not.toBeNull()
  })
})
