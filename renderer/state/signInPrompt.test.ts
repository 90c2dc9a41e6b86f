import { describe, expect, it } from 'vitest'
import { failureFrom } from '#shared/model/failureTesting'
import { entryOf, onlineSession, openTestWindow } from '../testing/testWindow'
import { connectionsState } from './connections'
import { sessionState } from './session'
import { signInPromptAfter, type SignInPrompt } from './signInPrompt'

const refused = (reasonCode: number) => failureFrom({ code: 'connectRefused', message: 'Refused.', reasonCode })
const submitted: SignInPrompt = { submitted: true, error: null }

describe('signInPromptAfter', () => {
  it('waits while the broker is asked', () => {
    expect(signInPromptAfter(submitted, { phase: 'connecting', attempt: 1 })).toBe(submitted)
  })

  it.each([4, 5, 0x86, 0x87])('stays open with the reason when the password is refused with code %i', (code) => {
    const after = signInPromptAfter(submitted, { phase: 'failed', reason: refused(code) })
    expect(after).toEqual({ submitted: false, error: refused(code) })
  })

  it('leaves other failures to the bar', () => {
    expect(signInPromptAfter(submitted, { phase: 'failed', reason: refused(0x88) })).toBeNull()
  })

  it('closes once online, though old news of the failed attempt came after the submission', () => {
    const stale = signInPromptAfter(submitted, { phase: 'failed', reason: refused(0x87) })
    expect(stale).toMatchObject({ submitted: false })
    expect(signInPromptAfter(stale, onlineSession())).toBeNull()
  })

  it('opens for a connection that failed for want of a password', () => {
    const reason = failureFrom({ code: 'passwordNeeded', message: 'Wanted.' })
    expect(signInPromptAfter(null, { phase: 'failed', reason })).toEqual({ submitted: false, error: null })
  })
})

describe('the prompt of a connection', () => {
  it('is not touched by other connections', () => {
    const { app, connection } = openTestWindow({
      snapshot: { profiles: [entryOf({ id: 'c' }), entryOf({ id: 'two' })] },
    })
    connection.get(sessionState).askForPassword()
    const prompt = connection.get(sessionState).signInPrompt
    const other = app.get(connectionsState).open('two')
    other.get(sessionState).receive({
      connectionId: 'two',
      subscriptions: [],
      state: {
        phase: 'failed',
        reason: refused(4),
      },
    })
    expect(connection.get(sessionState).signInPrompt).toBe(prompt)
  })
})
