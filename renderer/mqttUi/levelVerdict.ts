import type { LevelRow } from '#shared/mqtt/filterComparison'

/** What the table says of one level: a verdict's own words, and a + or # said as such. */
export type VerdictWord =
  | 'same'
  | 'any'
  | 'anyEmpty'
  | 'rest'
  | 'restNone'
  | 'mismatch'
  | 'missingInTopic'
  | 'extraInTopic'
  | 'dollar'

export const verdictWordOf = ({ verdict, filterLevel, topicLevel }: LevelRow): VerdictWord => {
  if (verdict === 'rest') return topicLevel === null ? 'restNone' : 'rest'
  if (verdict !== 'match') return verdict
  if (filterLevel !== '+') return 'same'
  return topicLevel === '' ? 'anyEmpty' : 'any'
}

export type FailureWord = Exclude<VerdictWord, 'same' | 'any' | 'anyEmpty' | 'rest' | 'restNone'>

export const failureWordOf = ({ verdict }: LevelRow): FailureWord | null =>
  verdict === 'match' || verdict === 'rest' ? null : verdict
