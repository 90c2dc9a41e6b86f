import type { Chart } from '#shared/model/chart'
import type { TimeSpan } from '../../../model/chart/decimate'
import type { SeriesPoints } from '../../../model/chart/seriesPoints'
import type { ChartField } from '../../../state/charts'

/** What an export writes: a chart, and the time that it shows. */
export interface DrawnChart {
  readonly chart: Chart
  readonly span: TimeSpan
  readonly pointsOf: (field: ChartField) => SeriesPoints
  readonly nameOf: (field: ChartField) => string
}
