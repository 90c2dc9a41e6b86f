import { useMemo, type CSSProperties } from 'react'
import type { RowSource } from '../../../model/logSearch/foundRows'
import type { LogRow, MessageLog } from '../../../model/messageLog/messageLog'
import { messageColumns } from '../messageColumns'
import { isEventRow } from '../events/eventRows'
import type { LogScroll } from '../useLogScroll'
import { columnFactsOf } from './columnFacts'
import { columnTracks, drawnColumnsOf, type DrawnColumn } from './drawnColumns'
import type { LogColumns } from './useLogColumns'

interface DrawnColumnsOptions extends Pick<LogColumns, 'arranged'> {
  readonly log: MessageLog
  readonly source: RowSource
  readonly scroll: LogScroll
  readonly viewRow: (row: number) => LogRow | null
}

interface DrawnColumns {
  readonly columns: readonly DrawnColumn[]
  /** For the style of the grid. */
  readonly tracks: CSSProperties
  /** When the message in the row above a place came, on the steady clock; null = there is none, or no column asks. */
  readonly arrivalAbove: (place: number) => number | null
}

/** The columns for the messages that are in view or were. The same objects as long as they stay. */
export const useDrawnColumns = ({ log, arranged, source, scroll, viewRow }: DrawnColumnsOptions): DrawnColumns => {
  const facts = columnFactsOf(log, messageColumns)
  for (const { row } of scroll.drawn) {
    const shown = isEventRow(row) ? null : viewRow(row)
    if (shown?.kind === 'message') facts.note(shown.message)
  }
  const differing = facts.differing()
  const characters = facts.topicCharacters()
  const columns = useMemo(() => drawnColumnsOf(arranged, differing), [arranged, differing])
  const tracks = useMemo(() => columnTracks(columns, characters), [columns, characters])
  const asksRowBefore = columns.some((column) => column.asksRowBefore)
  const arrivalAbove = (place: number) => {
    const above = asksRowBefore && place > 0 ? viewRow(source.rowAt(place - 1)) : null
    return above?.kind === 'message' ? above.message.arrivedAt : null
  }
  return { columns, tracks, arrivalAbove }
}
