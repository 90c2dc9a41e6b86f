import { isTerm, parseQuery, type QueryPart } from './parseQuery'
import { printTerm } from './printQuery'
import type { QueryTerm, TermTest } from './queryTerm'

/** The query with one more term; one that has it already is not changed. */
export const withTerm = (query: string, term: QueryTerm): string => {
  const printed = printTerm(term)
  if (holds(query, printed)) return query
  const atEnd = joined(query, printed)
  // Behind a quote that is not closed, it would be a part of the phrase.
  return holds(atEnd, printed) ? atEnd : joined(printed, query)
}

const holds = (query: string, printed: string): boolean =>
  parseQuery(query).some((part) => isTerm(part) && printTerm(part.term) === printed)

/** The query without one of its parts. */
export const withoutPart = (query: string, { start, end }: Pick<QueryPart, 'start' | 'end'>): string =>
  joined(query.slice(0, start), query.slice(end))

/** The query limited to a topic and what is below it, and to no other; null = to none. */
export const withScope = (query: string, topic: string | null): string =>
  topic === null ? withoutKind(query, 'below') : withOnly(query, { kind: 'below', topic })

/** The query limited to what passes the test, and to nothing else of its kind. */
export const withOnly = (query: string, test: TermTest): string =>
  withTerm(withoutKind(query, test.kind), { not: false, test })

const withoutKind = (query: string, kind: TermTest['kind']): string =>
  parseQuery(query)
    .filter((part) => isTerm(part) && !part.term.not && part.term.test.kind === kind)
    .reduceRight(withoutPart, query)

const joined = (before: string, after: string): string => {
  const [start, end] = [before.trimEnd(), after.trimStart()]
  return start === '' || end === '' ? start + end : `${start} ${end}`
}
