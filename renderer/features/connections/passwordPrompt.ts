import type { Snapshot } from '#shared/contract'
import type { SessionStatus } from '#shared/model/session'
import { isSignInRefused } from '#shared/model/session'
import type { AppError } from '#shared/result'

/** The dialog that asks for a password: waiting for one, or (`submitted`) for what the broker says to it. */
export interface PasswordPrompt {
  readonly connectionId: string
  readonly submitted: boolean
  readonly error: AppError | null
}

/** Whether another password may help. */
export const isCredentialError = (error: AppError): boolean => error.code === 'passwordNeeded' || isSignInRefused(error)

const promptFor = ({ connectionId, state }: SessionStatus): PasswordPrompt | null =>
  state.phase === 'failed' && state.reason.code === 'passwordNeeded'
    ? { connectionId, submitted: false, error: null }
    : null

/** What becomes of the dialog when a session changes: a refused password keeps it open with the reason. */
export const passwordPromptAfter = (prompt: PasswordPrompt | null, status: SessionStatus): PasswordPrompt | null => {
  if (!prompt) return promptFor(status)
  if (prompt.connectionId !== status.connectionId) return prompt
  const { state } = status
  // Old news of the failed attempt may come after the submission; once online, there is nothing left to ask.
  if (state.phase === 'online') return null
  if (!prompt.submitted) return prompt
  switch (state.phase) {
    case 'offline':
    case 'connecting':
      return prompt
    case 'waiting':
      return null
    case 'failed':
      return isCredentialError(state.reason) ? { ...prompt, submitted: false, error: state.reason } : null
  }
}

/** A connection opened from the command line may have asked before the window was there. */
export const promptAtStart = ({ sessions, openConnectionId }: Snapshot): PasswordPrompt | null => {
  const opened = sessions.find(({ connectionId }) => connectionId === openConnectionId)
  return opened ? promptFor(opened) : null
}
