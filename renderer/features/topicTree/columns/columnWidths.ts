import type { CSSProperties } from 'react'
import { withinColumnWidths } from '#shared/model/columnWidth'
import type { SizedColumn } from '../../../ui/ColumnEdge'
import type { TreeColumn } from './treeColumns'

/** A column that can be sized: one of the tree, or that of the names. */
export type SizedTreeColumn = TreeColumn | 'name'

export type TreeWidths = Readonly<Record<string, number>>

/** The column that takes what the others leave: it has no width of its own. */
export const restOf = (shown: readonly TreeColumn[]): SizedTreeColumn => (shown.includes('value') ? 'value' : 'name')

/** Stands at the body of the tree, so that head, pinned topics and rows are as wide as each other. */
export const widthStyle = (shown: readonly TreeColumn[], widths: TreeWidths): CSSProperties => {
  const sized = Object.entries(widths).filter(([column]) => column !== restOf(shown))
  return Object.fromEntries(
    sized.flatMap(([column, width]) => [
      [`--width-${column}`, `${width}px`],
      [`--grow-${column}`, 0],
    ]),
  ) as CSSProperties
}

/** Most of the tree that a column takes when it is fitted to its content. */
const mostShare = 0.6

/** The column in a tree, as it is sized: of a width that is tried stands more than of the one that is chosen. */
export const sizedTreeColumn = (
  body: () => HTMLElement | null,
  column: SizedTreeColumn,
): Omit<SizedColumn, 'onWidth'> => ({
  show: (width) => {
    body()?.style.setProperty(`--tried-${column}`, width)
    body()?.style.setProperty(`--tried-grow-${column}`, width === null ? null : '0')
  },
  cells: () => [...(body()?.querySelectorAll(`[data-column="${column}"]`) ?? [])],
  most: () => (body()?.clientWidth ?? 0) * mostShare,
  within: withinColumnWidths,
})
