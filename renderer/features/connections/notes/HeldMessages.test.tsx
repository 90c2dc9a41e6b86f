import { cleanup, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, it } from 'vitest'
import type { HeldMessage } from '#shared/model/delivery'
import { failureFrom } from '#shared/model/failureTesting'
import type { Qos } from '#shared/model/qos'
import { sessionState } from '../../../state/session'
import { noLimits, onlineSession, openTestWindow } from '../../../testing/testWindow'
import { HeldMessages } from './HeldMessages'

afterEach(cleanup)

const held: HeldMessage = { sequence: 7, topic: 'forbidden/x', qos: 1, size: 42, packet: 'PUBLISH' }

const online = (maximumQos: Qos) => onlineSession({ limits: { ...noLimits, maximumQos } })
const reason = failureFrom({ code: 'connectionReset', message: 'ECONNRESET' })
const waiting = { phase: 'waiting', attempt: 1, nextTryAt: 0, reason } as const

const show = (given: Partial<HeldMessage> = {}, state: typeof waiting | ReturnType<typeof online> = online(2)) => {
  const { connection, main, render } = openTestWindow()
  const heldMessages = [{ ...held, ...given }]
  connection.get(sessionState).receive({ connectionId: 'c', state, subscriptions: [], heldMessages })
  render(<HeldMessages />)
  const list = within(screen.getByRole('list', { name: 'Messages held back' }))
  const offers = list.getAllByRole('button').map(({ textContent }) => textContent)
  return { main, list, offers }
}

it('offers to drop a message that is held, to send it again, and to send it with another QoS', async () => {
  const { main, list, offers } = show()
  expect(list.getByText(/right after PUBLISH to forbidden\/x \(QoS 1, 42 bytes\)/)).toBeDefined()
  expect(offers).toEqual(['Drop the message', 'Send again', 'Send with QoS 0', 'Send with QoS 2'])
  for (const name of offers) await userEvent.click(list.getByRole('button', { name }))
  const message = { connectionId: 'c', sequence: 7 }
  expect(main.asked).toEqual([
    { name: 'message.drop', input: message },
    ...[null, 0, 2].map((qos) => ({ name: 'message.release', input: { ...message, qos } })),
  ])
})

it.each([
  ['the broker takes a lower QoS only', {}, online(1), ['Send with QoS 0']],
  ['the broker has the message already', { packet: 'PUBREL' }, online(2), []],
  ['there is no connection', {}, waiting, []],
] as const)('offers no QoS that does not work: %s', (...[, given, state, others]) => {
  expect(show(given, state).offers).toEqual(['Drop the message', 'Send again', ...others])
})
