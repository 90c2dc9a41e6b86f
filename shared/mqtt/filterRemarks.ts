import { parseFilter } from './topicFilter'

/** What is valid in a filter and yet is easily typed by mistake. Each has a sentence in the words of `filterRemarks`. */
export type FilterRemark =
  /** §4.7.1.1: levels may be empty. */
  | 'emptyLevels'
  /** §4.7.3: a space is a character like any other. */
  | 'outerSpaces'

/** Of a valid filter; a share group is no part of what is matched. */
export const filterRemarks = (filter: string): readonly FilterRemark[] => {
  const { filter: matched, levels } = parseFilter(filter)
  return [
    ...(levels.includes('') ? (['emptyLevels'] as const) : []),
    ...(/^ | $/.test(matched) ? (['outerSpaces'] as const) : []),
  ]
}
