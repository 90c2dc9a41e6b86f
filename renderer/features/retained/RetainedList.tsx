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
import { useAskedSince } from '../../state/useAskedSince'
import { useConnection } from '../../state/useConnection'
import { useSteadyNow } from '../../state/useSteadyNow'
import { ContextMenu } from '../../ui/menus'
import { placeAfterKey } from '../../ui/virtualList/listKeys'
import { rowsByPlace } from '../../ui/virtualList/listRows'
import { useVirtualList } from '../../ui/virtualList/useVirtualList'
import { VirtualRows } from '../../ui/virtualList/VirtualRows'
import type { HomeAssistantFindings } from './homeAssistant'
import styles from './retained.module.css'
import { RetainedRow } from './RetainedRow'
import { retainedState } from './retainedState'
import {
  allChosen,
  extendedTo,
  inverted,
  movedTo,
  noneChosen,
  toggled,
  type RetainedSelection,
  type ShownRows,
} from './retainedSelection'
import type { Listing } from './useRetainedListing'
import type { SelectMenu } from './useSelectMenu'

const rowHeight = 24

interface RetainedListProps {
  /** The element that takes the focus. */
  readonly ref: RefObject<HTMLDivElement | null>
  readonly listing: Listing
  readonly rows: ShownRows
  readonly selection: RetainedSelection
  readonly onSelect: (selection: RetainedSelection) => void
  readonly menu: SelectMenu
  /** What is said of the rows in place of their payload, size and age; null = nothing. */
  readonly findings: HomeAssistantFindings | null
}

/** Any number of retained messages, of which only those in view exist. */
export function RetainedList(props: RetainedListProps) {
  const { ref, listing, rows, selection, onSelect, menu, findings } = props
  const t = useTranslations('retained')
  const listId = useId()
  const now = useSteadyNow()
  const askedSince = useAskedSince()
  const heard = useConnection(retainedState, (state) => state.heard)
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null)
  useImperativeHandle<HTMLDivElement | null, HTMLDivElement | null>(ref, () => scroller, [scroller])
  const list = useVirtualList({
    scroller,
    rows: rowsByPlace(rows.count),
    rowHeight,
    keptPlace: selection.cursor,
    recyclesElements: true,
  })
  const handleKey = useListKeys({
    rows,
    selection,
    onSelect,
    pageRows: list.pageRows,
    reveal: list.reveal,
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
  const ageParts = { askedSince, heard: heard(), listedAt: listing.listedAt }
  return (
    <div className={styles.frame}>
      <ColumnLabels isFound={findings !== null} />
      <ContextMenu className={styles.menuArea ?? ''} items={() => menu(menuRow.current ?? selection.cursor)}>
        <div
          ref={setScroller}
          role="listbox"
          aria-label={t('list')}
          aria-multiselectable
          {...(selection.cursor < rows.count ? { 'aria-activedescendant': `${listId}-${selection.cursor}` } : {})}
          tabIndex={0}
          className={styles.list}
          onScroll={list.handleScroll}
          onKeyDown={handleKey}
          onContextMenu={noteMenuTarget}
        >
          <VirtualRows
            list={list}
            renderRow={({ place: row }) => {
              const place = rows.placeAt(row)
              const entry = listing.entries[place]
              return entry ? (
                <RetainedRow
                  id={`${listId}-${row}`}
                  {...{ entry, now, ageParts, row }}
                  rowCount={rows.count}
                  fate={listing.fates.get(place)}
                  finding={findings?.byPlace.get(place)}
                  chosen={selection.chosen.has(place)}
                  active={row === selection.cursor}
                  onClick={(event) => handleClick(event, row)}
                />
              ) : null
            }}
          />
        </div>
      </ContextMenu>
    </div>
  )
}

type Keys = Pick<RetainedListProps, 'rows' | 'selection' | 'onSelect'> & {
  readonly pageRows: number
  readonly reveal: (row: number) => void
}

/** As in a grid of files: arrows move, with Shift they draw a range, the space bar chooses. */
const useListKeys = ({ rows, selection, onSelect, pageRows, reveal }: Keys) => {
  const { cursor } = selection
  const chooseBy = ({ key, shiftKey, ctrlKey, metaKey }: KeyboardEvent): RetainedSelection | null => {
    const command = ctrlKey || metaKey
    if (key === ' ') return shiftKey ? extendedTo(selection, cursor, rows) : toggled(selection, cursor, rows)
    if (command && key.toLowerCase() === 'a') return shiftKey ? noneChosen(selection) : allChosen(selection, rows)
    return command && key === 'i' ? inverted(selection, rows) : null
  }
  return (event: KeyboardEvent) => {
    if (rows.count === 0) return
    const row = placeAfterKey(event.key, { count: rows.count, place: cursor, page: pageRows })
    const next =
      row === null ? chooseBy(event) : event.shiftKey ? extendedTo(selection, row, rows) : movedTo(selection, row)
    if (!next) return
    event.preventDefault()
    onSelect(next)
    if (row !== null) reveal(row)
  }
}

function ColumnLabels({ isFound }: { readonly isFound: boolean }) {
  const t = useTranslations('retained')
  if (isFound)
    return (
      <div aria-hidden className={styles.labels}>
        <span className={styles.valueLabel}>{t('columns.topic')}</span>
        <span className={styles.topicLabel}>{t('homeAssistant.reason')}</span>
      </div>
    )
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
