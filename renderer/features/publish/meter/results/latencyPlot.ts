import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import type { Histogram } from './histogram'
import { formatEdge } from './latencyText'

/** A drawn histogram. */
export interface LatencyPlot {
  show(histogram: Histogram): void
  close(): void
}

const height = 148

/** Colours are those of the page's theme, now and whenever it changes; the width is that of the element. */
export const openLatencyPlot = (element: HTMLElement): LatencyPlot => {
  const page = element.ownerDocument
  const view = page.defaultView ?? window
  let shown: Histogram | null = null
  let plot: uPlot | null = null

  const draw = () => {
    plot?.destroy()
    plot = null
    if (shown && element.clientWidth > 0) plot = new uPlot(optionsFor(element, shown), dataOf(shown), element)
  }
  const themes = new MutationObserver(draw)
  themes.observe(page.documentElement, { attributes: true, attributeFilter: ['data-theme', 'data-contrast'] })
  const sizes = new view.ResizeObserver(() => {
    if (!plot) draw()
    else if (element.clientWidth > 0) plot.setSize({ width: element.clientWidth, height })
  })
  sizes.observe(element)
  return {
    show: (histogram) => {
      const isSame = shown && plot && sameShape(shown, histogram)
      shown = histogram
      if (isSame) plot?.setData(dataOf(histogram))
      else draw()
    },
    close: () => {
      themes.disconnect()
      sizes.disconnect()
      plot?.destroy()
    },
  }
}

const sameShape = (one: Histogram, other: Histogram): boolean =>
  one.edges.length === other.edges.length &&
  one.edges[0] === other.edges[0] &&
  one.series.map(({ qos }) => qos).join() === other.series.map(({ qos }) => qos).join()

/** By the number of the bin: each is wider than the one before it, as times are. The last edge closes the last step. */
const dataOf = ({ edges, series }: Histogram): uPlot.AlignedData => [
  edges.map((_, index) => index),
  ...series.map(({ counts }) => [...counts, counts.at(-1) ?? 0]),
]

const optionsFor = (element: HTMLElement, { edges, series }: Histogram): uPlot.Options => {
  const style = getComputedStyle(element)
  const token = (name: string) => style.getPropertyValue(name).trim()
  const axis: uPlot.Axis = {
    stroke: token('--ink-faint'),
    font: `11px ${token('--font-ui')}`,
    grid: { stroke: token('--border'), width: 1 },
    ticks: { stroke: token('--border'), width: 1, size: 4 },
  }
  return {
    width: element.clientWidth,
    height,
    padding: [8, 28, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: false, range: [0, edges.length - 1] },
      y: { range: (_plot, _least, most) => [0, Math.max(1, most * 1.05)] },
    },
    axes: [
      {
        ...axis,
        size: 26,
        space: 56,
        incrs: [1, 2, 4, 8, 16, 32],
        values: (_plot, places) => places.map((place) => formatEdge(edges[place] ?? 0)),
      },
      {
        ...axis,
        size: 44,
        space: 28,
        incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 2e5, 5e5, 1e6, 1e7, 1e8],
      },
    ],
    series: [
      {},
      ...series.map(({ qos }) => {
        // Six digits in hex, as all colours of the themes are; two more say how opaque it is.
        const colour = token(colours[qos] ?? '--accent')
        return {
          stroke: colour,
          fill: `${colour}33`,
          width: 1.5,
          points: { show: false },
          ...stepped,
        }
      }),
    ],
  }
}

/** As in meter.module.css. */
const colours = ['--colour-blue', '--colour-green', '--colour-violet']

const paths = uPlot.paths.stepped?.({ align: 1 })
const stepped = paths ? { paths } : {}
