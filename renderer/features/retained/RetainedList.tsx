import { useVirtualizer } from '@tanstack/react-virtual'
import {
  useId,
  useImperativeHandle,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
  type RefObject,
} from 'react'
import { useTranslations } from 'use-intl'
import { useApp } from '../../store/useApp'
import { useAskedSince } from '../../store/useAskedSince'
import { ContextMenu } from '../../ui/menus'
import { useSteadyNow } from '../../store/useSteadyNow'
import styles from './retained.module.css'
import { RetainedRow } from './RetainedRow'
import {
  allChosen,
  extendedTo,
  inverted,
  movedTo,
  noneChosen,
  toggled,
  type Selection,
  type ShownRows,
} from './selection'
import type { Listing } from './useRetainedListing'
import type { SelectMenu } from './useSelectMenu'

const rowHeight = 24

interface RetainedListProps {
  /** The element that takes the focus. */
  readonly ref: RefObject<HTMLDivElement | null>
  readonly connectionId: string
  readonly listing: Listing
  readonly rows: ShownRows
  readonly selection: Selection
  readonly onSelect: (selection: Selection) => void
  readonly menu: SelectMenu
}

type Keys = Pick<RetainedListProps, 'rows' | 'selection' | 'onSelect'> & {
  readonly pageRows: () => number
  readonly reveal: (row: number) => void
}

/** As in a grid of files: arrows move, with Shift they draw a range, the space bar chooses. */
const useListKeys = ({ rows, selection, onSelect, pageRows, reveal }: Keys) => {
  const { cursor } = selection
  const rowFor = (key: string): number | null => {
    switch (key) {
      case 'ArrowDown':
        return cursor + 1
      case 'ArrowUp':
        return cursor - 1
      case 'PageDown':
        return cursor + pageRows()
      case 'PageUp':
        return cursor - pageRows()
      case 'Home':
        return 0
      case 'End':
        return rows.count - 1
      default:
        return null
    }
  }
  const chooseBy = ({ key, shiftKey, ctrlKey, metaKey }: KeyboardEvent): Selection | null => {
    const command = ctrlKey || metaKey
    if (key === ' ') return shiftKey ? extendedTo(selection, cursor, rows) : toggled(selection, cursor, rows)
    if (command && key.toLowerCase() === 'a') return shiftKey ? noneChosen(selection) : allChosen(selection, rows)
    return command && key === 'i' ? inverted(selection, rows) : null
  }
  return (event: KeyboardEvent) => {
    if (rows.count === 0) return
    const wanted = rowFor(event.key)
    const row = wanted === null ? null : Math.max(0, Math.min(rows.count - 1, wanted))
    const next =
      row === null ? chooseBy(event) : event.shiftKey ? extendedTo(selection, row, rows) : movedTo(selection, row)
    if (!next) return
    event.preventDefault()
    onSelect(next)
    if (row !== null) reveal(row)
  }
}

function ColumnLabels() {
  const t = useTranslations('retained')
  return (
    <div aria-hidden className={styles.labels}>
      <span className={styles.topicLabel}>{t('columns.topic')}</span>
      <span className={styles.valueLabel}>{t('columns.value')}</span>
      <span className={styles.expiry}>{t('columns.state')}</span>
      <span className={styles.age} title={t('age.hint')}>
        {t('columns.age')}
      </span>
      <span className={styles.size}>{t('columns.size')}</span>
      <span className={styles.qos}>QoS</span>
    </div>
  )
}

/** Any number of retained messages, of which only those in view exist. */
export function RetainedList(props: RetainedListProps) {
  const { ref, connectionId, listing, rows, selection, onSelect, menu } = props
  const t = useTranslations('retained')
  const listId = useId()
  const now = useSteadyNow()
  const askedSince = useAskedSince(connectionId)
  const heardOn = useApp((state) => state.heardOn)
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null)
  useImperativeHandle<HTMLDivElement | null, HTMLDivElement | null>(ref, () => scroller, [scroller])
  // eslint-disable-next-line react-hooks/incompatible-library -- read in this component only, never memoised
  const virtualizer = useVirtualizer({
    count: rows.count,
    getScrollElement: () => scroller,
    estimateSize: () => rowHeight,
    overscan: 12,
    initialRect: { width: 600, height: 400 },
  })
  const handleKey = useListKeys({
    rows,
    selection,
    onSelect,
    pageRows: () => Math.max(1, Math.floor((scroller?.clientHeight ?? 0) / rowHeight) - 1),
    reveal: (row) => virtualizer.scrollToIndex(row),
  })
  const handleClick = (event: MouseEvent, row: number) =>
    onSelect(event.shiftKey ? extendedTo(selection, row, rows) : toggled(selection, row, rows))
  const menuRow = useRef<number | null>(null)
  const noteMenuTarget = ({ target }: MouseEvent) => {
    const row = target instanceof Element ? target.closest<HTMLElement>('[data-row]')?.dataset['row'] : undefined
    // The keyboard's menu comes with the list as its target: it speaks of the cursor's row.
    menuRow.current = row === undefined ? null : Number(row)
    if (menuRow.current !== null) onSelect(movedTo(selection, menuRow.current))
  }
  const items = virtualizer.getVirtualItems()
  const ageParts = { askedSince, heard: heardOn(connectionId), listedAt: listing.listedAt }
  const isCursorDrawn = items.some(({ index }) => index === selection.cursor)
  return (
    <div className={styles.frame}>
      <ColumnLabels />
      <ContextMenu className={styles.menuArea ?? ''} items={() => menu(menuRow.current ?? selection.cursor)}>
        <div
          ref={setScroller}
          role="listbox"
          aria-label={t('list')}
          aria-multiselectable
          {...(isCursorDrawn ? { 'aria-activedescendant': `${listId}-${selection.cursor}` } : {})}
          tabIndex={0}
          className={styles.list}
          onKeyDown={handleKey}
          onContextMenu={noteMenuTarget}
        >
          <div className={styles.spacer} style={{ height: virtualizer.getTotalSize() }}>
            <div className={styles.window} style={{ transform: `translateY(${items[0]?.start ?? 0}px)` }}>
              {items.map(({ index }) => {
                const place = rows.placeAt(index)
                const entry = listing.entries[place]
                return entry ? (
                  <RetainedRow
                    key={index}
                    id={`${listId}-${index}`}
                    {...{ entry, now, ageParts }}
                    row={index}
                    rowCount={rows.count}
                    fate={listing.fates.get(place)}
                    chosen={selection.chosen.has(place)}
                    active={index === selection.cursor}
                    onClick={(event) => handleClick(event, index)}
                  />
                ) : null
              })}
            </div>
          </div>
        </div>
      </ContextMenu>
    </div>
  )
}
