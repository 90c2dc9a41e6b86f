import { filterProblemOf, type FilterProblem } from '#shared/mqtt/filterExplanation'
import { levelsOf, parseFilter } from '#shared/mqtt/topicFilter'
import { endOf } from '#shared/text/characters'

/** A filter cut where it goes wrong, so that the place can be marked. */
export interface MarkedProblem {
  readonly problem: FilterProblem
  /** The level to blame, as written; '' = nothing stands there. */
  readonly levelName: string
  /** Its number as topics count levels, from one; null = it is the share group's. */
  readonly levelNumber: number | null
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

/** Levels of `$share/group`, which are none of a topic's. */
const groupLevels = 2

export const markedProblem = (filter: string): MarkedProblem | null => {
  const problem = filterProblemOf(filter)
  if (!problem) return null
  const { column, level, code } = problem
  const unfinished = unfinishedCodes.includes(code) && column >= filter.length
  return {
    problem,
    levelName: levelsOf(filter)[level] ?? '',
    levelNumber: levelNumber(filter, level),
    before: endOf(filter.slice(0, column), shownBefore),
    wrong: filter.charAt(column),
    after: filter.slice(column + 1),
    unfinished: unfinished || code === 'empty',
  }
}

const levelNumber = (filter: string, level: number): number | null => {
  if (parseFilter(filter).shareName === null) return level + 1
  return level < groupLevels ? null : level - groupLevels + 1
}
