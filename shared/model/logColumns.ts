import { z } from 'zod'
import { columnWidthSchema } from './columnWidth'

/** `auto` = it stands in the log as soon as a message has something to say in it that is not the rule. */
const columnShows = ['shown', 'auto', 'hidden'] as const
export type ColumnShow = (typeof columnShows)[number]

/** How a person wants one column of the message log. */
const logColumnSchema = z.object({
  /** Of a column of this version, of another version, or a path to a field of JSON payloads, which begins with `$`. */
  id: z.string().min(1).max(300),
  show: z.enum(columnShows),
  /** Pixels; null = as wide as the column is by itself. */
  width: columnWidthSchema.nullable(),
})
export type LogColumn = z.infer<typeof logColumnSchema>

/** The columns in their order. Those that are missing stand where they stand by default. */
export const logColumnsSchema = z.array(logColumnSchema).max(100)
