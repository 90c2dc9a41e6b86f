// Why it is so: build/docs/decisions/62-long-lists-have-a-scroller-of-their-own.md
import { useState } from 'react'
import type { RowSource } from '../../model/logSearch/foundRows'
import type { MessageLog } from '../../model/messageLog/messageLog'
import { useVirtualList, type VirtualList } from '../../ui/virtualList/useVirtualList'

/** As `--row` in tokens.css. */
const logRowHeight = 24

export interface LogScroll extends VirtualList {
  /** Messages that came since following stopped, and do not stand in view. */
  readonly unseen: number
}

export interface LogScrollOptions {
  readonly scroller: HTMLElement | null
  /** Another log, after a clear or its undo, is shown from its end. */
  readonly log: MessageLog
  /** The messages and gaps. */
  readonly source: RowSource
  /** The same with what stands between them. */
  readonly rows: RowSource
  /** The row after the last one of the log. */
  readonly endRow: number
  /** The row that stays where it is, while it is in view, when others come or go between the rows; null = the first. */
  readonly heldRow: number | null
}

/** The list of messages: it follows what comes, until one scrolls or chooses. */
export const useLogScroll = ({ scroller, log, source, rows, endRow, heldRow }: LogScrollOptions): LogScroll => {
  /** First row that was not there when following stopped. */
  const [seenEndRow, setSeenEndRow] = useState(0)
  const list = useVirtualList({
    scroller,
    rows,
    rowHeight: logRowHeight,
    headerHeight: logRowHeight,
    followsEnd: true,
    recyclesElements: true,
    subject: log,
    heldRow,
    onLeaveEnd: () => setSeenEndRow(endRow),
  })
  return { ...list, unseen: Math.min(source.count() - source.placeOf(seenEndRow), list.rowsBelow) }
}
