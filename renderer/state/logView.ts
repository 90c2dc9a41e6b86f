import { withOnly, withScope, withTerm } from '../model/query/editQuery'
import type { QueryTerm } from '../model/query/queryTerm'
import { defineConnectionState } from './app'

/** Which messages of the log are shown. The text of the query alone decides it: whoever limits the log writes into it. */
export interface LogViewState {
  /** As a person types it; what it says stands in `model/query`. */
  readonly query: string
  /** When it was changed last, in milliseconds since 1970: times without a date are counted from here. */
  readonly askedAt: number
  changeQuery(query: string): void
  /** Adds a condition that a message must meet. */
  addTerm(term: QueryTerm): void
  /** Limits the log to a topic and what is below it, and to no other; null = to none. */
  limitTo(topic: string | null): void
  /** Limits the log to the messages of a subscription, and of no other; `name` = its alias or its filter. */
  limitToSubscription(name: string): void
  /** Shows all messages again. */
  clearFilter(): void
}

export const logViewState = defineConnectionState<LogViewState>(
  'logView',
  ({ get, set }) => {
    const changeQuery = (query: string) => {
      if (query !== get().query) set({ query, askedAt: Date.now() })
    }
    return {
      query: '',
      askedAt: 0,
      changeQuery,
      addTerm: (term) => changeQuery(withTerm(get().query, term)),
      limitTo: (topic) => changeQuery(withScope(get().query, topic)),
      limitToSubscription: (name) => changeQuery(withOnly(get().query, { kind: 'sub', name })),
      clearFilter: () => changeQuery(''),
    }
  },
  { keepsake: ({ query, askedAt }) => ({ query, askedAt }) },
)
