import { createRangeFilter, type FilterTerms } from './logFilter'
import { createLogChecking } from './logChecking'
import { createLogDecoding } from './logDecoding'
import type { LogRules } from './logRules'
import type { LogMirror } from './logMirror'
import { createRowColumn } from './rowColumn'
import type { RowsFound } from './searchProtocol'

/** One search through one log, in steps of well under a millisecond, mostly. */
export interface RowScan {
  /** Looks at some messages: those that came since the start and those before it in turns. */
  step(): void
  readonly isDone: () => boolean
  /** What was found since it was last asked. */
  take(): Pick<RowsFound, 'older' | 'newer'>
}

export interface RowScanStart {
  readonly terms: FilterTerms
  readonly startRow: number
  /** How payloads are read. */
  readonly rules: LogRules
}

/** So many that the fixed cost of a step does not count. */
const rowsPerStep = 2_048

export const createRowScan = (mirror: LogMirror, { terms, startRow, rules }: RowScanStart): RowScan => {
  const createFilter = () =>
    createRangeFilter(terms, mirror.names, {
      decoding: createLogDecoding(rules.decoding, mirror.names),
      checking: createLogChecking(rules, mirror.names),
    })
  let filter = createFilter()
  let namesRevision = mirror.namesRevision()
  const older = createRowColumn()
  const newer = createRowColumn()
  let below = Math.min(startRow, mirror.endRow())
  let above = below

  const hasAbove = () => above < mirror.endRow()
  const hasBelow = () => below > mirror.firstRow()

  const stepUp = () => {
    above = Math.max(above, mirror.firstRow())
    const range = mirror.rangeFrom(above, rowsPerStep)
    if (!range) {
      above++
      return
    }
    filter(range, (index) => newer.push(range.chunk.firstRow + index))
    above = range.chunk.firstRow + range.to
  }

  const found = createRowColumn()
  const stepDown = () => {
    const range = mirror.rangeBefore(below, rowsPerStep)
    if (!range) {
      below--
      return
    }
    filter(range, (index) => found.push(range.chunk.firstRow + index))
    older.append(found.take().reverse())
    below = range.chunk.firstRow + range.from
  }

  return {
    step: () => {
      if (namesRevision !== mirror.namesRevision()) {
        // It remembers its answer for each topic number and match set number.
        filter = createFilter()
        namesRevision = mirror.namesRevision()
      }
      if (hasAbove()) stepUp()
      if (hasBelow()) stepDown()
    },
    isDone: () => !hasAbove() && !hasBelow(),
    take: () => ({ older: older.take(), newer: newer.take() }),
  }
}
