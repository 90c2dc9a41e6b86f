import { placeAfterKey } from '../../ui/virtualList/listKeys'

/** What a key asks of the list. `null` = the list does not handle the key. */
export type LogKeyAction =
  /** `extends` = what is chosen reaches to there. */
  | { readonly kind: 'move'; readonly place: number; readonly extends: boolean }
  | { readonly kind: 'open' | 'copy' | 'follow' | 'all' | 'toggle' | 'bookmark' }
  | null

export interface KeyPress {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

export interface LogPosition {
  /** Rows in the list. */
  readonly count: number
  /** Place of the selected row, or null. */
  readonly selected: number | null
  /** Rows in view. */
  readonly page: number
}

const commands = { enter: 'open', escape: 'follow', b: 'bookmark' } as const
const withCommandKey = { c: 'copy', a: 'all', ' ': 'toggle' } as const

export const logKeyAction = (press: KeyPress, place: LogPosition): LogKeyAction => {
  if (press.altKey) return null
  const key = press.key.toLowerCase()
  if (press.ctrlKey || press.metaKey) return isIn(withCommandKey, key) ? { kind: withCommandKey[key] } : null
  if (isIn(commands, key)) return { kind: commands[key] }
  const { count, selected, page } = place
  const moved = placeAfterKey(press.key, { count, page, place: selected ?? 0 })
  if (moved === null) return null
  // With nothing selected the newest row is the place to start from.
  const isStart = selected === null && press.key !== 'Home'
  return { kind: 'move', place: isStart ? count - 1 : moved, extends: press.shiftKey }
}

const isIn = <Keys extends object>(keys: Keys, key: PropertyKey): key is keyof Keys => Object.hasOwn(keys, key)
