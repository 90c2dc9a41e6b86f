import { useState, type KeyboardEvent } from 'react'
import { useTranslations } from 'use-intl'
import { useApp } from '../../state/useApp'
import { placeAfterKey } from '../../ui/virtualList/listKeys'
import { rowsByPlace } from '../../ui/virtualList/listRows'
import { useVirtualList } from '../../ui/virtualList/useVirtualList'
import { VirtualRows } from '../../ui/virtualList/VirtualRows'
import { ConnectionRow, SchemaRow } from './FoundRow'
import { FileRow } from './FileRow'
import { importingState } from './importingState'
import styles from './importing.module.css'
import { isChoosable, type PlanRow } from './planRows'

const rowHeight = 32

/** The dry run: a row a connection, below the file in which it stands. Only rows in view exist. */
export function ImportTable() {
  const t = useTranslations('importing')
  const { rows, shownId, show } = useApp(importingState, (state) => state)
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null)
  const shownPlace = rows.findIndex(({ id }) => id === shownId)
  const list = useVirtualList({
    scroller,
    rows: rowsByPlace(rows.length),
    rowHeight,
    overscan: 12,
    keptPlace: shownPlace < 0 ? null : shownPlace,
    keyOf: (row) => rows[row]?.id ?? row,
  })
  const move = (event: KeyboardEvent) => {
    // Keys of a password's field are its own.
    if (event.target instanceof HTMLInputElement && event.target.type !== 'checkbox') return
    const place = placeAfterKey(event.key, { count: rows.length, place: shownPlace, page: list.pageRows })
    const target = place === null ? undefined : nearestChoosable(rows, place, place >= shownPlace ? 1 : -1)
    if (!target) return
    event.preventDefault()
    show(target.id)
    list.reveal(rows.indexOf(target))
    // The row is drawn by then, whether it was in view or not.
    requestAnimationFrame(() => focusRow(scroller, target.id))
  }
  return (
    <div role="table" aria-label={t('table')} aria-rowcount={rows.length + 1} className={styles.table}>
      <ColumnLabels />
      <div ref={setScroller} role="rowgroup" className={styles.rows} onScroll={list.handleScroll} onKeyDown={move}>
        <VirtualRows
          list={list}
          renderRow={({ place }) => {
            const row = rows[place]
            return row ? <TableRow row={row} place={place} isShown={row.id === shownId} /> : null
          }}
        />
      </div>
    </div>
  )
}

const nearestChoosable = (rows: readonly PlanRow[], place: number, step: 1 | -1): PlanRow | undefined => {
  for (let at = place; at >= 0 && at < rows.length; at += step) {
    const row = rows[at]
    if (row && row.kind !== 'file') return row
  }
  return undefined
}

const focusRow = (scroller: HTMLElement | null, id: string) => {
  const rows = [...(scroller?.querySelectorAll<HTMLElement>('[data-plan-row]') ?? [])]
  rows
    .find(({ dataset }) => dataset['planRow'] === id)
    ?.querySelector<HTMLElement>('input[type="checkbox"]')
    ?.focus()
}

interface TableRowProps {
  readonly row: PlanRow
  readonly place: number
  readonly isShown: boolean
}

function TableRow({ row, place, isShown }: TableRowProps) {
  const show = useApp(importingState, (state) => state.show)
  const look = () => show(row.id)
  return (
    <div
      role="row"
      aria-rowindex={place + 2}
      className={styles.row}
      data-plan-row={row.id}
      data-kind={row.kind}
      data-shown={isShown}
      onClick={look}
      onFocus={look}
    >
      {row.kind === 'file' ? (
        <FileRow file={row.file} />
      ) : row.kind === 'connection' ? (
        <ConnectionRow connection={row.connection} isShown={isShown} />
      ) : (
        <SchemaRow schema={row.schema} isShown={isShown} />
      )}
    </div>
  )
}

function ColumnLabels() {
  const t = useTranslations('importing.columns')
  const { rows, chosen, choose } = useApp(importingState, (state) => state)
  const choosable = rows.filter(isChoosable).map(({ id }) => id)
  const isAll = choosable.length > 0 && choosable.every((id) => chosen.has(id))
  const isSome = !isAll && chosen.size > 0
  return (
    <div role="row" aria-rowindex={1} className={styles.labels}>
      <span role="columnheader" className={styles.checkCell}>
        <input
          type="checkbox"
          aria-label={t('all')}
          title={t('all')}
          checked={isAll}
          disabled={choosable.length === 0}
          ref={(element) => {
            if (element) element.indeterminate = isSome
          }}
          onChange={() => choose(choosable, !isAll)}
        />
      </span>
      {(['name', 'state', 'address', 'taken', 'left', 'secrets'] as const).map((column) => (
        <span key={column} role="columnheader" className={styles[column]}>
          {t(column)}
        </span>
      ))}
    </div>
  )
}
