import { z } from 'zod'

/** Colours that a person gives to connections and subscriptions; each theme says what they look like. */
export const colourNames = ['blue', 'green', 'amber', 'red', 'violet', 'teal', 'pink', 'lime'] as const
export const colourSchema = z.enum(colourNames)
export type ColourName = z.infer<typeof colourSchema>
