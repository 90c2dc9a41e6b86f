import fc from 'fast-check'
import { topicFilterProblem, topicNameProblem } from '../../shared/mqtt/topicFilter'

/** Every list of one to `depth` of these levels. */
const levelLists = (alphabet: readonly string[], depth: number): string[][] => {
  const lists: string[][][] = [[[]]]
  for (let length = 1; length <= depth; length++)
    lists.push(lists[length - 1]?.flatMap((list) => alphabet.map((level) => [...list, level])) ?? [])
  return lists.slice(1).flat()
}

export const smallAlphabet = ['', 'a', 'b', '$x'] as const

/**
 * Every topic name up to a depth. With `z`, a level that no filter of the tests names, and two levels more
 * than the longest filter has, what holds for these topics holds for all there are.
 */
export const topicsUpTo = (depth: number, alphabet: readonly string[] = [...smallAlphabet, 'z']): string[] =>
  levelLists(alphabet, depth)
    .map((levels) => levels.join('/'))
    .filter((topic) => topicNameProblem(topic) === null)

/** Every valid filter with up to `depth` levels and perhaps a # behind them, `$share` ones not included. */
export const filtersUpTo = (depth: number): string[] => {
  const plain = levelLists([...smallAlphabet, '+'], depth).map((levels) => levels.join('/'))
  return ['#', ...plain, ...plain.map((filter) => `${filter}/#`)].filter((text) => topicFilterProblem(text) === null)
}

/** Filters of up to four levels and perhaps a # behind them, some of them shared. */
export const filterArbitrary: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom('', '', '', '$share/g/', '$share/組/'),
    fc.array(fc.constantFrom(...smallAlphabet, '+', '+'), { maxLength: 4 }),
    fc.constantFrom<readonly string[]>([], ['#']),
  )
  .map(([share, levels, tail]) => share + [...levels, ...tail].join('/'))
  .filter((filter) => topicFilterProblem(filter) === null)
