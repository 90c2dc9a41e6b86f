import { filterProblemOf, type FilterProblem } from '#shared/mqtt/filterExplanation'
import { levelsOf } from '#shared/mqtt/topicFilter'
import { endOf } from './visibleText'

/** A filter cut where it goes wrong, so that the place can be marked. */
export interface MarkedProblem {
  readonly problem: FilterProblem
  /** The level to blame, as written. */
  readonly levelName: string
  /** The end of what stands before, where that is long. */
  readonly before: string
  readonly wrong: string
  readonly after: string
  /** The rest is still to be typed: nothing to complain about before it is sent. */
  readonly unfinished: boolean
}

const unfinishedCodes: readonly string[] = ['empty', 'shareNameMissing', 'shareFilterMissing']
/** Characters. */
const shownBefore = 40

export const markedProblem = (filter: string): MarkedProblem | null => {
  const problem = filterProblemOf(filter)
  if (!problem) return null
  const { column, level, code } = problem
  const unfinished = unfinishedCodes.includes(code) && column >= filter.length
  return {
    problem,
    levelName: levelsOf(filter)[level] ?? '',
    before: endOf(filter.slice(0, column), shownBefore),
    wrong: filter.charAt(column),
    after: filter.slice(column + 1),
    unfinished: unfinished || code === 'empty',
  }
}
