import { placeAfterKey } from '../../ui/virtualList/listKeys'

/** What a key asks of the list. `null` = the list does not handle the key. */
export type LogKeyAction =
  | { readonly kind: 'move'; readonly place: number }
  | { readonly kind: 'open' | 'copy' | 'follow' }
  | null

export interface KeyPress {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
}

export interface LogPosition {
  /** Rows in the list. */
  readonly count: number
  /** Place of the selected row, or null. */
  readonly selected: number | null
  /** Rows in view. */
  readonly page: number
}

const commands: Readonly<Record<string, 'open' | 'follow'>> = { Enter: 'open', Escape: 'follow' }

export const logKeyAction = (press: KeyPress, place: LogPosition): LogKeyAction => {
  const withCommand = press.ctrlKey || press.metaKey
  if (withCommand && !press.altKey && press.key.toLowerCase() === 'c') return { kind: 'copy' }
  if (withCommand || press.altKey) return null
  const command = commands[press.key]
  if (command) return { kind: command }
  const { count, selected, page } = place
  const moved = placeAfterKey(press.key, { count, page, place: selected ?? 0 })
  if (moved === null) return null
  // With nothing selected the newest row is the place to start from.
  return { kind: 'move', place: selected === null && press.key !== 'Home' ? count - 1 : moved }
}
