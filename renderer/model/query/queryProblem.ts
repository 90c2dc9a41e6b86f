/** What is wrong with a part of a query. Each has a sentence in the words of `query.problems`. */
export type QueryProblemCode =
  | 'notWhat'
  | 'quoteNotClosed'
  | 'phraseEmpty'
  | 'afterQuote'
  | 'valueMissing'
  | 'badRegex'
  | 'badFlag'
  | 'endlessRegex'
  | 'regexExpected'
  | 'topicFilter'
  | 'belowWildcard'
  | 'badNumber'
  | 'emptyRange'
  | 'badTime'
  | 'badDuration'
  | 'unknownKey'
  | 'unknownProperty'
  | 'unknownSubscription'
  | 'unknownSchemaState'
  | 'unknownPacketType'
  | 'unknownDirection'
  | 'nameMissing'
  | 'badPath'
  | 'notOrdered'

/** `start` and `end` are the UTF-16 offsets in the query of what is to blame: at least one character. */
export interface QueryProblem {
  readonly code: QueryProblemCode
  readonly start: number
  readonly end: number
  /** What the sentence is about: a key, a name, a flag. */
  readonly subject: string
  /** More is to be typed: nothing to complain about while it stands at the end. */
  readonly unfinished: boolean
}

interface Blamed {
  readonly start: number
  readonly end: number
  readonly subject?: string
  readonly unfinished?: boolean
}

export const problemAt = (
  code: QueryProblemCode,
  { start, end, subject = '', unfinished = false }: Blamed,
): QueryProblem => ({ code, start, end, subject, unfinished })
