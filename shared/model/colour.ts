import { z } from 'zod'

/** Colours that a person gives to connections and subscriptions; each theme says what they look like. */
export const colourNames = ['blue', 'green', 'amber', 'red', 'violet', 'teal', 'pink', 'lime'] as const
export const colourSchema = z.enum(colourNames)
export type ColourName = z.infer<typeof colourSchema>

/** The colour that was given least, for something new to be told from the others; the first of them in the palette. */
export const leastUsedColour = (used: readonly ColourName[]): ColourName =>
  colourNames.reduce((least, colour) => (timesIn(used, colour) < timesIn(used, least) ? colour : least))

const timesIn = (used: readonly ColourName[], colour: ColourName): number => used.filter((one) => one === colour).length
