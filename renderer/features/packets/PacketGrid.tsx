import { useCallback, useEffect, useId, useLayoutEffect, useRef, type KeyboardEvent } from 'react'
import { useTranslations } from 'use-intl'
import { useConnection, useConnectionObject } from '../../state/useConnection'
import { useFocusRequest } from '../../state/focus'
import { useScroller } from '../../ui/useScroller'
import { placeAfterKey } from '../../ui/virtualList/listKeys'
import type { ListRows } from '../../ui/virtualList/listRows'
import { useVirtualList } from '../../ui/virtualList/useVirtualList'
import { VirtualRows } from '../../ui/virtualList/VirtualRows'
import { PacketRow } from './PacketRow'
import styles from './packets.module.css'
import { packetsState } from './packetsState'

const rowHeight = 22

const columns = ['time', 'delta', 'direction', 'type', 'id', 'size', 'summary'] as const

/** The numbers of the entries that are shown, by their places. */
const rowsOf = (all: { readonly first: number; readonly last: number }): ListRows => {
  const count = Math.max(0, all.last - all.first + 1)
  return {
    count: () => count,
    rowAt: (place) => all.first + place,
    placeOf: (row) => Math.min(Math.max(row - all.first, 0), count),
  }
}

const foundRows = (numbers: readonly number[], count: number): ListRows => ({
  count: () => count,
  rowAt: (place) => numbers[place] ?? 0,
  placeOf: (row) => {
    let low = 0
    let high = count
    while (low < high) {
      const middle = (low + high) >> 1
      if ((numbers[middle] ?? 0) < row) low = middle + 1
      else high = middle
    }
    return low
  },
})

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

/** The packets and steps: only the rows in view exist, and only their entries are asked for. */
export function PacketGrid() {
  const t = useTranslations('packets')
  const id = useId()
  const state = useConnectionObject().get(packetsState)
  const status = useConnection(packetsState, ({ status: known }) => known)
  const found = useConnection(packetsState, (one) => one.found)
  const query = useConnection(packetsState, (one) => one.query)
  const chosen = useConnection(packetsState, (one) => one.chosen)
  useConnection(packetsState, (one) => one.loaded)
  const { grid, scroller, attach } = useGridElement()
  const rows = found ? foundRows(found.numbers, found.count) : rowsOf(status ?? { first: 1, last: 0 })
  const placeOfChosen = chosen === null ? -1 : rows.placeOf(chosen)
  const isThere = chosen !== null && rows.rowAt(placeOfChosen) === chosen
  const list = useVirtualList({
    scroller,
    rows,
    rowHeight,
    headerHeight: rowHeight,
    followsEnd: true,
    subject: query,
    heldRow: isThere ? chosen : null,
    keptPlace: isThere ? placeOfChosen : null,
  })
  const { drawn, extent } = list
  const wanted = drawn.map(({ row }) => row)
  useEffect(() => {
    state.load(wanted)
  })
  useFocusRequest('packets', () => grid.current?.focus())
  const revealChosen = useRef(() => {})
  useLayoutEffect(() => {
    revealChosen.current = () => {
      if (!isThere) return
      list.hold()
      list.reveal(placeOfChosen)
    }
  })
  // For each packet that is chosen, and when it opens, which takes room from the list; not for each that comes.
  useEffect(() => revealChosen.current(), [chosen, isThere, extent.viewport])
  const handleKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'Escape' && chosen !== null) {
      event.stopPropagation()
      state.choose(null)
      return
    }
    const place = placeAfterKey(event.key, {
      count: rows.count(),
      place: isThere ? placeOfChosen : rows.count(),
      page: list.pageRows,
    })
    if (place === null) return
    event.preventDefault()
    state.choose(rows.rowAt(place))
  }
  return (
    <div
      ref={attach}
      role="grid"
      aria-label={t('grid')}
      aria-rowcount={rows.count() + 1}
      aria-activedescendant={isThere && drawn.some(({ row }) => row === chosen) ? `${id}-${chosen}` : undefined}
      tabIndex={0}
      className={styles.grid}
      onScroll={list.handleScroll}
      onKeyDown={handleKey}
    >
      <div role="rowgroup" className={styles.header}>
        <div role="row" aria-rowindex={1} className={styles.headerRow}>
          {columns.map((column) => (
            <span key={column} role="columnheader" data-column={column} className={styles.headerCell}>
              {t(`columns.${column}`)}
            </span>
          ))}
        </div>
      </div>
      <VirtualRows
        list={list}
        role="rowgroup"
        renderRow={({ row, place }) => (
          <PacketRow
            id={`${id}-${row}`}
            number={row}
            rowIndex={place + 2}
            entry={state.entryOf(row)}
            isChosen={row === chosen}
            onChoose={() => state.choose(row)}
          />
        )}
      />
    </div>
  )
}
