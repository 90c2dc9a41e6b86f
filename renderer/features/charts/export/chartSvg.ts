import type { ChartColour, ChartSeries } from '#shared/model/chart'
import { visibleName } from '#shared/text/visibleText'
import { createChartLine } from '../../../model/chart/chartLine'
import { gridOf, gridTimes, type LineValue, type TimeSpan } from '../../../model/chart/decimate'
import { isState } from '../../../model/chart/summary'
import { stateRuns, statesOf } from '../../../model/chart/stateRuns'
import type { DrawnChart } from './drawnChart'

const width = 960
const height = 320
const margin = 64

/** As in the light theme: a drawing stands on paper. */
const inks: Readonly<Record<ChartColour, string>> = {
  blue: '#1f5fd0',
  amber: '#9a6200',
  green: '#1a7a43',
  violet: '#7240c4',
  red: '#bd2c24',
  teal: '#0b7080',
  pink: '#b02a78',
  lime: '#547000',
}
const stateInks = Object.values(inks)

/** The chart as a drawing in SVG 1.1: lines as on screen, lanes of states, both axes with their ends, names below. */
export const chartSvg = (drawn: DrawnChart): string => {
  const { chart, span, pointsOf, nameOf } = drawn
  const lines = chart.series.filter((one) => !isState(pointsOf(one)))
  const lanes = chart.series.filter((one) => isState(pointsOf(one)))
  const body = (['left', 'right'] as const).flatMap((axis) =>
    axisParts(
      drawn,
      axis,
      lines.filter((one) => one.axis === axis),
    ),
  )
  const laneParts = lanes.flatMap((one, place) => {
    const points = pointsOf(one)
    const states = statesOf(points)
    return stateRuns(points, span, width).map(
      ({ from, to, text }) =>
        `<rect x="${margin + from}" y="${height + 32 + place * 20}" width="${to - from}" height="14" fill="${stateInks[states.indexOf(text ?? '')] ?? '#5d6475'}"><title>${escaped(text ?? '')}</title></rect>`,
    )
  })
  const namesAt = height + 48 + lanes.length * 20
  const names = chart.series.map((one, place) => label([margin, namesAt + place * 18], nameOf(one), inks[one.colour]))
  const whole = namesAt + chart.series.length * 18 + 8
  const times = [
    label([margin, height + 20], new Date(span.from).toISOString(), '#4d5566'),
    label([margin + width - 160, height + 20], new Date(span.to).toISOString(), '#4d5566'),
  ]
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width + 2 * margin} ${whole}" font-family="sans-serif" font-size="12">`,
    `<rect width="100%" height="100%" fill="#ffffff"/>`,
    `<rect x="${margin}" y="8" width="${width}" height="${height - 8}" fill="none" stroke="#d9dce3"/>`,
    ...body,
    ...laneParts,
    ...times,
    ...names,
    '</svg>\n',
  ].join('\n')
}

const axisParts = (
  { span, pointsOf }: DrawnChart,
  axis: ChartSeries['axis'],
  series: readonly ChartSeries[],
): string[] => {
  const grid = gridOf(span, width)
  const places = gridTimes(grid).map((time) => xOf(time, span))
  const all = series.map((one) => ({ colour: one.colour, values: createChartLine(pointsOf(one)).valuesOn(grid) }))
  let [least, most] = [Infinity, -Infinity]
  for (const { values } of all)
    for (const value of values)
      if (typeof value === 'number') [least, most] = [Math.min(least, value), Math.max(most, value)]
  if (least > most) return []
  const room = most > least ? most - least : 1
  const yOf = (value: number) => 16 + (1 - (value - least) / room) * (height - 24)
  const x = axis === 'left' ? 8 : margin + width + 8
  return [
    label([x, 20], String(Number(most.toPrecision(6))), '#4d5566'),
    label([x, height], String(Number(least.toPrecision(6))), '#4d5566'),
    ...all.map(
      ({ colour, values }) =>
        `<path d="${pathOf(values, places, yOf)}" fill="none" stroke="${inks[colour]}" stroke-width="1.5" stroke-linejoin="round" stroke-linecap="round"/>`,
    ),
  ]
}

/** The outermost columns may reach over the span. */
const xOf = (time: number, { from, to }: TimeSpan): number =>
  margin + Math.max(0, Math.min(1, (time - from) / (to - from))) * width

const pathOf = (values: readonly LineValue[], places: readonly number[], yOf: (value: number) => number): string => {
  const steps: string[] = []
  let isNew = true
  values.forEach((value, place) => {
    if (value === null) isNew = true
    if (typeof value !== 'number') return
    steps.push(`${isNew ? 'M' : 'L'}${(places[place] ?? 0).toFixed(2)} ${yOf(value).toFixed(2)}`)
    isNew = false
  })
  return steps.join('')
}

const label = ([x, y]: readonly [number, number], text: string, ink: string): string =>
  `<text x="${x}" y="${y}" fill="${ink}">${escaped(text)}</text>`

const escaped = (text: string): string =>
  visibleName(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
