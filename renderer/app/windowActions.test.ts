import { describe, expect, it } from 'vitest'
import { profileFormState } from '../features/connections/form/profileFormState'
import { settingsDialogState } from '../features/settings/settingsDialogState'
import { frameOfMessages } from '../model/messageLog/messageLogTesting'
import { focusState } from '../state/focus'
import { messagesState } from '../state/messages'
import { openTestWindow } from '../testing/testWindow'
import { runWindowAction } from './windowActions'

describe('an action of the menu', () => {
  it('opens the settings and the form of a new connection', () => {
    const { app } = openTestWindow()
    runWindowAction(app, 'settings')
    runWindowAction(app, 'newConnection')
    expect(app.get(settingsDialogState).open).toBe(true)
    expect(app.get(profileFormState).opened).toMatchObject({ entry: null })
  })

  it('clears the messages of the connection in view', () => {
    const { app, connection, receive } = openTestWindow()
    const names = { firstTopicId: 0, newTopics: ['a'], firstMatchSetId: 0, newMatchSets: [[]] }
    receive([frameOfMessages(1, [{ topicId: 0, payload: 'x' }], names)])
    runWindowAction(app, 'clearMessages')
    expect(connection.get(messagesState).counters).toMatchObject({ kept: 0, cleared: 1 })
  })

  it('asks for the focus anew each time', () => {
    const { app } = openTestWindow()
    runWindowAction(app, 'find')
    const first = app.get(focusState).request
    runWindowAction(app, 'find')
    expect(first?.target).toBe('find')
    expect(app.get(focusState).request?.at).toBeGreaterThan(first?.at ?? 0)
  })
})
