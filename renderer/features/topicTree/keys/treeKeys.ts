import type { TopicNode } from '../../../model/topicIndex/topicIndexNode'

/**
 * What a key asks of the tree; the WAI-ARIA tree view pattern with multiple selection, and with Shift for everything
 * below.
 */
export type TreeCommand =
  | { readonly kind: 'move' | 'markTo'; readonly row: number }
  | { readonly kind: 'open' | 'close'; readonly nodes: readonly TopicNode[] }
  | { readonly kind: 'openBelow' | 'closeBelow' | 'select' | 'toggleMark'; readonly node: TopicNode }
  | { readonly kind: 'deselect' | 'markAll' | 'markFromLast' }
  | { readonly kind: 'type'; readonly letter: string }

export interface TreeKey {
  readonly key: string
  readonly shift: boolean
  /** Control or Command. */
  readonly command?: boolean
  /** Control, Alt or Meta: the key belongs to a shortcut, unless it marks rows. */
  readonly modified: boolean
}

export interface TreePlace {
  readonly rows: readonly TopicNode[]
  /** Row of the keyboard's cursor; -1 = nowhere yet. */
  readonly active: number
  readonly pageRows: number
}

type Move = Extract<TreeCommand, { readonly row: number }>

const moveTo = (row: number, { rows }: TreePlace): Move => ({
  kind: 'move',
  row: Math.max(0, Math.min(rows.length - 1, row)),
})

const movement = (key: string, place: TreePlace): Move | null => {
  const { rows, active, pageRows } = place
  switch (key) {
    case 'ArrowDown':
      return moveTo(active + 1, place)
    case 'ArrowUp':
      return moveTo(active < 0 ? 0 : active - 1, place)
    case 'PageDown':
      return moveTo(active + pageRows, place)
    case 'PageUp':
      return moveTo(active - pageRows, place)
    case 'Home':
      return moveTo(0, place)
    case 'End':
      return moveTo(rows.length - 1, place)
    default:
      return null
  }
}

const sideways = (key: string, shift: boolean, place: TreePlace): TreeCommand | null => {
  const node = place.rows[place.active]
  if (!node) return null
  const parentRow = node.parent?.row ?? -1
  if (key === 'ArrowRight') {
    if (node.children.length === 0) return null
    if (shift) return { kind: 'openBelow', node }
    return node.open ? moveTo(place.active + 1, place) : { kind: 'open', nodes: [node] }
  }
  if (shift) return { kind: 'closeBelow', node }
  if (node.open) return { kind: 'close', nodes: [node] }
  return parentRow >= 0 ? moveTo(parentRow, place) : null
}

const onNode = (key: string, place: TreePlace): TreeCommand | null => {
  const node = place.rows[place.active]
  if (!node) return null
  if (key === 'Enter' || key === ' ') return { kind: 'select', node }
  if (key === '*')
    return { kind: 'open', nodes: node.parent?.children.filter((sibling) => sibling.children.length > 0) ?? [] }
  return null
}

/** Control+Space is the input method's key in many Chinese systems, so Insert does the same. */
const marking = ({ key, shift, command, modified }: TreeKey, place: TreePlace): TreeCommand | null => {
  const node = place.rows[place.active]
  if (key === ' ' && shift && !modified && node) return { kind: 'markFromLast' }
  if (shift || Boolean(command) !== modified) return null
  if (command && key.toLowerCase() === 'a') return { kind: 'markAll' }
  const isToggle = command ? key === ' ' : key === 'Insert'
  return isToggle && node ? { kind: 'toggleMark', node } : null
}

export const treeCommand = (pressed: TreeKey, place: TreePlace): TreeCommand | null => {
  const { key, shift, modified } = pressed
  if (place.rows.length === 0) return null
  const marked = marking(pressed, place)
  if (marked || modified) return marked
  if (key === 'Escape') return { kind: 'deselect' }
  if (key === 'ArrowLeft' || key === 'ArrowRight') return sideways(key, shift, place)
  const moved = movement(key, place)
  if (moved) return shift ? { kind: 'markTo', row: moved.row } : moved
  const command = onNode(key, place)
  if (command) return command
  // One character, of any plane: everything else has a name such as `Tab`.
  return /^.$/su.test(key) && key !== ' ' ? { kind: 'type', letter: key } : null
}

/** Row whose level starts with what was typed: from the cursor on, once around. One letter again goes to the next. */
export const rowStartingWith = (typed: string, { rows, active }: TreePlace): number | null => {
  const wanted = typed.toLowerCase()
  const start = /^.$/su.test(wanted) ? active + 1 : Math.max(0, active)
  for (let step = 0; step < rows.length; step++) {
    const row = (start + step) % rows.length
    if (rows[row]?.level.toLowerCase().startsWith(wanted)) return row
  }
  return null
}
