import type { AuthAnswer, AuthChallenge } from '#shared/model/authentication'
import type { AskPerson } from '../authentication/ownMethod'

/** What the server of a session wants to know of a person: one thing at a time. */
export interface Challenges {
  current(): AuthChallenge | null
  readonly ask: AskPerson
  /** False where this one does not wait any more. */
  answer(number: number, answer: AuthAnswer): boolean
  /** Nobody waits for an answer any more: the server has decided, or the connection has ended. */
  end(): void
}

/** `onChange` is called when there is another one, or none. */
export const createChallenges = (onChange: () => void): Challenges => {
  let waiting: { readonly challenge: AuthChallenge; readonly resolve: (answer: AuthAnswer) => void } | null = null
  let lastNumber = 0
  const settle = (answer: AuthAnswer) => {
    const settled = waiting
    waiting = null
    if (!settled) return
    onChange()
    settled.resolve(answer)
  }
  return {
    current: () => waiting?.challenge ?? null,
    ask: (asked) =>
      new Promise((resolve) => {
        lastNumber += 1
        waiting = { challenge: { ...asked, number: lastNumber }, resolve }
        onChange()
      }),
    answer: (number, answer) => {
      if (waiting?.challenge.number !== number) return false
      settle(answer)
      return true
    },
    end: () => settle({ kind: 'cancel' }),
  }
}
