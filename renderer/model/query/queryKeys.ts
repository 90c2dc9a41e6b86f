/** What stands before a colon. */
export const queryKeys = ['topic', 'below', 'sub', 'qos', 'size', 'after', 'before', 'last', 'schema'] as const
export type QueryKey = (typeof queryKeys)[number]

/**
 * The key that a person perhaps meant: written with capitals, or with one letter wrong, missing, too much or swapped with its
 * neighbour. Null = the word looks like none.
 */
export const keyLike = (word: string): QueryKey | null => {
  const lower = word.toLowerCase()
  return queryKeys.find((key) => key === lower || (key.length > 3 && isSlipOf(key, lower))) ?? null
}

const isSlipOf = (key: string, word: string): boolean => {
  let same = 0
  while (same < key.length && key[same] === word[same]) same++
  const rest = key.slice(same)
  const other = word.slice(same)
  if (rest.slice(1) === other.slice(1) || rest.slice(1) === other || rest === other.slice(1)) return true
  return rest[0] === other[1] && rest[1] === other[0] && rest.slice(2) === other.slice(2)
}
