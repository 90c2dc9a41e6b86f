import { chartColours, mostCharts, mostSeries, type Chart, type ChartSeries } from '#shared/model/chart'
import { printJsonPath } from '#shared/json/jsonPath'
import { createSeriesPoints, type SeriesPoints } from '../model/chart/seriesPoints'
import type { SeriesRequest } from '../model/logSearch/searchProtocol'
import { writtenUnit } from '../model/logSearch/writtenNumber'
import { defineConnectionState, type Connection } from './app'
import { connectionsState } from './connections'
import { focusState } from './focus'
import { messagesState } from './messages'
import { profilesState } from './profiles'
import { settingsState } from './settings'

/** A field of a topic; `connectionId` = of another connection than the one whose chart it is in. */
export interface ChartField extends SeriesRequest {
  readonly connectionId?: string | undefined
}

/** A field with the value it was chosen by, whose unit says which axis is its own. */
export interface ChosenField extends ChartField {
  readonly text?: string
}

export interface ChartsState {
  /** From top to bottom. */
  readonly charts: readonly Chart[]
  /** Shows the field in a chart of its own, the one that has it already if there is one. */
  chart(field: ChosenField): void
  /** Shows it in the newest chart, beside what is there: on the axis of its unit. */
  chartAlong(field: ChosenField): void
  /** Shows these in place of all that are there. */
  replace(charts: readonly Chart[]): void
  setAxis(chartId: string, place: number, axis: ChartSeries['axis']): void
  /** A chart goes with its last series. */
  removeSeries(chartId: string, place: number): void
  removeChart(chartId: string): void
  /** The values of a series: one object as long as the series is in a chart and the log is the same. */
  pointsOf(field: ChartField): SeriesPoints
}

/** The charts of a connection. What is in them is read from the log for as long as they are there. */
export const chartsState = defineConnectionState<ChartsState>('charts', ({ owner: connection, get, set }) => {
  const followed = createFollowedSeries(connection)
  const change = (charts: readonly Chart[]) => {
    followed.keepOnly(charts.flatMap(({ series }) => series))
    set({ charts })
    keep(connection, charts)
  }
  const changeChart = (chartId: string, series: (before: Chart['series']) => Chart['series']) =>
    change(
      get()
        .charts.map((chart) => (chart.id === chartId ? { ...chart, series: series(chart.series) } : chart))
        .filter((chart) => chart.series.length > 0),
    )
  const show = () => connection.app.get(focusState).focus('charts')
  /** Of this connection, or of another one, which is named then. */
  const placeOf = ({ topic, path, connectionId }: ChartField) => ({
    topic,
    path: [...path],
    ...(connectionId === undefined || connectionId === connection.id ? {} : { connectionId }),
  })
  const addChart = (field: ChartField) => {
    const series: ChartSeries = { ...placeOf(field), colour: chartColours[0], axis: 'left' }
    change([...get().charts, { id: crypto.randomUUID(), series: [series] }].slice(-mostCharts))
  }
  return {
    charts: connection.app.get(settingsState).settings.charts[connection.id] ?? [],
    chart: (field) => {
      const key = keyOf(placeOf(field))
      if (!get().charts.some(({ series }) => series.some((one) => keyOf(one) === key))) addChart(field)
      show()
    },
    chartAlong: (field) => {
      const newest = get().charts.at(-1)
      const place = placeOf(field)
      if (!newest || newest.series.length >= mostSeries) addChart(field)
      else if (!newest.series.some((one) => keyOf(one) === keyOf(place))) {
        const axis = axisFor(writtenUnit(field.text ?? ''), newest.series, (one) => unitOf(followed.pointsOf(one)))
        changeChart(newest.id, (series) => [...series, { ...place, colour: freeColour(series), axis }])
      }
      show()
    },
    replace: change,
    setAxis: (chartId, place, axis) =>
      changeChart(chartId, (series) => series.map((one, at) => (at === place ? { ...one, axis } : one))),
    removeSeries: (chartId, place) => changeChart(chartId, (series) => series.filter((_, at) => at !== place)),
    removeChart: (chartId) => change(get().charts.filter(({ id }) => id !== chartId)),
    pointsOf: followed.pointsOf,
  }
})

const keyOf = ({ topic, path, connectionId = '' }: ChartField): string =>
  `${connectionId} ${printJsonPath(path)} ${topic}`

const freeColour = (series: Chart['series']): ChartSeries['colour'] =>
  chartColours.find((one) => !series.some(({ colour }) => colour === one)) ?? chartColours[0]

/** The axis of a series of the same unit; else the right one, where none is on it. Without a unit nothing speaks for that. */
const axisFor = (
  unit: string,
  series: Chart['series'],
  unitOfSeries: (one: ChartSeries) => string | null,
): ChartSeries['axis'] => {
  const same = series.find((one) => unitOfSeries(one) === unit)
  if (same) return same.axis
  return unit === '' || series.some(({ axis }) => axis === 'right') ? 'left' : 'right'
}

/** Behind its newest number; '' = none is written there, null = there is no value yet. */
const unitOf = (points: SeriesPoints): string | null => {
  const newest = points.count() - 1
  return newest < 0 ? null : writtenUnit(points.textAt(newest))
}

interface Followed {
  readonly field: ChartField
  /** Null = the connection is gone. */
  readonly search: Connection['model']['search'] | null
  readonly points: SeriesPoints
  readonly end: () => void
}

const createFollowedSeries = (connection: Connection) => {
  const all = new Map<string, Followed>()
  const sourceOf = ({ connectionId }: ChartField): Connection | null =>
    connectionId === undefined ? connection : (connection.app.get(connectionsState).all.get(connectionId) ?? null)
  const begin = (field: ChartField): Followed => {
    const points = createSeriesPoints()
    const search = sourceOf(field)?.model.search ?? null
    const end = search?.series.follow(field, (part) => points.add(part)) ?? (() => undefined)
    return { field, search, points, end }
  }
  // A clear and its undo give a connection another log: what is drawn is what that has.
  const beginAnew = () => {
    for (const [key, one] of all) {
      if (one.search === (sourceOf(one.field)?.model.search ?? null)) continue
      one.end()
      all.set(key, begin(one.field))
    }
  }
  const watched = new Set<Connection>()
  const watchSource = (field: ChartField) => {
    const source = sourceOf(field)
    if (!source || watched.has(source)) return
    watched.add(source)
    const stop = source.watch(messagesState, beginAnew)
    connection.gone.addEventListener('abort', stop, { once: true })
  }
  const stop = connection.app.watch(connectionsState, beginAnew)
  connection.gone.addEventListener('abort', stop, { once: true })
  return {
    pointsOf: (given: ChartField): SeriesPoints => {
      const key = keyOf(given)
      const known = all.get(key)
      if (known) return known.points
      const { topic, path, connectionId } = given
      const field = { topic, path, connectionId }
      watchSource(field)
      const made = begin(field)
      all.set(key, made)
      return made.points
    },
    keepOnly: (fields: readonly ChartField[]) => {
      const wanted = new Set(fields.map(keyOf))
      for (const [key, one] of all) {
        if (wanted.has(key)) continue
        one.end()
        all.delete(key)
      }
    },
  }
}

const keep = ({ app, id }: Connection, charts: readonly Chart[]): void => {
  const { settings, save } = app.get(settingsState)
  const known = new Set(app.get(profilesState).entries.map(({ profile }) => profile.id))
  // With a connection its charts go.
  const others = Object.entries(settings.charts).filter(([one]) => one !== id && known.has(one))
  const own = charts.length > 0 ? [[id, [...charts]] satisfies [string, Chart[]]] : []
  void save({ charts: Object.fromEntries<Chart[]>([...others, ...own]) })
}
