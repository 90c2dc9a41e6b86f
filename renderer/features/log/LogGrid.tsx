import { ArrowDownToLine } from 'lucide-react'
import { useCallback, useId, useMemo, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Subscription } from '#shared/model/subscription'
import type { MessageLog } from '../../model/messageLog/messageLog'
import { selectSelectedSequence } from '../../store/selectionSlice'
import { useApp } from '../../store/useApp'
import { Button } from '../../ui/Button'
import { useEditScope } from '../../ui/editScopes'
import { formatCount } from '../../ui/format'
import { ContextMenu } from '../../ui/menus'
import { spacerHeight } from '../../ui/scrollModel'
import { ColumnHeaders } from './ColumnHeaders'
import styles from './log.module.css'
import { MessageRow } from './MessageRow'
import { createRowCache } from './rowCache'
import { rowHeight } from './rowHeight'
import { createRowKeys } from './rowKeys'
import type { LogRows } from './useLogRows'
import { useGridHandlers } from './useGridHandlers'
import { useLogScroll } from './useLogScroll'
import { useMessageMenu } from './useMessageMenu'

export interface LogGridProps {
  readonly connectionId: string
  readonly log: MessageLog
  readonly rows: LogRows
  readonly subscriptions: ReadonlyMap<string, Subscription>
}

/** The messages: only the rows in view exist. */
export function LogGrid({ connectionId, log, rows, subscriptions }: LogGridProps) {
  const t = useTranslations('log')
  const id = useId()
  const grid = useRef<HTMLDivElement | null>(null)
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null)
  // One and the same function: React calls a new one with null and the element after every render.
  const attach = useCallback((element: HTMLDivElement | null) => {
    grid.current = element
    setScroller(element)
  }, [])
  const { source, endRow } = rows
  const viewRow = useMemo(() => createRowCache(log), [log])
  const [rowKeys] = useState(createRowKeys)
  const menu = useMessageMenu(connectionId)
  const sequence = useApp(selectSelectedSequence(connectionId))
  const selectedRow = sequence === null ? null : log.rowOfSequence(sequence)
  const scroll = useLogScroll({ scroller, log, source, endRow, headerHeight: rowHeight, heldRow: selectedRow })
  const { copySelected, ...handlers } = useGridHandlers({ connectionId, source, scroll, selectedRow, viewRow })
  // One row is selected at a time: there is no all.
  useEditScope(scroller, { selectAll: () => undefined, copy: copySelected })
  const shownRows = Array.from({ length: scroll.to - scroll.from }, (_, index) => source.rowAt(scroll.from + index))
  const keyOf = rowKeys(shownRows)
  const rowId = (row: number) => `${id}-${row}`
  const isInView = selectedRow !== null && shownRows.includes(selectedRow)

  // Nothing is new that stands in view.
  const unseen = Math.min(source.count() - source.placeOf(scroll.seenEndRow), scroll.rowsBelow)
  return (
    <div className={styles.gridFrame}>
      <ContextMenu items={menu} className={styles.gridTrigger ?? ''}>
        <div
          ref={attach}
          role="grid"
          aria-label={t('grid')}
          aria-rowcount={source.count() + 1}
          aria-activedescendant={isInView ? rowId(selectedRow) : undefined}
          tabIndex={0}
          className={styles.grid}
          onScroll={scroll.handleScroll}
          {...handlers}
        >
          <ColumnHeaders grid={grid} />
          <div role="presentation" style={{ height: spacerHeight(scroll.extent) }}>
            <div
              role="rowgroup"
              className={styles.layer}
              style={{ height: Math.min(scroll.extent.viewport, spacerHeight(scroll.extent)) }}
            >
              <div role="presentation" style={{ transform: `translateY(${scroll.from * rowHeight - scroll.top}px)` }}>
                {shownRows.map((row, index) => {
                  const shown = viewRow(row)
                  return shown ? (
                    <MessageRow
                      key={keyOf(row)}
                      id={rowId(row)}
                      row={shown}
                      rowIndex={scroll.from + index + 2}
                      selected={row === selectedRow}
                      subscriptions={subscriptions}
                    />
                  ) : null
                })}
              </div>
            </div>
          </div>
        </div>
      </ContextMenu>
      {scroll.following || scroll.rowsBelow === 0 ? null : (
        <Button className={styles.newest} icon={<ArrowDownToLine size={14} />} onClick={scroll.follow}>
          {unseen > 0 ? t('newMessages', { count: formatCount(unseen) }) : t('toNewest')}
        </Button>
      )}
    </div>
  )
}
