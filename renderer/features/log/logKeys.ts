/** What a key asks of the list. `null` = not ours. */
export type LogKeyAction =
  { readonly kind: 'move'; readonly place: number } | { readonly kind: 'open' | 'copy' | 'follow' } | null

export interface KeyPress {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
}

export interface ListPlace {
  /** Rows in the list. */
  readonly count: number
  /** Place of the selected row, or null. */
  readonly selected: number | null
  /** Rows in view. */
  readonly page: number
}

const moves: Readonly<Record<string, (selected: number, place: ListPlace) => number>> = {
  ArrowUp: (selected) => selected - 1,
  ArrowDown: (selected) => selected + 1,
  PageUp: (selected, { page }) => selected - page,
  PageDown: (selected, { page }) => selected + page,
  Home: () => 0,
  End: (_selected, { count }) => count - 1,
}

const commands: Readonly<Record<string, 'open' | 'follow'>> = { Enter: 'open', Escape: 'follow' }

export const logKeyAction = (press: KeyPress, place: ListPlace): LogKeyAction => {
  const withCommand = press.ctrlKey || press.metaKey
  if (withCommand && !press.altKey && press.key.toLowerCase() === 'c') return { kind: 'copy' }
  if (withCommand || press.altKey) return null
  const command = commands[press.key]
  if (command) return { kind: command }
  const move = moves[press.key]
  if (!move || place.count === 0) return null
  // With nothing selected the newest row is the place to start from.
  const wanted = place.selected === null && press.key !== 'Home' ? place.count - 1 : move(place.selected ?? 0, place)
  return { kind: 'move', place: Math.min(Math.max(wanted, 0), place.count - 1) }
}
