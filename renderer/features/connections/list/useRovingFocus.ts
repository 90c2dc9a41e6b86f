import { useEffect, useRef, useState, type KeyboardEvent, type RefObject } from 'react'

export interface RovingFocus {
  /** The one row that Tab reaches. */
  readonly tabStop: string | null
  readonly setTabStop: (key: string) => void
  readonly focusRow: (key: string) => void
  /** Arrow keys, Home and End. True when the key was one of them. */
  readonly handleMove: (event: KeyboardEvent, key: string) => boolean
}

interface RovingOptions {
  readonly listRef: RefObject<HTMLElement | null>
  readonly keys: readonly string[]
  /** The Tab stop as long as nothing was focused. */
  readonly preferred: string | null
}

/** One Tab stop for a whole list; within it the arrow keys move. Rows carry their key in `data-row`. */
export const useRovingFocus = ({ listRef, keys, preferred }: RovingOptions): RovingFocus => {
  const [chosen, setTabStop] = useState<string | null>(null)
  const tabStop = [chosen, preferred].find((key) => key !== null && keys.includes(key)) ?? keys[0] ?? null
  const focus = (key: string | undefined) => {
    if (key === undefined) return
    setTabStop(key)
    listRef.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(key)}"]`)?.focus()
  }
  useFocusAfterRemoval({ keys, chosen, focus })
  return {
    tabStop,
    setTabStop,
    focusRow: focus,
    handleMove: (event, key) => {
      const target = event.altKey || event.ctrlKey || event.metaKey ? undefined : targetOf(keys, key, event.key)
      if (target === undefined) return false
      event.preventDefault()
      focus(target)
      return true
    },
  }
}

const targetOf = (keys: readonly string[], key: string, pressed: string): string | undefined => {
  const index = keys.indexOf(key)
  switch (pressed) {
    case 'ArrowDown':
      return keys[index + 1] ?? key
    case 'ArrowUp':
      return keys[index - 1] ?? key
    case 'Home':
      return keys[0]
    case 'End':
      return keys.at(-1)
    default:
      return undefined
  }
}

interface RemovalOptions {
  readonly keys: readonly string[]
  /** The row that had the focus last. */
  readonly chosen: string | null
  readonly focus: (key: string | undefined) => void
}

/** A row that goes while it has the focus leaves it to its neighbour, not to the page. */
const useFocusAfterRemoval = ({ keys, chosen, focus }: RemovalOptions) => {
  const before = useRef(keys)
  useEffect(() => {
    const index = chosen === null ? -1 : before.current.indexOf(chosen)
    before.current = keys
    const isGone = index >= 0 && chosen !== null && !keys.includes(chosen)
    if (isGone && document.activeElement === document.body) focus(keys[index] ?? keys[index - 1])
  }, [keys, chosen, focus])
}
