import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react'
import type { GroupImperativeHandle } from 'react-resizable-panels'

/** Its size is in pixels, which may follow the window, or in percent of the group; absent = what the others leave. */
export interface SizedPane {
  readonly id: string
  readonly size?: number | `${number}%`
}

interface SizedGroup {
  readonly orientation: 'horizontal' | 'vertical'
  readonly panes: readonly SizedPane[]
  readonly element: RefObject<HTMLElement | null>
  readonly group: RefObject<GroupImperativeHandle | null>
  /** A person has chosen sizes for these panes. */
  readonly isChosen: boolean
}

/**
 * Gives panes the pixels they have at first, and again whenever the window or the set of panes has changed, until a person has
 * chosen: the group itself would keep the pixels of another window, and take them from the one pane that is to have the rest.
 * Answers what is to be called when the group has arranged its panes.
 */
export const useFirstSizes = ({ element, group, orientation, panes, isChosen }: SizedGroup): (() => void) => {
  const given = useRef('')
  const arrange = () => {
    const { current: box } = element
    const { current: handle } = group
    if (isChosen || !box || !handle) return
    const room = orientation === 'vertical' ? box.clientHeight : box.clientWidth
    const wanted = `${room} ${panes.map(({ id, size }) => `${id} ${size}`).join()}`
    const layout = firstLayout(panes, room)
    // The group hears of panes that came or went later than we do.
    const isKnown = panes.every(({ id }) => id in handle.getLayout())
    if (!layout || !isKnown || wanted === given.current) return
    given.current = wanted
    handle.setLayout(layout)
  }
  const latest = useRef(arrange)
  useLayoutEffect(() => {
    latest.current = arrange
  })
  useEffect(() => {
    if (!element.current) return
    // Told after the group's own, which has then taken in its new size.
    const observer = new ResizeObserver(() => latest.current())
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [element])
  return () => latest.current()
}

/** Percent of the group; null = the panes do not have pixels but for one. */
const firstLayout = (panes: readonly SizedPane[], room: number): Record<string, number> | null => {
  const rest = panes.filter(({ size }) => size === undefined)
  const [taker] = rest
  if (!taker || rest.length > 1 || room === 0) return null
  const layout: Record<string, number> = {}
  let left = 100
  for (const { id, size } of panes) {
    if (size === undefined) continue
    if (typeof size === 'string') return null
    const part = (size / room) * 100
    layout[id] = part
    left -= part
  }
  return { ...layout, [taker.id]: left }
}
