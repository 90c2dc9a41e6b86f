import { withinColumnWidths } from '#shared/model/columnWidth'
import type { SizedColumn } from '../../../ui/ColumnEdge'
import { widthVariable } from './drawnColumns'

/** Most of the grid that a column takes when it is fitted to its content. */
const mostShare = 0.8

/** The column in a place of the grid, as it is sized. */
export const sizedColumn = (grid: () => HTMLElement | null, place: number): Omit<SizedColumn, 'onWidth'> => ({
  show: (width) => grid()?.style.setProperty(widthVariable(place), width),
  cells: () => [...(grid()?.querySelectorAll('[role="row"]') ?? [])].flatMap((row) => row.children[place] ?? []),
  most: () => (grid()?.clientWidth ?? 0) * mostShare,
  within: withinColumnWidths,
})
