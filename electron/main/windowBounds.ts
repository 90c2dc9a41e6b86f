import { z } from 'zod'

const rectangleSchema = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(1),
  height: z.number().int().min(1),
})
export type Rectangle = z.infer<typeof rectangleSchema>

export const windowStateSchema = z.object({ bounds: rectangleSchema.nullable(), maximized: z.boolean() })
export type WindowState = z.infer<typeof windowStateSchema>
export const firstWindowState: WindowState = { bounds: null, maximized: false }

export const minimumSize = { width: 900, height: 600 } as const
const firstSize = { width: 1360, height: 860 } as const
/** Enough of the title bar to take hold of it. */
const graspable = { width: 160, height: 40 } as const

const overlap = (first: Rectangle, second: Rectangle) => ({
  width: Math.min(first.x + first.width, second.x + second.width) - Math.max(first.x, second.x),
  height: Math.min(first.y + first.height, second.y + second.height) - Math.max(first.y, second.y),
})

const isGraspableIn = (bounds: Rectangle) => (workArea: Rectangle) => {
  const shared = overlap({ ...bounds, height: graspable.height }, workArea)
  return shared.width >= graspable.width && shared.height >= graspable.height / 2
}

type Size = Pick<Rectangle, 'width' | 'height'>

/**
 * Where the window goes: where it was, if its title bar can be reached on one of the screens there are now; otherwise
 * the system's choice of place, no larger than the first screen's work area.
 */
export const placeWindow = (saved: Rectangle | null, workAreas: readonly Rectangle[]): Rectangle | Size => {
  const grown = saved && {
    ...saved,
    width: Math.max(saved.width, minimumSize.width),
    height: Math.max(saved.height, minimumSize.height),
  }
  if (grown && workAreas.some(isGraspableIn(grown))) return grown
  const screen = workAreas[0] ?? { ...firstSize, x: 0, y: 0 }
  return { width: Math.min(firstSize.width, screen.width), height: Math.min(firstSize.height, screen.height) }
}
