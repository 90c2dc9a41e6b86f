import type { AuthAnswer, AuthChallenge } from '#shared/model/authentication'
import { fail, ok } from '#shared/result'
import { exchangeFailure, type AuthenticationMethod } from './exchange'

/** Shows a challenge to a person and answers with what was typed. */
export type AskPerson = (challenge: Omit<AuthChallenge, 'number'>) => Promise<AuthAnswer>

/** A method that Topicscope does not know: its first data are given, and a person answers each step; `ask` null = nobody can. */
export const ownMethod = (name: string, data: Uint8Array | null, ask: AskPerson | null): AuthenticationMethod => ({
  name,
  begin: () =>
    ok({
      data,
      answer: async (step) => {
        if (!ask) return exchangeFailure('nobody', 'There is nobody to answer the server.')
        const answer = await ask({ method: name, ...step })
        return answer.kind === 'answer' ? ok(answer.data) : fail('authenticationCancelled', 'The person ended it.')
      },
      finish: () => null,
    }),
})
