import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import type { ChartSeries } from '#shared/model/chart'
import { axisWidth, rightMargin } from './plotMargins'
import { gridTimes, lonelyPlaces, type Grid, type LineValue, type TimeSpan } from '../../model/chart/decimate'

interface PlotLine extends Pick<ChartSeries, 'colour' | 'axis'> {
  /** Values at the places of `gridTimes`. */
  readonly values: readonly LineValue[]
}

/** An event beside the values. */
export interface PlotMark {
  readonly time: number
  readonly kind: 'online' | 'lost' | 'offline' | 'bookmark'
  /** Of a bookmark its note, or its topic. */
  readonly about?: string
}

interface PlotContent {
  readonly span: TimeSpan
  readonly grid: Grid
  /** As wide as a right axis where it has none: charts below each other show the same time at the same place. */
  readonly isRightKept: boolean
  readonly lines: readonly PlotLine[]
  readonly marks: readonly PlotMark[]
}

export interface PlotEvents {
  readonly onCursor: (time: number | null) => void
  readonly onZoom: (span: TimeSpan) => void
  readonly onPan: (span: TimeSpan) => void
}

/** A drawn chart. */
export interface ChartPlot {
  show(content: PlotContent): void
  setCursor(time: number | null): void
  /** What is drawn, over the colour of the page. */
  image(): HTMLCanvasElement | null
  close(): void
}

/** Colours are those of the page's theme, now and whenever it changes; the size is that of the element. */
export const openChartPlot = (element: HTMLElement, events: PlotEvents): ChartPlot => {
  const page = element.ownerDocument
  const view = page.defaultView ?? window
  let content: PlotContent | null = null
  let drawn: PlotContent | null = null
  let plot: uPlot | null = null
  let cursor: number | null = null
  const read = () => content

  const draw = () => {
    plot?.destroy()
    plot = null
    if (!content || element.clientWidth === 0) return
    plot = new uPlot(optionsFor({ element, content, read, events }), dataOf(content), element)
    followPointer(plot, events)
    panByPointer(plot, { read, events })
    drawn = content
  }
  // Without its hooks: the cursor of all charts is where the page says, and none tells the others.
  const placeCursor = () => {
    const left = plot && cursor !== null ? plot.valToPos(cursor, 'x') : -10
    plot?.setCursor({ left, top: left < 0 ? -10 : 8 }, false)
  }
  const themes = new MutationObserver(draw)
  themes.observe(page.documentElement, { attributes: true, attributeFilter: ['data-theme', 'data-contrast'] })
  const sizes = new view.ResizeObserver(() => {
    if (!plot) draw()
    else if (element.clientWidth > 0) plot.setSize({ width: element.clientWidth, height: element.clientHeight })
  })
  sizes.observe(element)
  return {
    show: (next) => {
      content = next
      if (plot && drawn && isSameShape(drawn, next)) plot.setData(dataOf(next))
      else draw()
      drawn = next
      placeCursor()
    },
    setCursor: (time) => {
      cursor = time
      placeCursor()
    },
    image: () => plot?.ctx.canvas ?? null,
    close: () => {
      themes.disconnect()
      sizes.disconnect()
      plot?.destroy()
    },
  }
}

const shapeOf = ({ lines, isRightKept }: PlotContent): string =>
  `${isRightKept} ${lines.map(({ colour, axis }) => `${colour} ${axis}`).join()}`

const isSameShape = (one: PlotContent, other: PlotContent): boolean => shapeOf(one) === shapeOf(other)

const followPointer = (plot: uPlot, { onCursor }: PlotEvents): void => {
  plot.over.addEventListener('pointermove', ({ clientX }) =>
    onCursor(plot.posToVal(clientX - plot.over.getBoundingClientRect().left, 'x')),
  )
  plot.over.addEventListener('pointerleave', () => onCursor(null))
}

/** Other buttons and keys choose a time to zoom to. */
const isPan = ({ button, shiftKey }: MouseEvent): boolean => button === 1 || (button === 0 && shiftKey)

/** The time under the pointer stays under it. */
const panByPointer = ({ over }: uPlot, { read, events }: Pick<PlotParts, 'read' | 'events'>): void => {
  let begun: { readonly x: number; readonly span: TimeSpan } | null = null
  over.addEventListener('pointerdown', (event) => {
    const content = read()
    if (!content || !isPan(event)) return
    over.setPointerCapture(event.pointerId)
    over.dataset['panned'] = ''
    begun = { x: event.clientX, span: content.span }
  })
  over.addEventListener('pointermove', ({ clientX }) => {
    if (!begun) return
    const { x, span } = begun
    const moved = ((x - clientX) / over.clientWidth) * (span.to - span.from)
    events.onPan({ from: span.from + moved, to: span.to + moved })
  })
  const end = () => {
    begun = null
    delete over.dataset['panned']
  }
  // The middle button would scroll the page.
  over.addEventListener('mousedown', (event) => event.button === 1 && event.preventDefault(), { passive: false })
  over.addEventListener('pointerup', end)
  over.addEventListener('pointercancel', end)
}

const dataOf = ({ grid, lines }: PlotContent): uPlot.AlignedData => [
  gridTimes(grid),
  ...lines.map(({ values }) => [...values]),
]

interface PlotParts {
  readonly element: HTMLElement
  readonly content: PlotContent
  readonly read: () => PlotContent | null
  readonly events: PlotEvents
}

const optionsFor = ({ element, content: { lines, isRightKept }, read, events }: PlotParts): uPlot.Options => {
  const style = getComputedStyle(element)
  const token = (name: string) => style.getPropertyValue(name).trim()
  const axis: uPlot.Axis = {
    stroke: token('--ink-faint'),
    font: `11px ${token('--font-ui')}`,
    grid: { stroke: token('--border'), width: 1 },
    ticks: { stroke: token('--border'), width: 1, size: 4 },
  }
  const onRight = lines.some((line) => line.axis === 'right')
  return {
    width: element.clientWidth,
    height: element.clientHeight,
    ms: 1,
    padding: [8, onRight ? 0 : rightMargin(isRightKept), 0, 0],
    legend: { show: false },
    cursor: {
      y: false,
      bind: { mousedown: unlessPanned },
      drag: { x: true, y: false, setScale: false, dist: 4 },
      points: { show: false },
    },
    scales: { x: { time: true, range: () => spanOf(read()) }, left: { auto: true }, right: { auto: true } },
    axes: [
      { ...axis, size: 28, space: 90, values: (...[, times, , , step]) => timeLabels(times, step) },
      { ...axis, scale: 'left', size: axisWidth, space: 28 },
      ...(onRight
        ? [{ ...axis, scale: 'right', side: 1, size: axisWidth, space: 28, grid: { show: false } } as const]
        : []),
    ],
    series: [
      {},
      ...lines.map((line) => ({
        scale: line.axis,
        stroke: token(`--colour-${line.colour}`),
        width: 1.5,
        points: dots,
      })),
    ],
    hooks: {
      setSelect: [(drawn) => takeSelection(drawn, events)],
      draw: [(drawn) => drawMarks(drawn, read()?.marks ?? [], token)],
    },
  }
}

const day = 86_400_000

/** As in the log, as exact as the step; the day stands where it is another one than that of the label before. */
const timeLabels = (times: readonly number[], step: number): string[] =>
  times.map((time, place) => {
    const at = new Date(time)
    const before = times[place - 1]
    if (step >= day || (before !== undefined && new Date(before).getDate() !== at.getDate()))
      return at.toLocaleDateString(document.documentElement.lang || undefined, { month: 'short', day: 'numeric' })
    const clock = [at.getHours(), at.getMinutes(), ...(step < 60_000 ? [at.getSeconds()] : [])]
      .map((part) => String(part).padStart(2, '0'))
      .join(':')
    return step < 1_000 ? `${clock}.${String(at.getMilliseconds()).padStart(3, '0')}` : clock
  })

/** A value with a gap before and behind it has no line, and is a dot. */
const dots: uPlot.Series.Points = {
  show: true,
  size: 4,
  width: 0,
  filter: (plot, series) => lonelyPlaces(plot.data[series] ?? []),
}

const unlessPanned: NonNullable<NonNullable<uPlot.Cursor['bind']>['mousedown']> =
  (_plot, _element, choose) => (event) => {
    if (!isPan(event)) choose(event)
    return null
  }

const spanOf = (content: PlotContent | null): [number, number] =>
  content ? [content.span.from, content.span.to] : [0, 1]

const takeSelection = (plot: uPlot, { onZoom }: PlotEvents): void => {
  const { left, width } = plot.select
  if (width <= 0) return
  onZoom({ from: plot.posToVal(left, 'x'), to: plot.posToVal(left + width, 'x') })
  plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false)
}

const markColours = {
  online: '--colour-green',
  lost: '--danger',
  offline: '--ink-faint',
  bookmark: '--accent',
} as const

const drawMarks = ({ ctx, bbox, valToPos }: uPlot, marks: readonly PlotMark[], token: (name: string) => string) => {
  ctx.save()
  ctx.lineWidth = devicePixelRatio
  for (const { time, kind } of marks) {
    const x = Math.round(valToPos(time, 'x', true)) + 0.5
    if (x < bbox.left || x > bbox.left + bbox.width) continue
    ctx.strokeStyle = token(markColours[kind])
    ctx.setLineDash(kind === 'bookmark' ? [2, 3] : [6, 3])
    ctx.beginPath()
    ctx.moveTo(x, bbox.top)
    ctx.lineTo(x, bbox.top + bbox.height)
    ctx.stroke()
  }
  ctx.restore()
}
