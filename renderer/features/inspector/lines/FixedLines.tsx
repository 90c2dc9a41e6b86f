import type { ReactNode } from 'react'
import styles from '../inspector.module.css'
import { LineBox } from './LineBox'

export interface FixedLinesProps {
  readonly label: string
  readonly count: number
  /** Takes the element that scrolls. */
  readonly attach: (lines: HTMLElement | null) => void
  readonly renderLine: (index: number) => ReactNode
}

/** Any number of lines of one height, of which only those in view exist. Long ones scroll sideways. */
export function FixedLines({ label, count, attach, renderLine }: FixedLinesProps) {
  return (
    <div className={styles.linesFrame}>
      <LineBox {...{ label, count, attach, renderLine }} measured={null} overscan={0} />
    </div>
  )
}
