import type { TemplateMemory } from './templateValues'

/** What a walk stays within. */
export interface Bounds {
  readonly least: number
  readonly most: number
}

/** How many decimals a number is written with: 0.25 has 2, 1e-7 has 7. */
export const decimalsOf = (value: number): number => {
  const [digits = '', exponent = '0'] = String(value).split('e')
  return Math.max(0, (digits.split('.')[1]?.length ?? 0) - Number(exponent))
}

/** A number with as many decimals, and no -0. */
const rounded = (value: number, decimals: number): number =>
  Number(value.toFixed(Math.min(100, Math.max(0, decimals)))) + 0

/** A number from one to another, both of which may come; with so many decimals, each of which is as likely. */
export const randomBetween = (random: () => number, { least, most }: Bounds, decimals: number): number => {
  const unit = 10 ** decimals
  const steps = Math.floor((most - least) * unit + 1e-9)
  return rounded(least + Math.floor(random() * (steps + 1)) / unit, decimals)
}

/** One of them, each as likely. */
export const randomChoice = <Item>(random: () => number, items: readonly Item[]): Item | undefined =>
  items[Math.floor(random() * items.length)]

/**
 * A value that goes a little up or down from message to message, by at most `step`, and stays within its bounds: what would go
 * over one is turned back from it. The first value is `start`.
 */
export const nextOfWalk = (
  memory: TemplateMemory,
  place: string,
  { start, step, bounds, random }: { start: number; step: number; bounds: Bounds; random: () => number },
): number => {
  const before = memory.get(place)
  const wanted = before === undefined ? start : before + (random() * 2 - 1) * step
  const turned =
    wanted > bounds.most ? 2 * bounds.most - wanted : wanted < bounds.least ? 2 * bounds.least - wanted : wanted
  const next = Math.min(bounds.most, Math.max(bounds.least, turned))
  // Kept as it is: rounded, a small step would never leave its place.
  memory.set(place, next)
  return rounded(next, Math.max(decimalsOf(start), decimalsOf(step)))
}

/** `start`, `start + step`, ... one a call. */
export const nextOfCounter = (
  memory: TemplateMemory,
  place: string,
  { start, step }: { start: number; step: number },
): number => {
  const before = memory.get(place)
  const next = before === undefined ? start : before + step
  memory.set(place, next)
  return rounded(next, Math.max(decimalsOf(start), decimalsOf(step)))
}

/** A sine around a mean, by the time since its start. */
export const sineAt = (
  milliseconds: number,
  { mean, amplitude, periodSeconds }: { mean: number; amplitude: number; periodSeconds: number },
): number => mean + amplitude * Math.sin((2 * Math.PI * milliseconds) / (periodSeconds * 1000))
