import type { RowHeights } from './rowHeights'

/**
 * No engine lays out elements of unlimited height: Chromium stops at 33,554,400 px, about 1.4 million rows of 24. Beyond this
 * height the scroll bar is a scale for the list instead of a picture of it.
 */
export const maximumSpacerHeight = 16_000_000

/** How much there is and how much of it is seen. */
export interface Extent {
  readonly heights: RowHeights
  /** Pixels. */
  readonly viewport: number
}

export const spacerHeight = ({ heights }: Extent): number => Math.min(heights.total(), maximumSpacerHeight)
export const isScaled = ({ heights }: Extent): boolean => heights.total() > maximumSpacerHeight
export const maximumTop = ({ heights, viewport }: Extent): number => Math.max(0, heights.total() - viewport)
const maximumScroll = (extent: Extent): number => Math.max(0, spacerHeight(extent) - extent.viewport)

export const clampTop = (top: number, extent: Extent): number => Math.min(Math.max(0, top), maximumTop(extent))

/** Where in the content the view starts when the scroll bar stands at `scrollTop`. */
export const topFromScroll = (scrollTop: number, extent: Extent): number => {
  if (!isScaled(extent)) return clampTop(scrollTop, extent)
  return clampTop((scrollTop / maximumScroll(extent)) * maximumTop(extent), extent)
}

export const scrollFromTop = (top: number, extent: Extent): number => {
  if (!isScaled(extent)) return clampTop(top, extent)
  return (clampTop(top, extent) / maximumTop(extent)) * maximumScroll(extent)
}

/** Places of the rows that are at least partly seen: `from` included, `to` not. */
export const visiblePlaces = (
  top: number,
  { heights, viewport }: Extent,
): { readonly from: number; readonly to: number } => {
  const bottom = top + viewport
  const last = heights.placeAt(bottom)
  const isPartlySeen = heights.topOf(last) < bottom
  return {
    from: Math.min(heights.placeAt(top), heights.rows),
    to: Math.min(isPartlySeen ? last + 1 : last, heights.rows),
  }
}

export const isAtEnd = (top: number, extent: Extent): boolean => top >= maximumTop(extent) - 1

/** The top that shows a place with the least movement. */
export const topRevealing = (place: number, top: number, { heights, viewport }: Extent): number => {
  const rowTop = heights.topOf(place)
  if (rowTop < top) return rowTop
  return Math.max(top, Math.min(rowTop, heights.topOf(place + 1) - viewport))
}
