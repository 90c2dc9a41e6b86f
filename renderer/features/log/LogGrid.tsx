import { ArrowDownToLine } from 'lucide-react'
import { useCallback, useId, useMemo, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Subscription } from '#shared/model/subscription'
import type { MessageLog } from '../../model/messageLog/messageLog'
import { selectionState, selectSelectedSequence } from '../../state/selection'
import { useConnection } from '../../state/useConnection'
import { Button } from '../../ui/Button'
import { useEditScope } from '../../ui/editScopes'
import { formatCount } from '../../ui/format'
import { ContextMenu } from '../../ui/menus'
import { VirtualRows } from '../../ui/virtualList/VirtualRows'
import { ColumnHeaders } from './ColumnHeaders'
import styles from './log.module.css'
import { columnTracks } from './messageColumns'
import { MessageRow } from './MessageRow'
import { createRowCache } from './rowCache'
import type { LogRows } from './useLogRows'
import { useGridHandlers } from './useGridHandlers'
import { useLogScroll } from './useLogScroll'
import { useMessageMenu } from './useMessageMenu'

export interface LogGridProps {
  readonly log: MessageLog
  readonly rows: LogRows
  readonly subscriptions: ReadonlyMap<string, Subscription>
}

/** The messages: only the rows in view exist. */
export function LogGrid({ log, rows, subscriptions }: LogGridProps) {
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
  const menu = useMessageMenu()
  const sequence = useConnection(selectionState, selectSelectedSequence)
  const selectedRow = sequence === null ? null : log.rowOfSequence(sequence)
  const scroll = useLogScroll({ scroller, log, source, endRow, heldRow: selectedRow })
  const { copySelected, ...handlers } = useGridHandlers({ source, scroll, selectedRow, viewRow })
  // One row is selected at a time: there is no all.
  useEditScope(scroller, { selectAll: () => undefined, copy: copySelected })
  const rowId = (row: number) => `${id}-${row}`
  const isInView = selectedRow !== null && scroll.drawn.some(({ row }) => row === selectedRow)

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
          style={columnTracks}
          onScroll={scroll.handleScroll}
          {...handlers}
        >
          <ColumnHeaders grid={grid} />
          <VirtualRows
            list={scroll}
            role="rowgroup"
            renderRow={({ place, row }) => {
              const shown = viewRow(row)
              return shown ? (
                <MessageRow
                  id={rowId(row)}
                  row={shown}
                  rowIndex={place + 2}
                  selected={row === selectedRow}
                  subscriptions={subscriptions}
                />
              ) : null
            }}
          />
        </div>
      </ContextMenu>
      {scroll.following || scroll.rowsBelow === 0 ? null : (
        <Button className={styles.newest} icon={<ArrowDownToLine size={14} />} onClick={scroll.follow}>
          {scroll.unseen > 0 ? t('newMessages', { count: formatCount(scroll.unseen) }) : t('toNewest')}
        </Button>
      )}
    </div>
  )
}
