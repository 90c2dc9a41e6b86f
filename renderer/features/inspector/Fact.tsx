import type { ReactNode } from 'react'
import styles from './inspector.module.css'

export interface FactProps {
  readonly name: string
  readonly children: ReactNode
  readonly wide?: boolean
}

export function Fact({ name, children, wide = false }: FactProps) {
  return (
    <div className={styles.fact} data-wide={wide}>
      <dt>{name}</dt>
      <dd className="selectable">{children}</dd>
    </div>
  )
}
