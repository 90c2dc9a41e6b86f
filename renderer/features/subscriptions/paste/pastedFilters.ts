import { filterProblemOf } from '#shared/mqtt/filterExplanation'

/** What becomes of a pasted line: only a `new` one is added. `twice` = a line before it says the same. */
type PastedStanding = 'new' | 'wrong' | 'there' | 'twice'

export interface PastedLine {
  /** Its number in what was pasted, from one. */
  readonly line: number
  readonly filter: string
}

export interface JudgedLine extends PastedLine {
  readonly standing: PastedStanding
}

/**
 * The filters of a text, one a line; null = it has at most one, and belongs into the field. White space around a line is
 * of the list that it comes from, and `#` begins no comment, because it is a filter.
 */
export const pastedLines = (text: string): readonly PastedLine[] | null => {
  const lines = text
    .split(/\r\n|\r|\n/)
    .map((line, index) => ({ line: index + 1, filter: line.trim() }))
    .filter(({ filter }) => filter !== '')
  return lines.length > 1 ? lines : null
}

/** How each line stands to those before it, and to the filters that are there. */
export const judgedLines = (lines: readonly PastedLine[], there: ReadonlySet<string>): readonly JudgedLine[] => {
  const seen = new Set<string>()
  return lines.map((line) => {
    const { filter } = line
    const isTwice = seen.has(filter)
    seen.add(filter)
    if (filterProblemOf(filter)) return { ...line, standing: 'wrong' }
    return { ...line, standing: there.has(filter) ? 'there' : isTwice ? 'twice' : 'new' }
  })
}
