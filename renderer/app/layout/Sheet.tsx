import type { ReactNode } from 'react'
import type { SideId } from './fit'
import styles from './layout.module.css'

interface SheetProps {
  readonly side: SideId
  readonly children: ReactNode
}

/** A side that lies over the rest. What is below it stays in use: the next row can be chosen while it is there. */
export function Sheet({ side, children }: SheetProps) {
  return (
    <div className={styles.sheet} data-sheet={side}>
      {children}
    </div>
  )
}
