import { chartColours } from '#shared/model/chart'
import { visibleName } from '#shared/text/visibleText'
import { stateRuns, statesOf } from '../../../model/chart/stateRuns'
import type { SeriesPoints } from '../../../model/chart/seriesPoints'
import { isState } from '../../../model/chart/summary'
import { axisWidth } from '../plotMargins'
import type { DrawnChart } from './drawnChart'

/** A chart as it is on screen; null = it is not drawn. `rightMargin` = what lies to the right of the plot, in pixels of the page. */
export interface ShownPlot {
  readonly canvas: HTMLCanvasElement | null
  readonly rightMargin: number
}

/** The drawn chart with its lanes of states and the names of its series below. */
export const chartPng = async (
  { canvas: drawn, rightMargin }: ShownPlot,
  chart: DrawnChart,
): Promise<Uint8Array | null> => {
  if (!drawn) return null
  const canvas = drawn.ownerDocument.createElement('canvas')
  const lanes = chart.chart.series.map(chart.pointsOf).filter(isState)
  const scale = devicePixelRatio
  const line = 18 * scale
  canvas.width = drawn.width
  canvas.height = drawn.height + line * (2 * lanes.length + chart.chart.series.length + 0.5)
  const context = canvas.getContext('2d')
  if (!context) return null
  const style = getComputedStyle(drawn)
  const token = (name: string) => style.getPropertyValue(name).trim()
  context.fillStyle = token('--surface')
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.drawImage(drawn, 0, 0)
  context.font = `${12 * scale}px ${token('--font-ui')}`
  const pen: Pen = { context, token, line, span: chart.span }
  const place = { left: axisWidth * scale, width: drawn.width - (axisWidth + rightMargin) * scale }
  lanes.forEach((points, index) => drawLane(pen, { ...place, points, top: drawn.height + 2 * line * index }))
  chart.chart.series.forEach((one, index) => {
    context.fillStyle = token(`--colour-${one.colour}`)
    context.fillText(visibleName(chart.nameOf(one)), line, drawn.height + line * (2 * lanes.length + index + 0.8))
  })
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  return blob ? new Uint8Array(await blob.arrayBuffer()) : null
}

interface Pen extends Pick<DrawnChart, 'span'> {
  readonly context: CanvasRenderingContext2D
  readonly token: (name: string) => string
  /** The height of a line of text. */
  readonly line: number
}

interface Lane {
  readonly points: SeriesPoints
  readonly left: number
  readonly width: number
  readonly top: number
}

/** The bar, and below it what its colours mean. */
const drawLane = ({ context, token, line, span }: Pen, { points, left, width, top }: Lane) => {
  const states = statesOf(points)
  const inkOf = (text: string | null) => {
    const colour = chartColours[text === null ? -1 : states.indexOf(text)]
    return colour === undefined ? token('--ink-faint') : token(`--colour-${colour}`)
  }
  context.fillStyle = token('--surface-sunken')
  context.fillRect(left, top, width, line * 0.85)
  for (const { from, to, text } of stateRuns(points, span, Math.max(1, Math.floor(width)))) {
    context.fillStyle = inkOf(text)
    context.fillRect(left + from, top, to - from, line * 0.85)
  }
  let x = left
  for (const text of states) {
    context.fillStyle = inkOf(text)
    context.fillRect(x, top + line * 1.3, line * 0.4, line * 0.4)
    context.fillStyle = token('--ink-soft')
    context.fillText(visibleName(text), x + line * 0.6, top + line * 1.7)
    x += context.measureText(visibleName(text)).width + line * 1.4
  }
}
