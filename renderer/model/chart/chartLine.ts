import { endIndex, longestSilence, type Grid, type LineValue, type TimeSpan } from './decimate'
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
  if (points.count() === 0) return line
  const span = { from: first * width, to: (first + count) * width }
  const silence = longestSilence(points, withNeighbours(points, span))
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
  joinOutside(line, { points, span, silence })
  return line
}

/** So many values before and after what is shown say what the usual interval is, however few are shown. */
const neighbours = 8

const withNeighbours = (points: SeriesPoints, span: TimeSpan): TimeSpan => {
  const last = points.count() - 1
  return {
    from: Math.min(span.from, points.timeAt(Math.max(0, points.indexAt(span.from) - neighbours))),
    to: Math.max(span.to, points.timeAt(Math.min(last, endIndex(points, span) + neighbours - 1))),
  }
}

interface Outside {
  readonly points: SeriesPoints
  readonly span: TimeSpan
  readonly silence: number
}

/** The line goes on to the values before and after what is shown: the place where it leaves the picture is on it. */
const joinOutside = (line: LineValue[], { points, span, silence }: Outside): void => {
  const placeTime = (place: number) => span.from + ((place / 2 + 0.25) * (2 * (span.to - span.from))) / line.length
  const meet = (place: number, from: number): void => {
    if (line[place] !== undefined || from < 0 || from + 1 >= points.count()) return
    const [begin, end] = [points.timeAt(from), points.timeAt(from + 1)]
    const [one, other] = [points.numberAt(from), points.numberAt(from + 1)]
    if (end - begin > silence || !Number.isFinite(one) || !Number.isFinite(other)) return
    line[place] = one + (other - one) * ((placeTime(place) - begin) / (end - begin))
  }
  meet(0, points.indexAt(span.from) - 1)
  meet(line.length - 1, points.indexAt(span.to) - 1)
}
