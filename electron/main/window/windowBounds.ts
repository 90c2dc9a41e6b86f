import { z } from 'zod'

/** A rectangle may come from a file that anything has written: whatever is no place is corrected, not refused. */
const rectangleSchema = z.object({
  x: z.number(),
  y: z.number(),
  width: z.number().positive(),
  height: z.number().positive(),
})
export type Rectangle = z.infer<typeof rectangleSchema>

export const windowStateSchema = z.object({
  bounds: rectangleSchema.nullable().catch(null),
  maximized: z.boolean(),
  /** Where the window of a view was last, by view. */
  views: z.record(z.string(), rectangleSchema).catch({}).default({}),
})
export type WindowState = z.infer<typeof windowStateSchema>
export const firstWindowState: WindowState = { bounds: null, maximized: false, views: {} }

export const minimumSize = { width: 640, height: 400 } as const
const firstSize = { width: 1360, height: 860 } as const
/** Enough of the title bar to take hold of it. */
const graspable = { width: 160, height: 40 } as const

export type Size = Pick<Rectangle, 'width' | 'height'>

/**
 * Where the window goes: where it was, if its title bar can be reached on one of the screens there are now, and no larger
 * than that screen's work area; otherwise the system's choice of place, no larger than the first screen's.
 */
export const placeWindow = (
  saved: Rectangle | null,
  workAreas: readonly Rectangle[],
  { least = minimumSize, first = firstSize }: { readonly least?: Size; readonly first?: Size } = {},
): Rectangle | Size => {
  const grown = saved && atLeast(saved, least)
  const home = grown && homeOf(grown, workAreas)
  if (!grown || !home) return sizeWithin(first, workAreas[0] ?? first)
  const size = sizeWithin(grown, home)
  return {
    x: startOf(grown.x, size.width < Math.round(grown.width), home.x),
    y: startOf(grown.y, size.height < Math.round(grown.height), home.y),
    ...size,
  }
}

/** The windows that are there. */
interface Standing {
  readonly main: Rectangle
  readonly others: readonly Rectangle[]
}

interface PlaceOptions {
  readonly workAreas: readonly Rectangle[]
  readonly least: Size
  readonly first: Size
}

/** Pixels, about a title bar: what is below shows what it is. */
const step = 32

/**
 * Where a further window goes: where one like it was, else a step right of and below the main window; and as many steps
 * further as other windows have those places, so that none covers another. At the edge of the screen it begins anew.
 */
export const placeBeside = (
  saved: Rectangle | null,
  { main, others }: Standing,
  { workAreas, least, first }: PlaceOptions,
): Rectangle => {
  const found = placeWindow(saved, workAreas, { least, first })
  const start = 'x' in found ? found : { ...found, x: main.x + step, y: main.y + step }
  const home = homeOf(start, workAreas) ?? workAreas[0] ?? start
  const further = Array.from({ length: others.length + 1 }, (_, steps) => ({
    ...start,
    x: wrapped(start.x + steps * step, home.x, home.x + home.width - start.width),
    y: wrapped(start.y + steps * step, home.y, home.y + home.height - start.height),
  }))
  const isFree = (place: Rectangle) =>
    others.every(({ x, y }) => Math.max(Math.abs(x - place.x), Math.abs(y - place.y)) >= step / 2)
  // One that was saved may reach over the edge, as its person left it.
  const places = saved && 'x' in found ? [found, ...further] : further
  return places.find(isFree) ?? start
}

const overlap = (first: Rectangle, second: Rectangle) => ({
  width: Math.min(first.x + first.width, second.x + second.width) - Math.max(first.x, second.x),
  height: Math.min(first.y + first.height, second.y + second.height) - Math.max(first.y, second.y),
})

const isGraspableIn = (bounds: Rectangle, workArea: Rectangle) => {
  const shared = overlap({ ...bounds, height: graspable.height }, workArea)
  return shared.width >= graspable.width && shared.height >= graspable.height / 2
}

/** The work area that has most of the title bar, of those where one can take hold of it. */
const homeOf = (bounds: Rectangle, workAreas: readonly Rectangle[]): Rectangle | undefined =>
  workAreas
    .filter((workArea) => isGraspableIn(bounds, workArea))
    .toSorted((one, other) => overlap(bounds, other).width - overlap(bounds, one).width)[0]

/** Whole pixels, never more than the screen's. */
const sizeWithin = ({ width, height }: Size, workArea: Size): Size => ({
  width: Math.min(Math.round(width), workArea.width),
  height: Math.min(Math.round(height), workArea.height),
})

const atLeast = <Place extends Size>(place: Place, least: Size): Place => ({
  ...place,
  width: Math.max(place.width, least.width),
  height: Math.max(place.height, least.height),
})

/** Where a side that had to shrink starts: it reaches over the whole screen, else it stays. */
const startOf = (start: number, isShrunk: boolean, screenStart: number) => (isShrunk ? screenStart : Math.round(start))

/** A place beyond the last one that fits begins at the first. */
const wrapped = (place: number, lowest: number, highest: number): number =>
  place <= highest || highest <= lowest ? place : lowest + ((place - lowest) % (highest - lowest))
