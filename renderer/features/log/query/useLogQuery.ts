import { useMemo, useState } from 'react'
import type { Subscription } from '#shared/model/subscription'
import type { FilterTerms } from '../../../model/logSearch/logFilter'
import { isTerm, parseQuery, type PlacedProblem, type QueryPart } from '../../../model/query/parseQuery'
import { problemAt } from '../../../model/query/queryProblem'
import type { TermTest } from '../../../model/query/queryTerm'
import { resolveQuery, type AgeRange } from '../../../model/query/resolveQuery'
import { logViewState } from '../../../state/logView'
import { useConnection } from '../../../state/useConnection'

/** The query of the log as it is understood. */
export interface LogQuery {
  readonly parts: readonly QueryPart[]
  /** What is asked of messages; the same object as long as it asks for the same. */
  readonly terms: FilterTerms
  readonly age: AgeRange
  /** What cannot be read, or speaks of what is not there, in the order of the text. */
  readonly problems: readonly PlacedProblem[]
}

export const useLogQuery = (subscriptions: ReadonlyMap<string, Subscription>): LogQuery => {
  const query = useConnection(logViewState, (state) => state.query)
  const askedAt = useConnection(logViewState, (state) => state.askedAt)
  const parts = useMemo(() => parseQuery(query), [query])
  const resolved = useMemo(
    () => resolveQuery(parts, { subscriptions: [...subscriptions.values()], now: askedAt }),
    [parts, subscriptions, askedAt],
  )
  const mutedIds = [...subscriptions.values()].filter(({ muted }) => muted).map(({ id }) => id)
  // A change of a subscription that nobody asks about is no reason to search anew.
  const terms = useSame({ terms: resolved.terms, mutedIds })
  const age = useSame(resolved.age)
  return useMemo(() => {
    const unread = parts.flatMap((part) => (isTerm(part) ? [] : [part]))
    const problems = [...unread, ...resolved.problems].sort((one, other) => one.start - other.start)
    return { parts, terms, age, problems }
  }, [parts, terms, age, resolved])
}

/** The same, and that its first regular expression found no end. */
export const withStuckProblem = (query: LogQuery): LogQuery => {
  const part = query.parts.find((one) => isTerm(one) && isRegex(one.term.test))
  if (!part) return query
  const { start, end } = part
  return { ...query, problems: [{ start, end, problem: problemAt('endlessRegex', { start, end }) }] }
}

const isRegex = (test: TermTest): boolean =>
  test.kind === 'regex' || (test.kind === 'field' && test.test.op === 'matches')

/** The value from before, as long as the new one says the same. */
const useSame = <Value>(value: Value): Value => {
  const [held, hold] = useState(value)
  if (JSON.stringify(held) === JSON.stringify(value)) return held
  hold(value)
  return value
}
