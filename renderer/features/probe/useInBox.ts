import { useEffect, useRef, type RefObject } from 'react'

/**
 * Keeps what the selector finds in view inside its box whenever `shown` changes. The box's surroundings stay where they
 * are: the field that is typed into stands there.
 */
export const useInBox = <Box extends HTMLElement>(selector: string, shown: unknown): RefObject<Box | null> => {
  const box = useRef<Box>(null)
  useEffect(() => {
    const element = box.current?.querySelector(selector)
    if (box.current && element) scrollBox(box.current, element)
  }, [selector, shown])
  return box
}

/** Scrolls the box, and nothing around it, as little as brings the element into view below what sticks to its top. */
const scrollBox = (box: HTMLElement, element: Element): void => {
  const head = box.querySelector('thead')?.getBoundingClientRect().height ?? 0
  const inner = box.getBoundingClientRect().top + box.clientTop
  const { top, bottom } = element.getBoundingClientRect()
  const above = top - inner - head
  const below = bottom - inner - box.clientHeight
  if (above < 0) box.scrollTop += above
  else if (below > 0) box.scrollTop += below
}
