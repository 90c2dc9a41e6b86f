import type { CSSProperties } from 'react'
import { jsonPathOf } from '#shared/json/jsonPath'
import { visibleName } from '#shared/text/visibleText'
import type { LogColumn } from '#shared/model/logColumns'
import type { Phrase } from '#shared/i18n/words'
import { createJsonValueReader } from '#shared/json/jsonValue'
import { classes } from '../../../ui/classes'
import styles from '../log.module.css'
import { messageColumns, paneWidths, type ColumnLook, type PaneWidth } from '../messageColumns'
import type { Arrangement } from './columnArrangement'
import { FieldCell } from './FieldCell'

/** A column as header and rows need it, worked out once. */
export interface DrawnColumn extends ColumnLook {
  readonly id: string
  readonly name: Phrase | string
  readonly headerClasses: string
  readonly cellClasses: string
  /** Pixels, where a person has chosen them. */
  readonly chosenWidth: number | null
}

export interface KnownColumn extends ColumnLook {
  readonly id: string
  readonly name: Phrase | string
}

/** The columns that stand in the log now: those chosen, without the ones that would say the same in every row. */
export const drawnColumnsOf = (arranged: Arrangement, differing: ReadonlySet<string>): readonly DrawnColumn[] =>
  arranged.flatMap((chosen) => {
    const { id, show } = chosen
    const column = show === 'shown' || (show === 'auto' && differing.has(id)) ? columnOf(id) : null
    if (!column) return []
    const width = isAskedFor(chosen) ? inEveryForm(column.width) : column.width
    const absent = absentIn(width)
    return {
      ...column,
      width,
      headerClasses: classes(column.headerClass, absent),
      cellClasses: classes(column.cellClass, absent),
      chosenWidth: chosen.width,
    }
  })

/** Whether a person wanted it, so that it stands in a narrow pane too: the log itself would not show it, or not always. */
const isAskedFor = ({ id, show }: LogColumn): boolean =>
  show === 'shown' && messageColumns.find((column) => column.id === id)?.show !== 'shown'

const inEveryForm = ({ wide, narrow = wide, narrowest = narrow }: ColumnLook['width']): ColumnLook['width'] => ({
  wide,
  narrow,
  narrowest,
})

/** A column of the log's own, or that of a field; null = there is none. */
export const columnOf = (id: string): KnownColumn | null => {
  const own = messageColumns.find((column) => column.id === id)
  if (own) return { ...own, name: { key: `log.columns.${own.id}` } }
  const path = jsonPathOf(id)
  if (!path) return null
  const read = createJsonValueReader(path)
  return {
    ...fieldLook,
    id,
    name: visibleName(id, 60),
    cell: (message) => <FieldCell message={message} read={read} />,
  }
}

const fieldLook = {
  width: { wide: 'minmax(40px, 110px)', narrow: 'minmax(40px, 90px)' },
  cellClass: styles.cutText,
} as const

/** Stands in the style of the grid while a column is dragged. */
export const widthVariable = (place: number): string => `--width-${place}`

/** The tracks of each form of the grid, for the style sheet to choose from. */
export const columnTracks = (columns: readonly DrawnColumn[], topicCharacters: number): CSSProperties =>
  ({
    '--topic-room': `${topicCharacters}ch`,
    ...Object.fromEntries(paneWidths.map((pane) => [`--columns-${pane}`, tracksOf(columns, pane)])),
  }) as CSSProperties

const tracksOf = (columns: readonly DrawnColumn[], pane: PaneWidth): string =>
  columns
    .flatMap(({ width, chosenWidth }, place) => {
      const own = width[pane]
      if (own === undefined) return []
      return `var(${widthVariable(place)}, ${chosenWidth === null ? own : `minmax(24px, ${chosenWidth}px)`})`
    })
    .join(' ')

const absentIn = (width: ColumnLook['width']): string =>
  classes(width.narrow === undefined && styles.notNarrow, width.narrowest === undefined && styles.notNarrowest)
