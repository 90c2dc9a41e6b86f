import { columnWidthRange } from '#shared/model/logColumns'
import { widthVariable } from './drawnColumns'

export const withinWidths = (width: number): number =>
  Math.round(Math.min(columnWidthRange.most, Math.max(columnWidthRange.least, width)))

/** Most of the grid that a column takes when it is fitted to its content. */
const mostShare = 0.8

/**
 * How wide a column has to be for the rows in view: the engine lays it out once without a limit. The column is as it was
 * when this returns.
 */
export const fittingWidth = (grid: HTMLElement, place: number): number => {
  grid.style.setProperty(widthVariable(place), 'max-content')
  const cells = [...grid.querySelectorAll<HTMLElement>('[role="row"]')].flatMap((row) => row.children[place] ?? [])
  const widths = cells.map((cell) => cell.getBoundingClientRect().width)
  grid.style.removeProperty(widthVariable(place))
  return withinWidths(Math.min(Math.ceil(Math.max(0, ...widths)) + 1, grid.clientWidth * mostShare))
}
