/** What stands at an edge of the window and can be closed. */
export type SideId = 'connections' | 'left' | 'right' | 'bottom'

/** In CSS pixels, so that zoom counts as a smaller window. */
export interface WindowSize {
  readonly width: number
  readonly height: number
}

/** The least window in which a side stands beside the rest: the details go first, then the list, the tree, the drawer. */
const least: Readonly<Record<SideId, WindowSize>> = {
  right: { width: 1_100, height: 0 },
  connections: { width: 960, height: 0 },
  left: { width: 720, height: 0 },
  bottom: { width: 0, height: 480 },
}

/** False where it lies over the rest as a sheet, one at a time and only when asked for, so that nothing is squeezed. */
export const hasRoom = (side: SideId, { width, height }: WindowSize): boolean =>
  width >= least[side].width && height >= least[side].height
