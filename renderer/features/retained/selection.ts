/** What is chosen in a list, and where the keyboard is. */
export interface Selection {
  readonly chosen: ReadonlySet<number>
  readonly cursor: number
  /** Where a range begins. */
  readonly anchor: number
}

export const nothingChosen: Selection = { chosen: new Set(), cursor: 0, anchor: 0 }

/** Chooses a row or lets it go; the next range begins there. */
export const toggled = ({ chosen }: Selection, place: number): Selection => {
  const next = new Set(chosen)
  if (!next.delete(place)) next.add(place)
  return { chosen: next, cursor: place, anchor: place }
}

/** Chooses all from the anchor to the row, beside what is chosen. */
export const extendedTo = ({ chosen, anchor }: Selection, place: number): Selection => {
  const next = new Set(chosen)
  for (let at = Math.min(anchor, place); at <= Math.max(anchor, place); at += 1) next.add(at)
  return { chosen: next, cursor: place, anchor }
}

export const allChosen = (selection: Selection, count: number): Selection => ({
  ...selection,
  chosen: new Set(Array.from({ length: count }, (_, place) => place)),
})
