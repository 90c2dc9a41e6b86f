import { describe, expect, it } from 'vitest'
import { actionsOn } from '../../../actions/action'
import { frameOfMessages } from '../../../model/messageLog/messageLogTesting'
import { chosenMessages } from '../../../state/chosenMessages'
import { dialogsState, selectDialog } from '../../../state/dialogs'
import { selectionState } from '../../../state/selection'
import { onlineSession, openTestWindow } from '../../../testing/testWindow'
import { publishState } from '../publishState'
import { senderActions } from './senderActions'

describe('what becomes a sender', () => {
  it('are the messages that are selected in the log, with the pauses with which they came', () => {
    const { app, connection, receive } = openTestWindow({ session: onlineSession() })
    const names = { firstTopicId: 0, newTopics: ['a', 'b'], firstMatchSetId: 0, newMatchSets: [[]] }
    const messages = [
      { topicId: 0, payload: 'open', time: 1_000 },
      { topicId: 1, payload: '{"x": 1}', time: 1_250 },
      { topicId: 0, payload: new Uint8Array([0, 255]), time: 1_260 },
    ]
    receive([frameOfMessages(1, messages, names)])
    connection.get(selectionState).selectMessage(1)
    connection.get(selectionState).extendTo(3)
    const [first] = chosenMessages(connection)
    const action = actionsOn(senderActions, 'message').find(({ id }) => id === 'message.asSender')
    if (!first || !action || !('run' in action)) throw new Error('There is nothing to make a sender of.')
    action.run({ connection, message: first })
    const plan = selectDialog('sender')(app.get(dialogsState))?.plan
    expect(plan).toMatchObject({
      pace: { kind: 'pauses' },
      source: {
        kind: 'list',
        loops: false,
        steps: [
          { message: { topic: 'a', payload: 'open' }, pauseMs: 250 },
          { message: { topic: 'b', format: 'json' }, pauseMs: 10 },
          { message: { topic: 'a', format: 'hex', payload: '00 ff' }, pauseMs: 0 },
        ],
      },
    })
  })

  it('is what a draft repeats: on production a person is asked first', () => {
    const { app, connection, main } = openTestWindow({ session: onlineSession(), profile: { production: true } })
    connection.get(publishState).changeDraft({ topic: 'beat' })
    expect(connection.get(publishState).repeatDraft(100)).toBeNull()
    expect(main.inputsOf('sender.start')).toEqual([])
    expect(selectDialog('startSender')(app.get(dialogsState))?.plan).toMatchObject({
      pace: { kind: 'interval', everyMs: 100 },
      source: { kind: 'message', message: { topic: 'beat' } },
    })
  })
})
