import type { Subscription } from '#shared/model/subscription'
import { isTerm, type PlacedProblem, type PlacedTerm, type QueryPart } from './parseQuery'
import { problemAt } from './queryProblem'
import type { TermTest } from './queryTerm'
import { momentOf } from './readTimes'

type TestOf<Kind extends TermTest['kind']> = Extract<TermTest, { readonly kind: Kind }>

/** What a message must or must not be, without anything that has to be looked up first. */
export interface SearchTerm {
  readonly not: boolean
  readonly test:
    | Exclude<TermTest, TestOf<'sub' | 'after' | 'before' | 'last'>>
    | { readonly kind: 'subscriptions'; readonly ids: readonly string[] }
    /** Not before this moment; milliseconds since 1970. */
    | { readonly kind: 'since'; readonly time: number }
}

/** How old messages may be; it moves on with the clock. Null = any age. */
export interface AgeRange {
  readonly youngerThan: number | null
  /** Milliseconds: at least so old. */
  readonly atLeast: number | null
}

export interface ResolvedQuery {
  readonly terms: readonly SearchTerm[]
  readonly age: AgeRange
  /** Terms that are sound and speak of something that is not there. They ask for nothing. */
  readonly problems: readonly PlacedProblem[]
}

export interface QuerySurroundings {
  readonly subscriptions: readonly Pick<Subscription, 'id' | 'alias' | 'filter'>[]
  /** Milliseconds since 1970: what times without a date and `last` are counted from. */
  readonly now: number
}

/** The terms of a query as a search takes them. */
export const resolveQuery = (parts: readonly QueryPart[], surroundings: QuerySurroundings): ResolvedQuery => {
  const terms: SearchTerm[] = []
  const problems: PlacedProblem[] = []
  for (const part of parts) {
    if (!isTerm(part) || part.term.test.kind === 'last') continue
    const resolved = resolvedTerm(part, surroundings)
    if (resolved) terms.push(resolved)
    else problems.push(unknownSubscription(part))
  }
  return { terms, age: ageOf(parts), problems }
}

const unknownSubscription = ({ start, end, term }: PlacedTerm): PlacedProblem => {
  const subject = term.test.kind === 'sub' ? term.test.name : ''
  return { start, end, problem: problemAt('unknownSubscription', { start, end, subject }) }
}

/** Null = there is no such subscription. */
const resolvedTerm = ({ term }: PlacedTerm, { subscriptions, now }: QuerySurroundings): SearchTerm | null => {
  const { not, test } = term
  switch (test.kind) {
    case 'sub': {
      const ids = idsOf(test.name, subscriptions)
      return ids.length === 0 ? null : { not, test: { kind: 'subscriptions', ids } }
    }
    case 'after':
      return { not, test: { kind: 'since', time: momentOf(test.moment, { key: 'after', now }) ?? now } }
    case 'before':
      return { not: !not, test: { kind: 'since', time: momentOf(test.moment, { key: 'before', now }) ?? now } }
    case 'last':
      return null
    default:
      return { not, test }
  }
}

/** Aliases in any case; filters as they are. */
const idsOf = (name: string, subscriptions: QuerySurroundings['subscriptions']): string[] =>
  subscriptions
    .filter(({ alias, filter }) => filter === name || (alias !== '' && alias.toLowerCase() === name.toLowerCase()))
    .map(({ id }) => id)

/** The ages that a query asks for. */
export const ageOf = (parts: readonly QueryPart[]): AgeRange => {
  const agesOf = (not: boolean) =>
    parts.flatMap((part) =>
      isTerm(part) && part.term.test.kind === 'last' && part.term.not === not ? [part.term.test.milliseconds] : [],
    )
  const [young, old] = [agesOf(false), agesOf(true)]
  return {
    youngerThan: young.length === 0 ? null : Math.min(...young),
    atLeast: old.length === 0 ? null : Math.max(...old),
  }
}

/** Whether a term looks into payloads, of which large ones are here with their head only. */
export const readsPayload = ({ test }: SearchTerm): boolean =>
  test.kind === 'text' || test.kind === 'regex' || (test.kind === 'field' && test.field.source === 'payload')
