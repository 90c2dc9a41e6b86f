import { longestSilence, type Grid, type LineValue } from './decimate'
import type { SeriesPoints } from './seriesPoints'

/** The line of a series. A grid that only moved on costs no more than the values that came since the one before. */
export interface ChartLine {
  /** Values at the places of `gridTimes`. */
  valuesOn(grid: Grid): LineValue[]
}

/** What stands in a column of pixels. */
interface Column {
  least: number
  most: number
  /** Whether the greatest came first. */
  isFalling: boolean
  readonly firstTime: number
  lastTime: number
}

interface Read {
  readonly width: number
  /** All values from this column on were read, up to `next`, which counts those that were let go, too. */
  readonly first: number
  next: number
  readonly columns: Map<number, Column>
}

export const createChartLine = (points: SeriesPoints): ChartLine => {
  let read: Read = { width: 0, first: 0, next: 0, columns: new Map() }
  return {
    valuesOn: (grid) => {
      if (!goesOn(read, grid, points)) read = begin(grid, points)
      readOn(read, grid, points)
      return drawn(read, grid, points)
    },
  }
}

/** Columns that left the grid on the left are let go with the rest when they are so many times those that are shown. */
const mostBefore = 4

const goesOn = ({ width, first, next, columns }: Read, grid: Grid, points: SeriesPoints): boolean =>
  width === grid.width && first <= grid.first && next >= points.letGo() && columns.size <= mostBefore * grid.count

const begin = ({ width, first }: Grid, points: SeriesPoints): Read => ({
  width,
  first,
  next: points.letGo() + points.indexAt(first * width),
  columns: new Map(),
})

const readOn = (read: Read, { width, first, count }: Grid, points: SeriesPoints): void => {
  const letGo = points.letGo()
  const end = (first + count) * width
  let index = read.next - letGo
  for (; index < points.count(); index++) {
    const time = points.timeAt(index)
    if (time >= end) break
    const number = points.numberAt(index)
    if (!Number.isFinite(number)) continue
    const place = Math.floor(time / width)
    const column = read.columns.get(place)
    if (!column)
      read.columns.set(place, { least: number, most: number, isFalling: false, firstTime: time, lastTime: time })
    else addTo(column, number, time)
  }
  read.next = index + letGo
}

const addTo = (column: Column, number: number, time: number): void => {
  if (number < column.least) {
    column.least = number
    column.isFalling = true
  } else if (number > column.most) {
    column.most = number
    column.isFalling = false
  }
  column.lastTime = time
}

const drawn = ({ columns }: Read, { width, first, count }: Grid, points: SeriesPoints): LineValue[] => {
  const line: LineValue[] = Array.from({ length: 2 * count })
  const silence = longestSilence(points, { from: first * width, to: (first + count) * width })
  let lastTime = NaN
  let lastPlace = -1
  for (let place = 0; place < line.length; place += 2) {
    const column = columns.get(first + place / 2)
    if (!column) continue
    if (column.firstTime - lastTime > silence) line.fill(null, lastPlace + 1, place)
    line[place] = column.isFalling ? column.most : column.least
    line[place + 1] = column.isFalling ? column.least : column.most
    lastPlace = place + 1
    lastTime = column.lastTime
  }
  return line
}
