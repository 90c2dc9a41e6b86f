import { printJsonPath } from '#shared/json/jsonPath'
import { endIndex } from '../../../model/chart/decimate'
import type { DrawnChart } from './drawnChart'

/** The values of the shown time as they were sent, a row each, series after series (RFC 4180). */
export const chartCsv = ({ chart, span, pointsOf }: Omit<DrawnChart, 'nameOf'>): string => {
  const rows = ['time,topic,path,value']
  for (const series of chart.series) {
    const points = pointsOf(series)
    const end = endIndex(points, span)
    const named = `${csvField(series.topic)},${csvField(printJsonPath(series.path))}`
    for (let index = points.indexAt(span.from); index < end; index++)
      rows.push(`${new Date(points.timeAt(index)).toISOString()},${named},${csvField(points.textAt(index))}`)
  }
  return `${rows.join('\r\n')}\r\n`
}

const plainNumber = /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/

/** A spreadsheet runs a text that begins like a formula; an apostrophe before it makes it a text. Numbers stay as sent. */
export const csvField = (text: string): string => {
  const safe = /^[=+\-@\t\r]/.test(text) && !plainNumber.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
