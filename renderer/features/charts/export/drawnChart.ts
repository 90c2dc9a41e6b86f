import type { Chart } from '#shared/model/chart'
import type { TimeSpan } from '../../../model/chart/decimate'
import type { SeriesPoints } from '../../../model/chart/seriesPoints'
import type { SeriesRequest } from '../../../model/logSearch/searchProtocol'

/** What an export writes: a chart, and the time that it shows. */
export interface DrawnChart {
  readonly chart: Chart
  readonly span: TimeSpan
  readonly pointsOf: (field: SeriesRequest) => SeriesPoints
}
