import { cleanup, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { IntlProvider } from 'use-intl'
import { afterEach, expect, it } from 'vitest'
import { createStore } from 'zustand/vanilla'
import type { HeldMessage } from '#shared/model/delivery'
import type { Qos } from '#shared/model/qos'
import type { SessionStatus } from '#shared/model/session'
import messages from '../../i18n/en/connections.json'
import type { ConnectionModels } from '../../model/connectionModel'
import type { AppState } from '../../store/appStore'
import { AppContext } from '../../store/useApp'
import { HeldMessages } from './HeldMessages'

afterEach(cleanup)

const held: HeldMessage = { sequence: 7, topic: 'forbidden/x', qos: 1, size: 42, packet: 'PUBLISH' }

const show = (given: Partial<HeldMessage> = {}, maximumQos: Qos = 2, phase = 'online') => {
  const calls: unknown[] = []
  const store = createStore<AppState>()(
    () =>
      ({
        dropMessage: (...input: unknown[]) => void calls.push(['drop', ...input]),
        releaseMessage: (...input: unknown[]) => void calls.push(['release', ...input]),
      }) as unknown as AppState,
  )
  const state = { phase, limits: { maximumQos } }
  const session = { connectionId: 'c', state, subscriptions: [], heldMessages: [{ ...held, ...given }] }
  render(
    <AppContext value={{ store, models: {} as ConnectionModels }}>
      <IntlProvider locale="en" messages={{ connections: messages }}>
        <HeldMessages session={session as unknown as SessionStatus} />
      </IntlProvider>
    </AppContext>,
  )
  const list = within(screen.getByRole('list', { name: 'Messages held back' }))
  const offers = list.getAllByRole('button').map(({ textContent }) => textContent)
  return { calls, list, offers }
}

it('offers to drop a message that is held, to send it again, and to send it with another QoS', async () => {
  const { calls, list, offers } = show()
  expect(list.getByText(/right after PUBLISH to forbidden\/x \(QoS 1, 42 bytes\)/)).toBeDefined()
  expect(offers).toEqual(['Drop the message', 'Send again', 'Send with QoS 0', 'Send with QoS 2'])
  for (const name of offers) await userEvent.click(list.getByRole('button', { name }))
  expect(calls).toEqual([
    ['drop', 'c', 7],
    ['release', 'c', 7, null],
    ['release', 'c', 7, 0],
    ['release', 'c', 7, 2],
  ])
})

it.each([
  ['the broker takes a lower QoS only', {}, 1, 'online', ['Send with QoS 0']],
  ['the broker has the message already', { packet: 'PUBREL' }, 2, 'online', []],
  ['there is no connection', {}, 2, 'waiting', []],
] as const)('offers no QoS that does not work: %s', (...[, given, maximumQos, phase, others]) => {
  expect(show(given, maximumQos, phase).offers).toEqual(['Drop the message', 'Send again', ...others])
})
