import { z } from 'zod'

/** Pixels. */
const columnWidthRange = { least: 24, most: 4_000 } as const

/** How wide a person has made a column. */
export const columnWidthSchema = z.number().int().min(columnWidthRange.least).max(columnWidthRange.most)

export const withinColumnWidths = (width: number): number =>
  Math.round(Math.min(columnWidthRange.most, Math.max(columnWidthRange.least, width)))
