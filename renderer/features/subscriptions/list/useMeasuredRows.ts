import { useState } from 'react'
import type { SubscriptionStatus } from '#shared/model/subscription'
import { createMeasuredHeights, type MeasuredHeights } from '../../../ui/virtualList/rowHeights'

/** Pixels of a row without a reason below it. */
export const rowHeight = 24

/** The heights of the rows: a row that was drawn before is taken for as high as it was, wherever it stands now. */
export const useMeasuredRows = (rows: readonly SubscriptionStatus[]): MeasuredHeights => {
  const [held, setHeld] = useState(() => ({ rows, heights: heightsOf(rows, new Map()) }))
  if (held.rows === rows) return held.heights
  const before = new Map(held.rows.map(({ subscription }, place) => [subscription.id, held.heights.heightOf(place)]))
  const next = { rows, heights: heightsOf(rows, before) }
  setHeld(next)
  return next.heights
}

const heightsOf = (rows: readonly SubscriptionStatus[], known: ReadonlyMap<string, number>) =>
  createMeasuredHeights({
    rows: rows.length,
    rowHeight,
    estimate: (place) => known.get(rows[place]?.subscription.id ?? '') ?? rowHeight,
  })
