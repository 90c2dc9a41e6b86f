import { isSignInRefused, type SessionPhase } from '#shared/model/session'
import type { AppError } from '#shared/result'

/** The dialog that asks for a password: waiting for one, or (`submitted`) for what the broker says to it. */
export interface SignInPrompt {
  readonly submitted: boolean
  readonly error: AppError | null
}

/** Whether another password may help. */
const isCredentialError = (error: AppError): boolean => error.code === 'passwordNeeded' || isSignInRefused(error)

/** What becomes of the dialog when the session changes: a refused password keeps it open with the reason. */
export const signInPromptAfter = (prompt: SignInPrompt | null, state: SessionPhase): SignInPrompt | null => {
  if (!prompt) return promptFor(state)
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
      return isCredentialError(state.reason) ? { submitted: false, error: state.reason } : null
  }
}

const promptFor = (state: SessionPhase): SignInPrompt | null =>
  state.phase === 'failed' && state.reason.code === 'passwordNeeded' ? { submitted: false, error: null } : null
