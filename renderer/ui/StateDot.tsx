import type { HTMLAttributes } from 'react'
import styles from './pieces.module.css'

export interface StateTone {
  readonly tone: 'plain' | 'success' | 'warning' | 'danger'
  /** Filled = it is so now, or was decided; a ring = it is waited for, or was nothing bad. */
  readonly isFilled: boolean
}

type StateDotProps = StateTone & HTMLAttributes<HTMLSpanElement>

/** How something stands, for the eye: the words beside it say the same. */
export function StateDot({ tone, isFilled, ...attributes }: StateDotProps) {
  return <span className={styles.stateDot} data-tone={tone} data-filled={isFilled} aria-hidden {...attributes} />
}
