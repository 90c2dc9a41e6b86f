import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { placeAfterKey } from './virtualList/listKeys'

export interface RovingFocus {
  /** The one row that Tab reaches. */
  readonly tabStop: string | null
  readonly setTabStop: (key: string) => void
  readonly focusRow: (key: string) => void
  /** Arrow keys, Home and End, and those of pages where the list has some. True when the key was one of them. */
  readonly handleMove: (event: KeyboardEvent, key: string) => boolean
}

interface RovingOptions {
  readonly keys: readonly string[]
  /** What takes the focus for a row; null = it is not drawn. */
  readonly elementOf: (key: string) => HTMLElement | null
  /** The Tab stop as long as nothing was focused. */
  readonly preferred?: string | null
  /** Brings a row into view, which may not be drawn before; absent = all rows are drawn, and the page scrolls to them. */
  readonly reveal?: (key: string) => void
  /** Rows that a page of the keyboard moves by; absent = those keys scroll. */
  readonly pageRows?: number
}

/** One Tab stop for a whole list; within it the arrow keys move. */
export const useRovingFocus = (options: RovingOptions): RovingFocus => {
  const { keys, elementOf, preferred = null, reveal, pageRows } = options
  const [chosen, setTabStop] = useState<string | null>(null)
  /** The row that gets the focus as soon as it is drawn. */
  const awaited = useRef<string | null>(null)
  const tabStop = [chosen, preferred].find((key) => key !== null && keys.includes(key)) ?? keys[0] ?? null
  const focus = (key: string | undefined) => {
    if (key === undefined) return
    setTabStop(key)
    reveal?.(key)
    const element = elementOf(key)
    if (element) element.focus({ preventScroll: reveal !== undefined })
    else awaited.current = key
  }
  useEffect(() => {
    const element = awaited.current === null ? null : elementOf(awaited.current)
    if (!element) return
    awaited.current = null
    element.focus({ preventScroll: true })
  })
  useFocusAfterRemoval({ keys, chosen, tabStop, focus, elementOf })
  return {
    tabStop,
    setTabStop,
    focusRow: focus,
    handleMove: (event, key) => {
      const isPage = event.key === 'PageUp' || event.key === 'PageDown'
      if (event.altKey || event.ctrlKey || event.metaKey || (isPage && pageRows === undefined)) return false
      const place = placeAfterKey(event.key, { count: keys.length, place: keys.indexOf(key), page: pageRows ?? 0 })
      if (place === null) return false
      event.preventDefault()
      focus(keys[place])
      return true
    },
  }
}

interface RemovalOptions {
  readonly keys: readonly string[]
  /** The row that had the focus last. */
  readonly chosen: string | null
  readonly tabStop: string | null
  readonly focus: (key: string | undefined) => void
  readonly elementOf: RovingOptions['elementOf']
}

/** A row that goes while it has the focus leaves it to its neighbour, not to the page. */
const useFocusAfterRemoval = ({ keys, chosen, tabStop, focus, elementOf }: RemovalOptions) => {
  const before = useRef(keys)
  /** The page that the list stands in: a view may have a window of its own. */
  const page = useRef<Document | null>(null)
  useEffect(() => {
    const index = chosen === null ? -1 : before.current.indexOf(chosen)
    before.current = keys
    const isGone = index >= 0 && chosen !== null && !keys.includes(chosen)
    const { activeElement, body } = page.current ?? document
    if (isGone && activeElement === body) focus(keys[index] ?? keys[index - 1])
    page.current = (tabStop === null ? null : elementOf(tabStop)?.ownerDocument) ?? page.current
  }, [keys, chosen, tabStop, focus, elementOf])
}
