import type { ExportedRows } from '../model/logExport/exportedMessages'
import { noFilter } from '../model/logSearch/logFilter'
import type { SequenceRanges } from '../model/sequenceRanges'
import type { Connection } from './app'
import { rowsBetween, shownRows } from './chosenMessages'

/** Which messages of a log are to be exported. */
export type ExportChoice =
  | { readonly kind: 'chosen'; readonly ranges: SequenceRanges }
  /** Those that the log shows. */
  | { readonly kind: 'shown' }
  /** A topic, or a filter of topics. */
  | { readonly kind: 'topics'; readonly filter: string }
  | { readonly kind: 'all' }

/** The rows that are meant, as they are now. The query and ages of the log hold for what it shows and for what was chosen in it. */
export const exportedRowsOf = (connection: Connection, choice: ExportChoice): ExportedRows => {
  const { log, search } = connection.model
  const all: ExportedRows['ranges'] = [[log.firstKeptRow(), log.endRow()]]
  switch (choice.kind) {
    case 'all':
      return { ranges: all, terms: noFilter }
    case 'topics':
      return {
        ranges: all,
        terms: { terms: [{ not: false, test: { kind: 'topic', filter: choice.filter } }], mutedIds: [] },
      }
    case 'shown': {
      const shown = shownRows(connection)
      const count = shown.count()
      const ranges = count === 0 ? [] : [[shown.rowAt(0), shown.rowAt(count - 1) + 1] as const]
      return { ranges, terms: search.found()?.terms ?? noFilter }
    }
    case 'chosen': {
      const [first, second] = choice.ranges
      const ranges = choice.ranges.map((range) => rowsBetween(log, range))
      const isOne = first !== undefined && second === undefined && first.from === first.to
      return { ranges, terms: isOne ? noFilter : (search.found()?.terms ?? noFilter) }
    }
  }
}
