import { cleanup, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it } from 'vitest'
import type { ResponderRule, ResponderStatus } from '#shared/model/responder'
import { fail } from '#shared/result'
import { actionsOn } from '../../../actions/action'
import { frameOfMessages } from '../../../model/messageLog/messageLogTesting'
import { chosenMessages } from '../../../state/chosenMessages'
import { selectionState } from '../../../state/selection'
import { noticesState } from '../../../state/notices'
import { onlineSession, openTestWindow } from '../../../testing/testWindow'
import { emptyMessage } from '#shared/model/publish'
import { RequestsPane } from '../requests/RequestsPane'
import { requestsState } from '../requests/requestsState'
import { responderActions } from './responderActions'
import { RuleDialog } from './RuleDialog'
import { respondersState } from './respondersState'

afterEach(cleanup)

const rule = (id: string, given: Partial<ResponderRule> = {}): ResponderRule => ({
  id,
  connectionId: 'c',
  filter: `ask/${id}`,
  answer: { ...emptyMessage, payload: '{{ request.payload }}', isTemplate: true },
  perSecond: 100,
  ...given,
})

const status = (ruleId: string, given: Partial<ResponderStatus> = {}): ResponderStatus => ({
  connectionId: 'c',
  ruleId,
  phase: 'on',
  counts: { heard: 0, answered: 0, limited: 0, unanswerable: 0, failed: 0 },
  error: null,
  ...given,
})

const show = (responderRules: readonly ResponderRule[]) => {
  const opened = openTestWindow({ session: onlineSession(), snapshot: { responderRules } })
  opened.connection.get(requestsState).showPart('responder')
  opened.render(
    <>
      <RequestsPane />
      <RuleDialog />
    </>,
  )
  const row = (id: string) => {
    const found = screen.getAllByRole('listitem').find(({ dataset }) => dataset['rule'] === id)
    if (!found) throw new Error(`There is no rule ${id}.`)
    return found
  }
  return { ...opened, user: userEvent.setup(), row }
}

describe('the rules of a connection', () => {
  it('are switched on and off, and say what became of requests', async () => {
    const { user, main, app, row } = show([rule('a'), rule('b', { connectionId: 'other' })])
    expect(screen.getAllByRole('listitem')).toHaveLength(1)
    await user.click(within(row('a')).getByRole('button', { name: 'Switch on' }))
    app
      .get(respondersState)
      .receive(status('a', { counts: { heard: 1_234, answered: 1_200, limited: 30, unanswerable: 3, failed: 1 } }))
    const off = await within(row('a')).findByRole('button', { name: 'Switch off' })
    const numbers = [...row('a').querySelectorAll('[data-number]')].map(({ textContent }) => textContent)
    expect(numbers).toEqual(['1,234', '1,200', '30', '3', '1'])
    await user.click(off)
    const key = { connectionId: 'c', ruleId: 'a' }
    expect(main.inputsOf('responder.switch')).toEqual([
      { ...key, isOn: true },
      { ...key, isOn: false },
    ])
  })

  it('say why they do not answer', async () => {
    const { app, row } = show([rule('a'), rule('b')])
    const refusal = fail('subscribeRefused', '', { values: { reason: 'Not authorized (0x87)' } }).error
    app.get(respondersState).receive(status('a', { phase: 'refused', error: refusal }))
    app.get(respondersState).receive(status('b', { error: fail('notConnected', '').error }))
    await waitFor(() => expect(row('a').dataset['phase']).toBe('refused'))
    expect(row('a').textContent).toContain('Not authorized (0x87): the broker refused the subscription.')
    expect(row('b').textContent).toContain('First answer that failed:')
  })

  it('are written in a form, which keeps what cannot be sent', async () => {
    const { user, main } = show([])
    await user.click(screen.getByRole('button', { name: 'New rule…' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'New rule' }))
    await user.type(dialog.getByLabelText('Requests under the filter'), 'ask/#/x')
    await user.click(dialog.getByRole('button', { name: 'Save' }))
    expect(main.inputsOf('responder.save')).toEqual([])
    const filter = dialog.getByLabelText('Requests under the filter')
    await user.clear(filter)
    await user.type(filter, 'ask/+')
    const most = dialog.getByLabelText('Answers a second, at most')
    await user.clear(most)
    await user.type(most, '5')
    await user.selectOptions(dialog.getByLabelText('QoS'), '1')
    await user.click(dialog.getByRole('button', { name: 'Save' }))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(main.inputsOf('responder.save')).toMatchObject([
      [{ connectionId: 'c', filter: 'ask/+', perSecond: 5, answer: { qos: 1, isTemplate: true } }],
    ])
    expect(screen.getByRole('listitem').textContent).toContain('ask/+')
  })

  it('are not lost while they are written: a person is asked before changes are thrown away', async () => {
    const { user, main } = show([rule('a')])
    await user.click(screen.getByRole('button', { name: 'Edit rule' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'Rule' }))
    await user.type(dialog.getByLabelText('Requests under the filter'), '/more')
    await user.keyboard('{Escape}')
    await user.click(dialog.getByRole('button', { name: 'Keep editing' }))
    await user.click(dialog.getByRole('button', { name: 'Save' }))
    expect(main.inputsOf('responder.save')).toMatchObject([[{ filter: 'ask/a/more' }]])
  })

  it('are made from a message that wants an answer', async () => {
    const { app, connection, receive, user } = show([])
    const names = { firstTopicId: 0, newTopics: ['ask/now', 'other'], firstMatchSetId: 0, newMatchSets: [[]] }
    const properties = new Uint8Array([8, 0, 1, 114])
    receive([
      frameOfMessages(
        1,
        [
          { topicId: 0, payload: 'x', flags: 1, properties },
          { topicId: 1, payload: 'x' },
        ],
        names,
      ),
    ])
    const action = actionsOn(responderActions, 'message')[0]
    if (!action || !('run' in action)) throw new Error('There is no such action.')
    const subjectOf = (sequence: number) => {
      connection.get(selectionState).selectMessage(sequence)
      const [message] = chosenMessages(connection)
      if (!message) throw new Error('There is no message.')
      return { connection, message }
    }
    expect(action.isEnabled?.(subjectOf(2))).toBe(false)
    expect(action.isEnabled?.(subjectOf(1))).toBe(true)
    action.run(subjectOf(1))
    const dialog = within(await screen.findByRole('dialog', { name: 'New rule' }))
    expect(dialog.getByLabelText('Requests under the filter')).toHaveProperty('value', 'ask/now')
    await user.click(dialog.getByRole('button', { name: 'Save' }))
    expect(app.get(respondersState).rules).toMatchObject([{ filter: 'ask/now', answer: { qos: 1, topic: '' } }])
  })

  it('are deleted, and come back', async () => {
    const { user, app, main, row } = show([rule('a')])
    await user.click(within(row('a')).getByRole('button', { name: 'Delete rule' }))
    expect(screen.getByText('No rule yet')).toBeTruthy()
    app.get(noticesState).all[0]?.action?.run()
    await waitFor(() => expect(row('a')).toBeTruthy())
    expect(main.inputsOf('responder.save').map((rules) => rules.length)).toEqual([0, 1])
  })
})
