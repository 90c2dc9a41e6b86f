import { z } from 'zod'

export const chartColours = ['blue', 'amber', 'green', 'violet', 'red', 'teal', 'pink', 'lime'] as const
export type ChartColour = (typeof chartColours)[number]

export const mostCharts = 50
export const mostSeries = 8

/** One field of one topic, drawn in a chart. */
const chartSeriesSchema = z.object({
  /** Absent = the connection whose chart it is. */
  connectionId: z.string().max(64).optional(),
  topic: z.string().max(65_535),
  path: z.array(z.union([z.string().max(65_535), z.number().int().min(0)])).max(500),
  colour: z.enum(chartColours),
  axis: z.enum(['left', 'right']),
})
export type ChartSeries = z.infer<typeof chartSeriesSchema>

/** A chart as a person put it together: what it shows, not what was measured. */
export const chartSchema = z.object({
  id: z.string().max(64),
  series: z.array(chartSeriesSchema).min(1).max(mostSeries),
})
export type Chart = z.infer<typeof chartSchema>
