import { chartColours, mostCharts, mostSeries, type Chart, type ChartSeries } from '#shared/model/chart'
import { printJsonPath } from '#shared/json/jsonPath'
import { createSeriesPoints, type SeriesPoints } from '../model/chart/seriesPoints'
import type { SeriesRequest } from '../model/logSearch/searchProtocol'
import { defineConnectionState, type Connection } from './app'
import { focusState } from './focus'
import { messagesState } from './messages'
import { profilesState } from './profiles'
import { settingsState } from './settings'

export interface ChartsState {
  /** From top to bottom. */
  readonly charts: readonly Chart[]
  /** Shows the field in a chart of its own, the one that has it already if there is one. */
  chart(field: SeriesRequest): void
  /** Shows it in the newest chart, beside what is there. */
  chartAlong(field: SeriesRequest): void
  /** Shows these in place of all that are there. */
  replace(charts: readonly Chart[]): void
  setAxis(chartId: string, place: number, axis: ChartSeries['axis']): void
  /** A chart goes with its last series. */
  removeSeries(chartId: string, place: number): void
  removeChart(chartId: string): void
  /** The values of a series: one object as long as the series is in a chart and the log is the same. */
  pointsOf(field: SeriesRequest): SeriesPoints
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
  const addChart = ({ topic, path }: SeriesRequest) => {
    const series: ChartSeries = { topic, path: [...path], colour: chartColours[0], axis: 'left' }
    change([...get().charts, { id: crypto.randomUUID(), series: [series] }].slice(-mostCharts))
  }
  return {
    charts: connection.app.get(settingsState).settings.charts[connection.id] ?? [],
    chart: (field) => {
      if (!get().charts.some(({ series }) => series.some((one) => keyOf(one) === keyOf(field)))) addChart(field)
      show()
    },
    chartAlong: (field) => {
      const newest = get().charts.at(-1)
      if (!newest || newest.series.length >= mostSeries) addChart(field)
      else if (!newest.series.some((one) => keyOf(one) === keyOf(field)))
        changeChart(newest.id, (series) => [
          ...series,
          { ...alongside(series), topic: field.topic, path: [...field.path] },
        ])
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

const keyOf = ({ topic, path }: SeriesRequest): string => `${printJsonPath(path)} ${topic}`

const alongside = (series: Chart['series']): Pick<ChartSeries, 'colour' | 'axis'> => ({
  colour: chartColours.find((one) => !series.some(({ colour }) => colour === one)) ?? chartColours[0],
  axis: 'left',
})

interface Followed extends SeriesRequest {
  points: SeriesPoints
  end: () => void
}

const createFollowedSeries = (connection: Connection) => {
  const all = new Map<string, Followed>()
  let { search } = connection.model
  const begin = (field: SeriesRequest): Followed => {
    const points = createSeriesPoints()
    return { ...field, points, end: search.series.follow(field, (part) => points.add(part)) }
  }
  // A clear and its undo give the connection another log: what is drawn is what that has.
  connection.watch(messagesState, () => {
    if (search === connection.model.search) return
    search = connection.model.search
    for (const [key, one] of all) {
      one.end()
      all.set(key, begin(one))
    }
  })
  return {
    pointsOf: (field: SeriesRequest): SeriesPoints => {
      const known = all.get(keyOf(field))
      if (known) return known.points
      const made = begin({ topic: field.topic, path: field.path })
      all.set(keyOf(field), made)
      return made.points
    },
    keepOnly: (fields: readonly SeriesRequest[]) => {
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
