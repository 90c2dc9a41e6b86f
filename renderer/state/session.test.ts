import { describe, expect, it } from 'vitest'
import { failureFrom } from '#shared/model/failureTesting'
import { fail, ok } from '#shared/result'
import { entryOf, openTestWindow } from '../testing/testWindow'
import { connectionsState } from './connections'
import { sessionState } from './session'

describe('connecting', () => {
  it('asks for the password it takes, and connects with it', async () => {
    const { connection, main } = openTestWindow({
      answers: {
        'session.connect': ({ password }) =>
          password === undefined ? fail('passwordNeeded', 'A password is needed.') : ok(null),
      },
    })
    const session = () => connection.get(sessionState)
    await session().connect()
    expect(session().signInPrompt).toEqual({ submitted: false, error: null })
    const signIn = { username: 'ann', password: 'open sesame', remember: true }
    await session().connect(signIn)
    expect(session().signInPrompt).toMatchObject({ submitted: true })
    expect(main.inputsOf('session.connect').at(-1)).toEqual({ connectionId: 'c', ...signIn })
  })

  it('keeps the reason of an attempt that was not begun until the next', async () => {
    const { connection, main } = openTestWindow({
      answers: { 'session.connect': () => fail('fileUnreadable', 'No such file.') },
    })
    await connection.get(sessionState).connect()
    expect(connection.get(sessionState).connectError?.code).toBe('fileUnreadable')
    main.answer({ 'session.connect': () => ok(null) })
    await connection.get(sessionState).connect()
    expect(connection.get(sessionState).connectError).toBeNull()
  })

  it('starts the local broker first where it is not running', async () => {
    const profiles = [entryOf({ id: 'one' }), entryOf({ id: 'local', kind: 'local' })]
    const { app, main } = openTestWindow({
      snapshot: { profiles },
      answers: { 'localBroker.start': () => ok({ connectionId: 'local' }) },
    })
    await app.get(connectionsState).open('local').get(sessionState).connect()
    expect(main.asked).toEqual([
      { name: 'localBroker.start', input: { devices: true } },
      { name: 'session.connect', input: { connectionId: 'local' } },
    ])
    expect(app.get(connectionsState).inViewId).toBe('local')
  })
})

describe('a connection from the command line', () => {
  it('is shown first, and its password asked for', () => {
    const reason = failureFrom({ code: 'passwordNeeded', message: 'A password is needed.' })
    const { app } = openTestWindow({
      snapshot: {
        profiles: [entryOf({ id: 'one' }), entryOf({ id: 'two' })],
        sessions: [{ connectionId: 'two', state: { phase: 'failed', reason }, subscriptions: [] }],
        openConnectionId: 'two',
      },
    })
    const { inViewId, open } = app.get(connectionsState)
    expect(inViewId).toBe('two')
    expect(open('two').get(sessionState).signInPrompt).not.toBeNull()
  })
})
