import { useLayoutEffect, useRef } from 'react'
import styles from '../inspector.module.css'

interface LineRulerProps {
  /** The box of lines; null while there is none. */
  readonly lines: HTMLElement | null
  /** Called with how many characters of a line fit into the box without scrolling. */
  readonly onWidth: (characters: number) => void
}

const text = '0'.repeat(100)

/** Measures the box in characters. It has the font of the lines and the room on either side of them, and is never seen. */
export function LineRuler({ lines, onWidth }: LineRulerProps) {
  const ruler = useRef<HTMLSpanElement>(null)
  useLayoutEffect(() => {
    const { current: element } = ruler
    if (!lines || !element) return
    const view = lines.ownerDocument.defaultView ?? window
    const measure = () => {
      const { paddingLeft, paddingRight } = view.getComputedStyle(element)
      const room = parseFloat(paddingLeft) + parseFloat(paddingRight)
      const character = (element.getBoundingClientRect().width - room) / text.length
      if (character > 0 && lines.clientWidth > 0) onWidth(Math.floor((lines.clientWidth - room) / character))
    }
    measure()
    const observer = new view.ResizeObserver(measure)
    observer.observe(lines)
    observer.observe(element)
    return () => observer.disconnect()
  }, [lines, onWidth])
  return (
    <div aria-hidden="true" className={styles.unseen}>
      <span ref={ruler} className={styles.ruler}>
        {text}
      </span>
    </div>
  )
}
