import { describe, expect, it } from 'vitest'
import { failureFrom } from '#shared/model/failureTesting'
import type { SessionState } from '#shared/model/session'
import { passwordPromptAfter, type PasswordPrompt } from './passwordPrompt'

const refused = (reasonCode: number) => failureFrom({ code: 'connectRefused', message: 'Refused.', reasonCode })
const status = (state: SessionState) => ({ connectionId: 'one', state, subscriptions: [] })
const online = { phase: 'online' } as SessionState
const submitted: PasswordPrompt = { connectionId: 'one', submitted: true, error: null }

describe('passwordPromptAfter', () => {
  it('waits while the broker is asked', () => {
    expect(passwordPromptAfter(submitted, status({ phase: 'connecting', attempt: 1 }))).toBe(submitted)
  })

  it.each([4, 5, 0x86, 0x87])('stays open with the reason when the password is refused with code %i', (code) => {
    const after = passwordPromptAfter(submitted, status({ phase: 'failed', reason: refused(code) }))
    expect(after).toEqual({ connectionId: 'one', submitted: false, error: refused(code) })
  })

  it('leaves other failures to the bar', () => {
    expect(passwordPromptAfter(submitted, status({ phase: 'failed', reason: refused(0x88) }))).toBeNull()
  })

  it('closes once online, though old news of the failed attempt came after the submission', () => {
    const stale = passwordPromptAfter(submitted, status({ phase: 'failed', reason: refused(0x87) }))
    expect(stale).toMatchObject({ submitted: false })
    expect(passwordPromptAfter(stale, status(online))).toBeNull()
  })

  it('is not touched by other connections', () => {
    const other = { ...status({ phase: 'failed', reason: refused(4) }), connectionId: 'two' }
    expect(passwordPromptAfter(submitted, other)).toBe(submitted)
  })

  it('opens for a connection that failed for want of a password', () => {
    const reason = failureFrom({ code: 'passwordNeeded', message: 'Wanted.' })
    const after = passwordPromptAfter(null, status({ phase: 'failed', reason }))
    expect(after).toEqual({ connectionId: 'one', submitted: false, error: null })
  })
})
