import { ArrowDownToLine } from 'lucide-react'
import { memo, useCallback, useId, useLayoutEffect, useMemo, useRef, type RefObject } from 'react'
import { useTranslations } from 'use-intl'
import type { Subscription } from '#shared/model/subscription'
import type { MessageLog } from '../../model/messageLog/messageLog'
import { holdsSequence } from '../../model/sequenceRanges'
import { selectionState, selectSelectedSequence } from '../../state/selection'
import { useConnection } from '../../state/useConnection'
import { Button } from '../../ui/Button'
import { useEditScope } from '../../ui/editScopes'
import { formatCount } from '../../ui/format'
import { ContextMenu } from '../../ui/menus'
import { useScroller } from '../../ui/useScroller'
import { VirtualRows } from '../../ui/virtualList/VirtualRows'
import { bookmarksState } from './bookmarks/bookmarks'
import { BookmarksPopover, type BookmarksPopoverProps } from './bookmarks/BookmarksPopover'
import { ColumnHeaders } from './ColumnHeaders'
import { movedTo, withWidth } from './columns/columnArrangement'
import { ColumnsPopover } from './columns/ColumnsPopover'
import { useDrawnColumns } from './columns/useDrawnColumns'
import { useLogColumns, type LogColumns } from './columns/useLogColumns'
import { EventRow } from './events/EventRow'
import { useEventRows } from './events/useEventRows'
import styles from './log.module.css'
import { MessageRow } from './MessageRow'
import { createRowCache } from './rowCache'
import { useGridHandlers } from './useGridHandlers'
import { useGridMenu } from './useGridMenu'
import type { LogRows } from './useLogRows'
import { useLogScroll, type LogScroll } from './useLogScroll'

export interface LogGridProps {
  readonly log: MessageLog
  readonly rows: LogRows
  readonly subscriptions: ReadonlyMap<string, Subscription>
}

/** The messages, and the events between them: only the rows in view exist. */
export function LogGrid({ log, rows: { source, isAsked, endRow }, subscriptions }: LogGridProps) {
  const t = useTranslations('log')
  const id = useId()
  const { grid, scroller, attach } = useGridElement()
  const viewRow = useMemo(() => createRowCache(log), [log])
  const sequence = useConnection(selectionState, selectSelectedSequence)
  const chosen = useConnection(selectionState, (state) => state.chosen)
  const bookmarks = useConnection(bookmarksState, (state) => state.all)
  const selectedRow = sequence === null ? null : log.rowOfSequence(sequence)
  const { rows, eventAt } = useEventRows(log, source, isAsked)
  const scroll = useLogScroll({ scroller, log, source, rows, endRow, heldRow: selectedRow })
  const arrangement = useLogColumns()
  const { columns, tracks, arrivalAbove } = useDrawnColumns({ ...arrangement, log, source, scroll, viewRow })
  const menu = useGridMenu({ ...arrangement, columns, grid })
  const handling = useGridHandlers({ source, rows, scroll, selectedRow, viewRow, menuOf: menu.setUnder })
  const { copySelected, chooseAll, show, ...handlers } = handling
  const latestShow = useRef(show)
  useLayoutEffect(() => {
    latestShow.current = show
  })
  useEditScope(scroller, { selectAll: chooseAll, copy: copySelected })
  const [handleWidth, handleMove] = useHeaderVerbs(arrangement)
  const rowId = (row: number) => `${id}-${row}`
  const isInView = selectedRow !== null && scroll.drawn.some(({ row }) => row === selectedRow)

  const renderRow = ({ row }: { readonly row: number }) => {
    const event = eventAt(row)
    if (event) return <EventRow event={event} />
    const shown = viewRow(row)
    if (!shown) return null
    const place = source.placeOf(row)
    return (
      <MessageRow
        id={rowId(row)}
        row={shown}
        logRow={row}
        rowIndex={place + 2}
        selected={shown.kind === 'message' && holdsSequence(chosen, shown.message.sequence)}
        current={row === selectedRow}
        bookmark={shown.kind === 'message' ? bookmarks.get(shown.message.sequence) : undefined}
        columns={columns}
        subscriptions={subscriptions}
        log={log}
        rowBeforeAt={arrivalAbove(place)}
      />
    )
  }

  return (
    <div className={styles.gridFrame}>
      <ContextMenu items={menu.items} className={styles.gridTrigger ?? ''}>
        <div
          ref={attach}
          role="grid"
          aria-label={t('grid')}
          aria-multiselectable
          aria-rowcount={source.count() + 1}
          aria-activedescendant={isInView ? rowId(selectedRow) : undefined}
          tabIndex={0}
          className={styles.grid}
          style={tracks}
          onScroll={scroll.handleScroll}
          {...handlers}
        >
          <ColumnHeaders columns={columns} grid={grid} onWidth={handleWidth} onMove={handleMove} />
          <VirtualRows list={scroll} role="rowgroup" renderRow={renderRow} />
        </div>
      </ContextMenu>
      <HeaderTools arrangement={arrangement} show={latestShow} />
      <NewestButton scroll={scroll} />
    </div>
  )
}

interface HeaderToolsProps {
  readonly arrangement: LogColumns
  readonly show: RefObject<BookmarksPopoverProps['onShow']>
}

/** Not drawn again with every batch. */
const HeaderTools = memo(function HeaderTools({ arrangement, show }: HeaderToolsProps) {
  return (
    <div className={styles.headerTools}>
      <BookmarksPopover onShow={(sequence) => show.current(sequence)} />
      <ColumnsPopover {...arrangement} />
    </div>
  )
})

/** The way back to the end while it is not followed. */
function NewestButton({ scroll: { following, rowsBelow, unseen, follow } }: { readonly scroll: LogScroll }) {
  const t = useTranslations('log')
  if (following || rowsBelow === 0) return null
  return (
    <Button className={styles.newest} icon={<ArrowDownToLine size={14} />} onClick={follow}>
      {unseen > 0 ? t('newMessages', { count: formatCount(unseen) }) : t('toNewest')}
    </Button>
  )
}

const useGridElement = () => {
  const grid = useRef<HTMLDivElement | null>(null)
  const [scroller, noteScroller] = useScroller()
  // One and the same function: React calls a new one with null and the element after every render.
  const attach = useCallback(
    (element: HTMLDivElement | null) => {
      grid.current = element
      noteScroller(element)
    },
    [noteScroller],
  )
  return { grid, scroller, attach }
}

const useHeaderVerbs = ({ arranged, arrange }: LogColumns) =>
  [
    useCallback((id: string, width: number) => arrange(withWidth(arranged, id, width)), [arranged, arrange]),
    useCallback((id: string, placeOf: string) => arrange(movedTo(arranged, id, placeOf)), [arranged, arrange]),
  ] as const
