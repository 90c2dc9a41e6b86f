import { act, cleanup, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it } from 'vitest'
import { fail } from '#shared/result'
import { dialogsState } from '../../state/dialogs'
import { noticesState } from '../../state/notices'
import { noLimits, onlineSession, openTestWindow } from '../../testing/testWindow'
import { ClearRetainedDialog } from './ClearRetainedDialog'

afterEach(cleanup)

const ask = (limits = noLimits) => {
  const opened = openTestWindow({ session: onlineSession({ limits }) })
  const { app, connection, main } = opened
  opened.render(<ClearRetainedDialog />)
  act(() => app.get(dialogsState).show(connection, { kind: 'clearRetained', topic: 'plant/1' }))
  const dialog = within(screen.getByRole('dialog', { name: 'Clear the retained message?' }))
  return {
    ...opened,
    dialog,
    confirm: () => userEvent.click(dialog.getByRole('button', { name: 'Clear' })),
    published: () => main.inputsOf('message.publish'),
  }
}

describe('clearing a retained message', () => {
  it('clears a retained message only after it was confirmed, and names the topic', async () => {
    const { app, dialog, confirm, published } = ask()
    expect(dialog.getByText('plant/1')).toBeTruthy()
    expect(published()).toEqual([])
    await confirm()
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(app.get(noticesState).all).toMatchObject([
      { content: { text: expect.stringContaining('plant/1') as string } },
    ])
  })

  it('publishes an empty retained message with QoS 1 after it was confirmed', async () => {
    const { app, confirm, published } = ask()
    await confirm()
    expect(published()).toEqual([
      { connectionId: 'c', topic: 'plant/1', payload: new Uint8Array(), qos: 1, retain: true, properties: {} },
    ])
    expect(app.get(dialogsState).shown).toBeNull()
  })

  it('publishes it with QoS 0 where the server allows no more', async () => {
    const { confirm, published } = ask({ ...noLimits, maximumQos: 0 })
    await confirm()
    expect(published()).toMatchObject([{ qos: 0 }])
  })

  it('goes on asking where the broker refused', async () => {
    const { app, main, dialog, confirm } = ask()
    main.answer({ 'message.publish': () => fail('publishRefused', 'Refused.', { reasonCode: 0x87 }) })
    await confirm()
    expect((await dialog.findByRole('alert')).textContent).toBe('The broker refused the message: 0x87.')
    expect(app.get(dialogsState).shown?.dialog).toEqual({ kind: 'clearRetained', topic: 'plant/1' })
  })
})
