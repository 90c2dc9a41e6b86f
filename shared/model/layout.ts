import { z } from 'zod'

/** The parts of the workspace that hold views. */
export const areaIds = ['left', 'centre', 'right', 'bottom'] as const
export type AreaId = (typeof areaIds)[number]

const viewIdSchema = z.string().min(1).max(64)

/** Views on top of each other: one of them is seen, and each has a tab. */
const stackSchema = z.object({ views: z.array(viewIdSchema).max(100), shown: viewIdSchema })
export type Stack = z.infer<typeof stackSchema>

const areaSchema = z.object({ open: z.boolean(), stacks: z.array(stackSchema).max(100) })
export type Area = z.infer<typeof areaSchema>

/** What cannot be read of an area is as if it were empty: the window puts the views that are missing in their place. */
const mendedAreaSchema = areaSchema.catch({ open: true, stacks: [] })

/** Where the views of the workspace stand. */
export const layoutSchema = z.object({
  areas: z.object({
    left: mendedAreaSchema,
    centre: mendedAreaSchema,
    right: mendedAreaSchema,
    bottom: mendedAreaSchema,
  }),
  /** Views that are closed, and the area to which they come back. */
  hidden: z
    .array(z.object({ view: viewIdSchema, area: z.enum(areaIds) }))
    .max(100)
    .catch([]),
  /** The list of all connections stands at the left edge of the window. */
  connectionsOpen: z.boolean().catch(true),
})
export type Layout = z.infer<typeof layoutSchema>
