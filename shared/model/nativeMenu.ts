import { z } from 'zod'

/** Menus of the window that actions stand in; the system's own entries (cut, zoom, quit ...) are the main process's. */
const nativeMenuNames = ['file', 'connection', 'edit', 'messages', 'view'] as const
export type NativeMenuName = (typeof nativeMenuNames)[number]

const textSchema = z.string().min(1).max(200)

/** The actions in the native menu, in their order; another `group` stands apart. */
export const nativeMenuItemsSchema = z
  .array(
    z.object({
      menu: z.enum(nativeMenuNames),
      group: z.number().int(),
      id: textSchema,
      label: textSchema,
      /** As Electron writes it, e.g. `CmdOrCtrl+Shift+F`. */
      accelerator: z.string().max(50).nullable(),
      enabled: z.boolean(),
    }),
  )
  .max(200)
export type NativeMenuItem = z.infer<typeof nativeMenuItemsSchema>[number]
