/** What stands at an edge of a workspace and can be closed. */
export type EdgeId = 'left' | 'right' | 'bottom'

/** The list of connections stands at the edge of the window, over all workspaces. */
export type SideId = 'connections' | EdgeId

/** In CSS pixels, so that zoom counts as a smaller window. Of two workspaces side by side each has its own width. */
export interface WindowSize {
  readonly width: number
  readonly height: number
}

/** The least window in which a side stands beside the rest: the list goes first, then the details, the tree, the drawer. */
const least: Readonly<Record<SideId, WindowSize>> = {
  connections: { width: 1_260, height: 0 },
  right: { width: 1_100, height: 0 },
  left: { width: 720, height: 0 },
  bottom: { width: 0, height: 480 },
}

/** False where it lies over the rest as a sheet, one at a time and only when asked for, so that nothing is squeezed. */
export const hasRoom = (side: SideId, { width, height }: WindowSize): boolean =>
  width >= least[side].width && height >= least[side].height

/** Part of the width of the window, and the least and most pixels: the log keeps 520 and more wherever all sides have room. */
const shares = {
  connections: { part: 0.13, least: 160, most: 220 },
  left: { part: 0.21, least: 220, most: 400 },
  right: { part: 0.245, least: 280, most: 480 },
} as const

/** Pixels that a side takes until a person drags its edge. */
export const firstWidth = (side: keyof typeof shares, { width }: WindowSize): number => {
  const { part, least: lowest, most } = shares[side]
  return Math.round(Math.min(most, Math.max(lowest, width * part)))
}
