import type { ColumnShow, LogColumn } from '#shared/model/logColumns'
import { jsonPathOf } from '#shared/json/jsonPath'

/** A column that the log has by itself. */
export interface OwnColumn {
  readonly id: string
  /** Until a person chooses otherwise. */
  readonly show: ColumnShow
}

export type Arrangement = readonly LogColumn[]

/**
 * All columns in the order a person has chosen: each of the log's own ones once, and the fields of JSON payloads that were
 * added. What was stored may come from another version or another hand: what is unknown or there twice is left out, and
 * a column that is missing stands behind the one it stands behind by default.
 */
export const arrangedColumns = (stored: Arrangement, own: readonly OwnColumn[]): Arrangement => {
  const known = new Set(own.map(({ id }) => id))
  const columns: LogColumn[] = []
  for (const column of stored) {
    const isWanted = known.has(column.id) || jsonPathOf(column.id) !== null
    if (isWanted && columns.every(({ id }) => id !== column.id)) columns.push(column)
  }
  own.forEach(({ id, show }, index) => {
    if (columns.some((column) => column.id === id)) return
    const before = own[index - 1]?.id
    columns.splice(columns.findIndex((column) => column.id === before) + 1, 0, { id, show, width: null })
  })
  return columns
}

export const withShow = (columns: Arrangement, id: string, show: ColumnShow): Arrangement =>
  columns.map((column) => (column.id === id ? { ...column, show } : column))

/** `width` null = as wide as the column is by itself. */
export const withWidth = (columns: Arrangement, id: string, width: number | null): Arrangement =>
  columns.map((column) => (column.id === id ? { ...column, width } : column))

/** The column takes the place of another one, which makes room towards where the column came from. */
export const movedTo = (columns: Arrangement, id: string, placeOf: string): Arrangement => {
  const column = columns.find((one) => one.id === id)
  const place = columns.findIndex((one) => one.id === placeOf)
  if (!column || place < 0) return columns
  return columns.filter((one) => one !== column).toSpliced(place, 0, column)
}

/** With a column for a field of JSON payloads before the payload, or as it is where there is one. */
export const withField = (columns: Arrangement, path: string): Arrangement => {
  if (columns.some(({ id }) => id === path)) return withShow(columns, path, 'shown')
  const payload = columns.findIndex(({ id }) => id === 'payload')
  return columns.toSpliced(payload < 0 ? columns.length : payload, 0, { id: path, show: 'shown', width: null })
}

export const withoutField = (columns: Arrangement, path: string): Arrangement => columns.filter(({ id }) => id !== path)
