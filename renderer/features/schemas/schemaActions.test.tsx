import { act, cleanup, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, it } from 'vitest'
import type { AnyAction, Subjects } from '../../actions/action'
import type { PayloadRule } from '#shared/model/payloadRule'
import { frameOfMessages } from '../../model/messageLog/messageLogTesting'
import { payloadRulesState } from '../../state/payloadRules'
import { openTestWindow } from '../../testing/testWindow'
import { RuleDialog } from './RuleDialog'
import { schemaActions } from './schemaActions'

afterEach(cleanup)

const topics = ['plant/1/t', 'plant/2/t', 'plant/2/u']
const payload = Uint8Array.from([0xa1, 0x61, 0x74, 0x18, 0x2a])

/** A window with messages in CBOR, and what the action is done to. */
const open = (rules: readonly PayloadRule[]) => {
  const window = openTestWindow({ snapshot: { payloadRules: rules } })
  const messages = topics.map((_, topicId) => ({ topicId, payload }))
  window.receive([frameOfMessages(1, messages, { firstTopicId: 0, newTopics: topics })])
  window.render(<RuleDialog />)
  const message = window.connection.model.log.latestOf('plant/1/t')
  if (!message) throw new Error('The message is in the log.')
  return { ...window, subject: { connection: window.connection, message } }
}

const isOnMessage = (action: AnyAction): action is Extract<AnyAction, { on: 'message' }> => action.on === 'message'

const decodeLikeThis = (subject: Subjects['message']) => {
  const action = schemaActions.find(isOnMessage)
  act(() => {
    if (action && 'run' in action) action.run(subject)
  })
}

it('opens a rule with a filter for topics like that of the message, and shows it decoded meanwhile', async () => {
  const { app, subject } = open([{ id: 'all', connectionId: 'c', filter: 'plant/2/#', decoder: 'json' }])
  decodeLikeThis(subject)
  const filter = await screen.findByRole<HTMLInputElement>('textbox', { name: 'Topic filter' })
  expect(filter.value).toBe('plant/+/t')
  const status = () => screen.getByRole('status').textContent
  expect(status()).toBe('It would take 1 topic seen: plant/1/t 1 more matches, but a rule before it takes it.')
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Decoder' }), 'cbor')
  const shown = await screen.findByRole('group', { name: 'Decoded payload' })
  await waitFor(() => expect(shown.textContent).toBe('{\n  "t": 42\n}'))
  await userEvent.click(screen.getByRole('button', { name: 'plant/1/#' }))
  expect(filter.value).toBe('plant/1/#')
  await userEvent.click(screen.getByRole('button', { name: 'Save' }))
  expect(app.get(payloadRulesState).rules.map(({ filter: one, decoder }) => [one, decoder])).toEqual([
    ['plant/2/#', 'json'],
    ['plant/1/#', 'cbor'],
  ])
})

it('puts the new rule before the one that would take the topic from it', async () => {
  const { app, subject } = open([{ id: 'all', connectionId: 'c', filter: 'plant/#', decoder: 'json' }])
  decodeLikeThis(subject)
  await userEvent.selectOptions(await screen.findByRole('combobox', { name: 'Decoder' }), 'cbor')
  expect(screen.getByRole('status').textContent).toBe('It would take 2 topics seen: plant/1/t plant/2/t')
  await userEvent.click(screen.getByRole('button', { name: 'Save' }))
  expect(app.get(payloadRulesState).rules.map(({ filter }) => filter)).toEqual(['plant/+/t', 'plant/#'])
})

it('opens the rule that has the filter already', async () => {
  const { subject } = open([{ id: 'own', connectionId: 'c', filter: 'plant/+/t', decoder: 'cbor' }])
  decodeLikeThis(subject)
  expect((await screen.findByRole<HTMLInputElement>('combobox', { name: 'Decode as' })).value).toBe('cbor')
})
