/**
 * No engine lays out elements of unlimited height: Chromium stops at 33,554,400 px, about 1.4 million rows of 24. Beyond this
 * height the scroll bar is a scale for the list instead of a picture of it.
 */
export const maximumSpacerHeight = 16_000_000

/** How much there is and how much of it is seen, in pixels. */
export interface Extent {
  readonly rows: number
  readonly rowHeight: number
  readonly viewport: number
}

export const contentHeight = ({ rows, rowHeight }: Extent): number => rows * rowHeight
export const spacerHeight = (extent: Extent): number => Math.min(contentHeight(extent), maximumSpacerHeight)
export const isScaled = (extent: Extent): boolean => contentHeight(extent) > maximumSpacerHeight
export const maximumTop = (extent: Extent): number => Math.max(0, contentHeight(extent) - extent.viewport)

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
  { rows, rowHeight, viewport }: Extent,
): { readonly from: number; readonly to: number } => ({
  from: Math.min(Math.floor(top / rowHeight), rows),
  to: Math.min(Math.ceil((top + viewport) / rowHeight), rows),
})

export const isAtEnd = (top: number, extent: Extent): boolean => top >= maximumTop(extent) - 1

/** The top that shows a place with the least movement. */
export const topRevealing = (place: number, top: number, extent: Extent): number => {
  const { rowHeight, viewport } = extent
  const rowTop = place * rowHeight
  if (rowTop < top) return rowTop
  return Math.max(top, Math.min(rowTop, rowTop + rowHeight - viewport))
}

const maximumScroll = (extent: Extent): number => Math.max(0, spacerHeight(extent) - extent.viewport)
